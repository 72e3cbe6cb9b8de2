import { html, type Html } from './html.js';
import { layout } from './layout.js';

/** What is posted, and where. */
export interface FormPostPageParts {
  readonly host: string;
  readonly redirectUri: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly nonce: string;
}

/** Posts a response to the application (OAuth 2.0 Form Post Response Mode): by itself, or by the button without JavaScript. */
export function formPostPage({ host, redirectUri, parameters, nonce }: FormPostPageParts): Html {
  const content = html`<form method="post" action="${redirectUri}">
    ${Object.entries(parameters).map(
      ([name, value]) => html`<input type="hidden" name="${name}" value="${value}" /> `,
    )}<button class="primary">Continue</button>
  </form>`;
  return layout({
    host,
    title: 'One moment',
    lead: 'You are on your way back to the application.',
    content,
    script: html`<script nonce="${nonce}">
      document.forms[0].submit();
    </script>`,
  });
}
