import type { Api } from '../tenant/apis.js';
import { html, type Html } from './html.js';

const wellKnown: readonly (readonly [scope: string, description: string])[] = [
  ['openid', 'Know who you are'],
  ['profile', 'See your name, nickname and picture'],
  ['email', 'See your email address'],
  ['address', 'See your postal address'],
  ['phone', 'See your phone number'],
  ['offline_access', 'Keep this access while you are away'],
];

/** What an application wants to do, in the words of the API where it has any. */
export function scopeList(scopes: readonly string[], api: Api | undefined): Html {
  const ofApi = (api?.scopes ?? []).map(({ value, description }) => [value, description] as const);
  const descriptions = new Map<string, string | undefined>([...ofApi, ...wellKnown]);
  return html`<ul class="scopes">
    ${scopes.map((scope) => scopeItem(scope, descriptions.get(scope)))}
  </ul>`;
}

function scopeItem(scope: string, description: string | undefined): Html {
  return description === undefined
    ? html`<li><code>${scope}</code></li>`
    : html`<li><span>${description}</span> <code>${scope}</code></li>`;
}
