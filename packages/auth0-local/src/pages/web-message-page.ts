import { html, type Html } from './html.js';
import { layout } from './layout.js';

/** What is told, and to which origin. */
export interface WebMessagePageParts {
  readonly host: string;
  readonly targetOrigin: string;
  readonly response: Readonly<Record<string, string>>;
  readonly nonce: string;
}

/** Tells a response to the page that opened this one or has it in a frame, if that page is of the exact origin. */
export function webMessagePage({ host, targetOrigin, response, nonce }: WebMessagePageParts): Html {
  const message = JSON.stringify({ type: 'authorization_response', response });
  return layout({
    host,
    title: 'One moment',
    lead: 'You can close this window if it does not close itself.',
    content: html`<div id="response" data-origin="${targetOrigin}" data-message="${message}"></div>`,
    script: html`<script nonce="${nonce}">
      const { origin, message } = document.getElementById('response').dataset;
      (window.opener ?? window.parent).postMessage(JSON.parse(message), origin);
    </script>`,
  });
}
