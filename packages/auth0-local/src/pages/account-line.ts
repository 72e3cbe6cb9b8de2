import { html, type Html } from './html.js';

/** Who is logged in, and the way to be somebody else. */
export function accountLine(email: string, transaction: string): Html {
  return html`<p class="account">
    Logged in as <strong>${email}</strong> <a href="/u/login?state=${transaction}">Use another account</a>
  </p>`;
}
