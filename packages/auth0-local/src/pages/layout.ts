import { html, type Html, type HtmlValue } from './html.js';
import { stylesheetPath } from './stylesheet.js';

/** What a page is made of. */
export interface PageParts {
  /** The host of the tenant as the browser sees it. */
  readonly host: string;
  /** What the page is about: its heading. */
  readonly title: string;
  /** A sentence below the heading. */
  readonly lead?: HtmlValue;
  /** Whether what was sent before needs a correction: then the tab says so too. */
  readonly hasError?: boolean;
  /** Whether it says that something has come to a good end. */
  readonly isDone?: boolean;
  readonly content: HtmlValue;
  /** A script with the page's nonce. */
  readonly script?: Html;
}

// A keyhole in a ring.
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><circle cx="16" cy="16" r="15" fill="#0b6b5d"/><path fill="#fff" d="M16 7.5a4.6 4.6 0 0 1 2.3 8.6l1.6 8.4h-7.8l1.6-8.4A4.6 4.6 0 0 1 16 7.5z"/></svg>',
)}`;

/** A page with the tenant's look. */
export function layout({
  host,
  title,
  lead,
  hasError = false,
  isDone = false,
  content,
  script,
}: PageParts): Html {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="robots" content="noindex" />
        <title>${hasError && 'Error: '}${title} · ${host}</title>
        <link rel="icon" href="${icon}" />
        <link rel="stylesheet" href="${stylesheetPath}" />
      </head>
      <body>
        <header class="tenant">
          <svg class="mark" viewBox="0 0 32 32" aria-hidden="true">
            <circle cx="16" cy="16" r="15" />
            <path d="M16 7.5a4.6 4.6 0 0 1 2.3 8.6l1.6 8.4h-7.8l1.6-8.4A4.6 4.6 0 0 1 16 7.5z" />
          </svg>
          <span class="host">${host}</span>
        </header>
        <main class="card${isDone && ' done'}">
          <h1>${title}</h1>
          ${lead !== undefined && html`<p class="lead">${lead}</p>`} ${content}
        </main>
        <footer class="note">A local tenant for development. Use test accounts only.</footer>
        ${script}
      </body>
    </html> `;
}
