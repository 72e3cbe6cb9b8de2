import { html, type Html } from './html.js';
import { layout } from './layout.js';

/** What went wrong, where no application can be told. */
export interface ErrorPageParts {
  readonly host: string;
  /** The code of OAuth, for who builds the application. */
  readonly error?: string;
  readonly description: string;
  /** Whether the tenant's log has the command that helps. */
  readonly hasFix?: boolean;
}

export function errorPage({ host, error, description, hasFix = false }: ErrorPageParts): Html {
  const content = html`<p class="problem" role="alert">${description}</p>
    ${error !== undefined && html`<p class="error-code"><code>${error}</code></p>`}
    ${
      hasFix &&
      html`<section class="hint">
        <p>If you build this application: the tenant’s log names the command that helps.</p>
        <pre><code>auth0 local logs</code></pre>
      </section>`
    }`;
  return layout({ host, title: 'That did not work', content });
}
