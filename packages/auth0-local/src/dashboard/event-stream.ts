import { once } from 'node:events';
import type { Response } from 'express';

/** An event as a page hears it. */
export interface ServerEvent {
  readonly type: string;
  readonly data: unknown;
  /** What the page sends as `Last-Event-ID` when it comes back. */
  readonly id?: string | undefined;
}

/** What is said of a stream of events. */
export const eventStreamHeaders = {
  'Content-Type': 'text/event-stream',
  'Cache-Control': 'no-store',
  // A proxy that collects answers would keep the events back.
  'X-Accel-Buffering': 'no',
};

/** Server-sent events (HTML Living Standard section 9.2), for as long as the page is there. */
export class EventStream {
  readonly #res: Response;
  readonly #gone = new AbortController();

  constructor(res: Response) {
    this.#res = res;
    res.on('close', () => this.#gone.abort());
    res.writeHead(200, eventStreamHeaders);
    // How soon the page comes back after the connection is lost, in milliseconds.
    this.#write('retry: 1000\n\n');
  }

  send({ type, data, id }: ServerEvent): void {
    const idLine = id === undefined ? '' : `id: ${id}\n`;
    this.#write(`event: ${type}\n${idLine}data: ${JSON.stringify(data)}\n\n`);
  }

  /** Shows that the connection is up, without an event. */
  sendHeartbeat(): void {
    this.#write(':\n\n');
  }

  /** How much was sent that the page has not taken, in bytes. */
  get backlog(): number {
    return this.#res.writableLength;
  }

  /**
   * Waits until the page has taken most of what was sent.
   *
   * @returns Whether it is still there.
   */
  async isReady(): Promise<boolean> {
    const { signal } = this.#gone;
    if (this.#res.writableNeedDrain) await once(this.#res, 'drain', { signal }).catch(() => {});
    return !this.#res.destroyed;
  }

  /** Does something at the end, or at once if that is past. */
  onEnd(listener: () => void): void {
    if (this.#res.closed) listener();
    else this.#res.on('close', listener);
  }

  /** Ends the connection with all that was not taken. The page comes back. */
  end(): void {
    this.#res.destroy();
  }

  #write(text: string): void {
    if (!this.#res.destroyed) this.#res.write(text);
  }
}
