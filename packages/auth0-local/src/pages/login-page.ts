import { fieldError, invalid } from './field-error.js';
import { html, type Html } from './html.js';
import { layout } from './layout.js';

/** What the login page shows. */
export interface LoginPageParts {
  readonly host: string;
  /** The name of the application that waits. */
  readonly application: string;
  readonly transaction: string;
  readonly email?: string;
  readonly errors?: { readonly email?: string; readonly password?: string };
  /** The command that creates a user, in a tenant that has none. */
  readonly createUser?: string;
}

export function loginPage(parts: LoginPageParts): Html {
  const { host, application, transaction, email = '', errors = {}, createUser } = parts;
  const isPasswordNext = email !== '' && errors.email === undefined;
  const content = html`${createUser !== undefined && noUsers(createUser)}
    <form method="post" action="/u/login">
      <input type="hidden" name="state" value="${transaction}" />
      <div class="field">
        <label for="email">Email</label>
        <input
          id="email"
          name="email"
          type="email"
          autocomplete="username"
          inputmode="email"
          autocapitalize="none"
          spellcheck="false"
          required
          maxlength="320"
          value="${email}"
          ${invalid('email', errors.email)}${!isPasswordNext && html` autofocus`}
        />
        ${fieldError('email', errors.email)}
      </div>
      <div class="field">
        <label for="password">Password</label>
        <input
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          required
          maxlength="1000"
          ${invalid('password', errors.password)}${isPasswordNext && html` autofocus`}
        />
        ${fieldError('password', errors.password)}
      </div>
      <button class="primary">Log in</button>
    </form>`;
  const hasError = errors.email !== undefined || errors.password !== undefined;
  return layout({
    host,
    title: 'Log in',
    lead: html`to continue to <strong>${application}</strong>`,
    hasError,
    content,
  });
}

function noUsers(command: string): Html {
  return html`<section class="hint">
    <p>This tenant has no users yet. Create one in a terminal:</p>
    <pre><code>${command}</code></pre>
  </section>`;
}
