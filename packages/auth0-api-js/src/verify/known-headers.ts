import { RecentMap } from '../recent-map.js';
import { detachText } from './detach-text.js';
import { readHeader, type TokenHeader } from './read-header.js';

const mostHeaders = 1000;

/** In characters; longer headers are read each time. */
const longestHeader = 1024;

/**
 * Remembers headers of good tokens as they were sent: all tokens of one key have the same. Only a token that was found good
 * leaves its header here, so that nobody can push others out without one.
 */
export class KnownHeaders {
  readonly #headers = new RecentMap<TokenHeader>(mostHeaders);

  /** The one that was remembered last: to compare a text with it is faster than to look it up. */
  #lastText: string | undefined;
  #last: TokenHeader | undefined;

  /** Reads the first segment of a token, unless it is known. */
  read(text: string): TokenHeader {
    if (this.#last !== undefined && this.#lastText === text) return this.#last;
    const known = text.length > longestHeader ? undefined : this.#headers.get(text);
    return known ?? readHeader(text);
  }

  remember(text: string, header: TokenHeader): void {
    const isLast = this.#last === header && this.#lastText === text;
    if (isLast || text.length > longestHeader) return;
    const own = detachText(text);
    if (this.#headers.get(own) !== header) this.#headers.set(own, header);
    this.#lastText = own;
    this.#last = header;
  }
}
