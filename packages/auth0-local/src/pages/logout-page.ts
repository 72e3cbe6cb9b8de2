import { html, type Html } from './html.js';
import { layout } from './layout.js';

/** What the page that asks before a logout shows. */
export interface LogoutPageParts {
  readonly host: string;
  readonly email: string;
  /** The parameters of the request, which the form sends again. */
  readonly parameters: Readonly<Record<string, string>>;
}

/** Asks before a logout that nobody has proved to want (OpenID Connect RP-Initiated Logout 1.0 section 2). */
export function logoutPage({ host, email, parameters }: LogoutPageParts): Html {
  const content = html`<form method="post" action="/u/logout">
    ${Object.entries(parameters).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" /> `,
    )}<button class="primary">Log out</button>
  </form>`;
  return layout({
    host,
    title: 'Log out?',
    lead: html`You are logged in as <strong>${email}</strong>.`,
    content,
  });
}
