import type { Api } from '../tenant/apis.js';
import { accountLine } from './account-line.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { scopeList } from './scope-list.js';

/** What the consent page shows. */
export interface ConsentPageParts {
  readonly host: string;
  readonly application: string;
  readonly email: string;
  readonly api: Api | undefined;
  readonly scopes: readonly string[];
  readonly transaction: string;
}

export function consentPage(parts: ConsentPageParts): Html {
  const { host, application, email, api, scopes, transaction } = parts;
  const content = html`${
      scopes.length > 0 &&
      html`<p>It wants to:</p>
        ${scopeList(scopes, api)}`
    }
    ${accountLine(email, transaction)}
    <form method="post" action="/u/consent" class="choice">
      <input type="hidden" name="state" value="${transaction}" />
      <button class="secondary" name="action" value="deny">Decline</button>
      <button class="primary" name="action" value="accept">Allow</button>
    </form>`;
  const target = api === undefined ? 'your profile' : (api.name ?? api.identifier);
  return layout({
    host,
    title: `Allow ${application}?`,
    lead: html`<strong>${application}</strong> asks for access to <strong>${target}</strong> in your name.`,
    content,
  });
}
