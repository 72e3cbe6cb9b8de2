import { html, type Html } from './html.js';
import { layout } from './layout.js';

/** What a page that asks for nothing says. */
export interface NoticePageParts {
  readonly host: string;
  readonly title: string;
  readonly text: string;
  /** Whether it came to a good end. */
  readonly isDone?: boolean;
}

/** The end of a way: something is done. */
export function noticePage({ host, title, text, isDone = false }: NoticePageParts): Html {
  return layout({ host, title, isDone, content: html`<p>${text}</p>` });
}
