import { createHash } from 'node:crypto';
import { palette } from './palette.js';

/** The look of every page: one column, system fonts, light and dark. Each pair of colours has a contrast of AA or more. */
export const stylesheet = `
${palette}
*, ::before, ::after { box-sizing: border-box; }
html { height: 100%; -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  display: flex;
  flex-direction: column;
  align-items: center;
  min-height: 100%;
  margin: 0;
  padding: max(1.5rem, 9vh) 1rem 1.5rem;
  background: var(--ground) radial-gradient(var(--ground-mark) 1px, transparent 1.5px) 0 0 / 22px 22px;
  color: var(--ink);
  font: 1rem/1.5 system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', 'Noto Sans', Arial, sans-serif;
}
.tenant, .card, .note { width: 100%; max-width: 27rem; }
.tenant { display: flex; align-items: center; gap: .6rem; margin-bottom: 1rem; padding: 0 .25rem; }
.mark { flex: none; width: 1.75rem; height: 1.75rem; }
.mark circle { fill: var(--accent); }
.mark path { fill: var(--on-accent); }
.host { overflow: hidden; color: var(--quiet); font: .875rem/1.4 var(--mono); text-overflow: ellipsis; }
.card {
  padding: 2rem;
  border: 1px solid var(--line);
  border-radius: 14px;
  background: var(--surface);
  box-shadow: 0 1px 2px rgb(20 16 8 / 5%), 0 12px 32px -12px rgb(20 16 8 / 18%);
}
.card > :last-child { margin-bottom: 0; }
h1 { margin: 0 0 .25rem; font-size: 1.625rem; font-weight: 650; line-height: 1.2; letter-spacing: -.015em; text-wrap: balance; overflow-wrap: anywhere; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
strong { font-weight: 600; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .2em; }
a:hover { color: var(--accent-strong); text-decoration-thickness: 2px; }
.lead { margin-bottom: 1.5rem; color: var(--quiet); text-wrap: pretty; }
.lead strong { color: var(--ink); }
.note { margin-top: auto; padding: 1.5rem .25rem 0; color: var(--quiet); font-size: .8125rem; }
.field { margin-bottom: 1.125rem; }
label { display: block; margin-bottom: .375rem; font-size: .9375rem; font-weight: 600; }
input {
  width: 100%;
  min-height: 2.875rem;
  padding: .5rem .75rem;
  border: 1px solid var(--control);
  border-radius: 9px;
  background: transparent;
  color: inherit;
  font: inherit;
}
input::placeholder { color: var(--quiet); opacity: 1; }
input[aria-invalid] { border-color: var(--danger); box-shadow: inset 0 0 0 1px var(--danger); }
input.code, p.code { font-family: var(--mono); letter-spacing: .12em; text-transform: uppercase; }
input.code { font-size: 1.25rem; }
p.code {
  margin-bottom: 1.5rem;
  padding: .875rem;
  border: 1px dashed var(--control);
  border-radius: 9px;
  font-size: 1.75rem;
  font-weight: 600;
  line-height: 1.2;
  text-align: center;
}
.error { display: flex; gap: .4rem; margin: .375rem 0 0; color: var(--danger); font-size: .875rem; }
.error::before, .problem::before { flex: none; content: '!'; display: inline-grid; place-items: center; width: 1.2em; height: 1.2em; margin-top: .15em; border-radius: 50%; background: var(--danger); color: var(--surface); font-size: .85em; font-weight: 800; line-height: 1; }
.problem { display: flex; gap: .625rem; margin-top: 1rem; padding: .875rem 1rem; border-radius: 9px; background: var(--danger-tint); }
.error-code { color: var(--quiet); font-size: .875rem; }
button {
  width: 100%;
  min-height: 2.875rem;
  padding: .5rem 1.25rem;
  border: 1px solid transparent;
  border-radius: 9px;
  font: inherit;
  font-weight: 600;
  cursor: pointer;
}
.primary { border-color: var(--accent); background: var(--accent); color: var(--on-accent); }
.primary:hover { border-color: var(--accent-strong); background: var(--accent-strong); }
.secondary { border-color: var(--control); background: transparent; color: var(--ink); }
.secondary:hover { border-color: var(--ink); background: var(--tint); }
.field + .primary { margin-top: .375rem; }
.choice { display: flex; gap: .75rem; }
.account { padding-top: 1rem; border-top: 1px solid var(--line); color: var(--quiet); font-size: .9375rem; }
.account strong { color: var(--ink); }
.account a { white-space: nowrap; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
input:focus-visible { border-color: var(--accent); outline-offset: 0; outline-width: 2px; }
input[aria-invalid]:focus-visible { border-color: var(--danger); outline-color: var(--danger); box-shadow: none; }
code { font-family: var(--mono); font-size: .875em; }
.scopes { margin: 0 0 1.25rem; padding: 0; list-style: none; }
.scopes li { display: flex; gap: .25rem 1rem; align-items: baseline; position: relative; padding: .3rem 0 .3rem 1.75rem; overflow-wrap: anywhere; }
.scopes li::before { content: ''; position: absolute; left: .3rem; top: .62rem; width: .42rem; height: .78rem; border: solid var(--accent); border-width: 0 2px 2px 0; transform: rotate(42deg); }
.scopes span { flex: 1; min-width: 0; }
.scopes code { flex: none; max-width: 50%; color: var(--quiet); font-size: .8125rem; }
.scopes code:only-child { max-width: 100%; color: var(--ink); font-size: .9375rem; }
.done::before { content: ''; display: block; width: 1rem; height: 1.75rem; margin: 0 0 1.25rem .625rem; border: solid var(--accent); border-width: 0 4px 4px 0; transform: rotate(42deg); }
.hint { margin: 0 0 1.5rem; padding: .875rem 1rem; border-radius: 9px; background: var(--tint); font-size: .9375rem; }
.hint p { margin-bottom: .5rem; }
pre { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; user-select: all; }
@media (max-width: 30rem) {
  body { padding-top: 1.25rem; }
  .card { padding: 1.5rem 1.25rem; }
}
@media (forced-colors: active) {
  .scopes li::before, .done::before { border-color: CanvasText; }
  .mark circle { fill: CanvasText; }
  .mark path { fill: Canvas; }
}
`;

const version = createHash('sha256').update(stylesheet).digest('hex').slice(0, 12);

/** Where it is served; another look has another address, so that browsers may keep it. */
export const stylesheetPath = `/u/style-${version}.css`;
