import type { OutgoingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Fault } from './create-fault-issuer.js';

const mebibyte = 1024 * 1024;

/** Sends a JSON document of this size, as fast as it is read. */
export function answerHuge(bytes: number, { isChunked = false } = {}): Fault {
  const chunk = Buffer.alloc(64 * 1024, ' ');
  return ({ res }) => {
    res.writeHead(200, isChunked ? {} : { 'content-length': bytes });
    const chunks = Readable.from(repeat(chunk, bytes / chunk.length));
    // Whoever reads it hangs up before its end.
    pipeline(chunks, res).catch(() => {});
  };
}

/** Sends chunk after chunk, without end. */
export const answerEndlessly: Fault = answerHuge(Infinity, { isChunked: true });

/** Sends so many chunks of one byte each, a thousand at a time. */
export function answerCrumbs(count: number): Fault {
  const thousand = Buffer.from('1\r\n \r\n'.repeat(1000));
  return ({ res }) => {
    const { socket } = res;
    if (socket === null) return;
    socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
    pipeline(Readable.from(repeat(thousand, count / 1000)), socket).catch(() => {});
  };
}

/** Sends a small body that unfolds to this much. */
export function answerBomb(encoding: 'gzip' | 'br', mebibytes: number): Fault {
  const blank = Buffer.alloc(mebibytes * mebibyte, ' ');
  const params = { [constants.BROTLI_PARAM_QUALITY]: 5 };
  const bomb = encoding === 'gzip' ? gzipSync(blank) : brotliCompressSync(blank, { params });
  return ({ res }) => void res.writeHead(200, { 'content-encoding': encoding }).end(bomb);
}

/** Sends a good body that is said to be so many bytes longer (or shorter) than it is, and hangs up. */
export function lieAboutLength(difference: number): Fault {
  return ({ res, document }) => {
    const text = JSON.stringify(document);
    const head = `HTTP/1.1 200 OK\r\nContent-Length: ${text.length + difference}\r\n\r\n`;
    res.socket?.end(head + text);
  };
}

/** Sends half of a good body, whose length it does not say, and hangs up as if that were all. */
export const truncate: Fault = ({ res, document }) => {
  const text = JSON.stringify(document);
  res.socket?.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${text.slice(0, text.length / 2)}`);
};

/** Sends half of a good body with these headers, and breaks the connection off. */
export function resetMidBody(headersFor: (length: number) => OutgoingHttpHeaders): Fault {
  return ({ res, document }) => {
    const { socket } = res;
    const text = JSON.stringify(document);
    res.writeHead(200, headersFor(text.length));
    res.write(text.slice(0, text.length / 2), () => void socket?.resetAndDestroy());
  };
}

async function* repeat(chunk: Buffer, count: number): AsyncGenerator<Buffer> {
  for (let sent = 0; sent < count; sent++) yield chunk;
}
