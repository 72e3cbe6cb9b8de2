import { STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { describeManyCookies } from './describe-many-cookies.js';

/** Of what is no request there is nothing more to read. Whoever sends on has that long to see the answer. */
const lastWordsMs = 1000;

const statusCodes: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  HPE_CHUNK_EXTENSIONS_OVERFLOW: 413,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** Answers what could not be read as a request, as Node.js does by itself; with the cure where a browser shows it. */
export function answerClientError({ code = '' }: NodeJS.ErrnoException, socket: Duplex): void {
  // It has been answered and goes on sending, or the connection is broken.
  if (!socket.writable) return;
  const statusCode = statusCodes[code] ?? 400;
  const text = statusCode === 431 ? `The headers are too large. ${describeManyCookies('localhost')}\n` : '';
  socket.end(
    [
      `HTTP/1.1 ${statusCode} ${STATUS_CODES[statusCode]}`,
      'Connection: close',
      'Content-Type: text/plain; charset=utf-8',
      'X-Content-Type-Options: nosniff',
      'Cache-Control: no-store',
      `Content-Length: ${Buffer.byteLength(text)}`,
      '',
      text,
    ].join('\r\n'),
  );
  const timer = setTimeout(() => socket.destroy(), lastWordsMs);
  socket.once('close', () => clearTimeout(timer));
}
