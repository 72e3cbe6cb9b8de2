import type { Api } from '../tenant/apis.js';
import { accountLine } from './account-line.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';
import { scopeList } from './scope-list.js';

/** What the page before the activation of a device shows. */
export interface ConfirmDevicePageParts {
  readonly host: string;
  readonly application: string;
  readonly userCode: string;
  readonly email: string;
  readonly api: Api | undefined;
  readonly scopes: readonly string[];
  readonly transaction: string;
}

/** RFC 8628 section 5.4: the user compares the code, so that nobody connects a stranger's device by a link. */
export function confirmDevicePage(parts: ConfirmDevicePageParts): Html {
  const { host, application, userCode, email, api, scopes, transaction } = parts;
  const content = html`<p class="code" aria-label="Code">${userCode}</p>
    ${
      scopes.length > 0 &&
      html`<p><strong>${application}</strong> will be able to:</p>
        ${scopeList(scopes, api)}`
    }
    ${accountLine(email, transaction)}
    <form method="post" action="/u/device" class="choice">
      <input type="hidden" name="state" value="${transaction}" />
      <button class="secondary" name="action" value="deny">Cancel</button>
      <button class="primary" name="action" value="accept">Connect</button>
    </form>`;
  return layout({
    host,
    title: `Connect ${application}?`,
    lead: 'Only go on if your device shows exactly this code.',
    content,
  });
}
