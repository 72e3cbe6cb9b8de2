import { fieldError, invalid } from './field-error.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';

/** What the page asking for a device's code shows. */
export interface ActivatePageParts {
  readonly host: string;
  /** What the field begins with. */
  readonly userCode?: string;
  readonly error?: string;
}

export function activatePage({ host, userCode = '', error }: ActivatePageParts): Html {
  const content = html`<form method="post" action="/activate">
    <div class="field">
      <label for="user_code">Code</label>
      <input
        id="user_code"
        name="user_code"
        class="code"
        autocomplete="one-time-code"
        autocapitalize="characters"
        spellcheck="false"
        required
        maxlength="20"
        placeholder="XXXX-XXXX"
        value="${userCode}"
        ${invalid('user_code', error)}
        autofocus
      />
      ${fieldError('user_code', error)}
    </div>
    <button class="primary">Continue</button>
  </form>`;
  return layout({
    host,
    title: 'Connect a device',
    lead: 'Enter the code that your device shows.',
    hasError: error !== undefined,
    content,
  });
}
