import { once } from 'node:events';
import type { Socket } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  sendToLoopback,
  type LoopbackRequest,
  type LoopbackResponse,
} from '../../src/dashboard/send-to-loopback.js';
import { createServerIdentity, openCertificateAuthority } from '../../src/tls/certificate-authority.js';
import { serveApiForTest, serveSocketsForTest } from './support/serve-api.js';

const get = (
  url: string,
  { deadlineMs, ...more }: Partial<LoopbackRequest> & { readonly deadlineMs?: number } = {},
): Promise<LoopbackResponse> =>
  sendToLoopback(
    { method: 'GET', url: new URL(url), signal: new AbortController().signal, ...more },
    deadlineMs,
  );

/** What listens there answers every connection with the same bytes, whatever it is sent. */
const answerWith = (bytes: string | Buffer) =>
  serveSocketsForTest((socket) => socket.once('data', () => socket.end(bytes)));

describe('sendToLoopback', () => {
  it.each([
    ['127.0.0.1', 'localhost'],
    ['::1', 'localhost'],
    ['127.0.0.1', 'my-api.localhost'],
    ['::1', '[::1]'],
    ['127.0.0.1', '127.0.0.1'],
  ])('finds what listens on %s as %s', async (host, name) => {
    const port = await serveApiForTest((req, res) => res.end(req.headers.host), { host });
    expect((await get(`http://${name}:${port}/`)).body).toBe(`${name}:${port}`);
  });

  it('asks no resolver: a name of this machine cannot lead elsewhere', async () => {
    const port = await serveApiForTest((_req, res) => res.end('here'));
    // No resolver knows it, and a request to it arrives all the same.
    expect((await get(`http://no-such-name-anywhere.localhost:${port}/`)).body).toBe('here');
  });

  it('takes the certificate that a development server has made for itself', async () => {
    const identity = createServerIdentity(openCertificateAuthority(undefined), ['localhost']);
    for (const host of ['127.0.0.1', '::1']) {
      const port = await serveApiForTest((_req, res) => res.end('over TLS'), { identity, host });
      expect((await get(`https://localhost:${port}/`)).body).toBe('over TLS');
    }
  });

  it('needs no proxy of the environment', async () => {
    process.env['http_proxy'] = process.env['HTTP_PROXY'] = 'http://127.0.0.1:1';
    const port = await serveApiForTest((_req, res) => res.end('directly'));
    expect((await get(`http://localhost:${port}/`)).body).toBe('directly');
    delete process.env['http_proxy'];
    delete process.env['HTTP_PROXY'];
  });

  it('reads 256 KiB of a body and hangs up', async () => {
    const closed: Promise<unknown>[] = [];
    const port = await serveApiForTest((_req, res) => {
      closed.push(once(res, 'close'));
      const write = (): void => {
        while (!res.destroyed && res.write('ab'.repeat(50_000)));
      };
      res.on('drain', write);
      write();
    });
    const { status, body, is_truncated: isTruncated } = await get(`http://localhost:${port}/`);
    expect([status, body.length, isTruncated]).toEqual([200, 262_144, true]);
    await Promise.all(closed);
  });

  it.each([262_143, 262_144])('reads a body of %i bytes to its end', async (length) => {
    const port = await serveApiForTest((_req, res) => res.end('a'.repeat(length)));
    const { body, is_truncated: isTruncated } = await get(`http://localhost:${port}/`);
    expect([body.length, isTruncated]).toEqual([length, false]);
  });

  it('reads bytes that are no UTF-8 as far as they are, and names what is no text', async () => {
    const show = async (bytes: Buffer, headers = ''): Promise<string> => {
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${bytes.length}\r\n${headers}\r\n`;
      const port = await answerWith(Buffer.concat([Buffer.from(head), bytes]));
      return (await get(`http://localhost:${port}/`)).body;
    };
    expect(await show(Buffer.from([0x61, 0xe9, 0x62]))).toBe('a\uFFFDb');
    expect(await show(Buffer.from([0x89, 0x50, 0, 1]))).toBe('(4 bytes of binary data)');
    const compressed = gzipSync('text');
    expect(await show(compressed, 'Content-Encoding: gzip\r\n')).toBe(
      `(${compressed.length} bytes, compressed: gzip)`,
    );
    expect(await show(Buffer.from(''), 'Content-Encoding: gzip\r\n')).toBe('');
  });

  it('waits no longer than its deadline for an answer', async () => {
    const port = await serveApiForTest(() => {});
    await expect(get(`http://localhost:${port}/`, { deadlineMs: 100 })).rejects.toMatchObject({
      statusCode: 502,
      errorCode: 'no_answer_in_time',
      message: `http://localhost:${port} takes requests and does not answer them in time. Look for what your API waits for.`,
    });
  });

  it('waits no longer than its deadline, whatever is cleared from memory meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    let hasArrived = (): void => {};
    const arrived = new Promise<void>((resolve) => (hasArrived = resolve));
    const port = await serveApiForTest(() => hasArrived());
    const answer = get(`http://localhost:${port}/`, { deadlineMs: 500 }).catch((error: unknown) => error);
    await arrived;
    for (let round = 0; round < 10; round++) {
      await new Promise(setImmediate);
      collectGarbage();
    }
    expect(await answer).toMatchObject({ errorCode: 'no_answer_in_time' });
  }, 5000);

  it('waits no longer than its deadline for headers that come byte by byte', async () => {
    const port = await serveSocketsForTest((socket) => drip(socket, 'HTTP/1.1 200 OK\r\nX-Slow: '));
    await expect(get(`http://localhost:${port}/`, { deadlineMs: 200 })).rejects.toMatchObject({
      errorCode: 'no_answer_in_time',
    });
  });

  it.each(['100 Continue', '103 Early Hints'])(
    'takes a hundred answers before the answer, and no more: %s',
    async (line) => {
      const interim = `HTTP/1.1 ${line}\r\n\r\n`;
      const port = await answerWith(`${interim.repeat(100)}HTTP/1.1 204 No Content\r\n\r\n`);
      expect((await get(`http://localhost:${port}/`)).status).toBe(204);
      const closed: Promise<unknown>[] = [];
      const endless = await serveSocketsForTest((socket) => {
        closed.push(new Promise((resolve) => socket.on('close', resolve)));
        const write = (): void => {
          while (!socket.destroyed && socket.write(interim));
        };
        socket.on('drain', write).once('data', write);
      });
      await expect(get(`http://localhost:${endless}/`)).rejects.toMatchObject({
        statusCode: 502,
        errorCode: 'too_many_interim',
        message: expect.stringContaining('one interim answer (1xx) after the other') as string,
      });
      await Promise.all(closed);
    },
  );

  it('shows what came until its deadline of a body that does not end', async () => {
    const port = await serveSocketsForTest((socket) => drip(socket, 'HTTP/1.1 200 OK\r\n\r\nfirst'));
    const {
      status,
      body,
      is_truncated: isTruncated,
    } = await get(`http://localhost:${port}/`, {
      deadlineMs: 300,
    });
    expect([status, isTruncated]).toEqual([200, true]);
    expect(body).toMatch(/^first/);
  });

  it('shows what came of a body that is cut off', async () => {
    const port = await serveSocketsForTest((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nfirst'));
    });
    const { status, body, is_truncated: isTruncated } = await get(`http://localhost:${port}/`);
    expect([status, body, isTruncated]).toEqual([200, 'first', true]);
  });

  it('ends the request when nobody waits any more', async () => {
    const left = new AbortController();
    const closed: Promise<unknown>[] = [];
    const port = await serveApiForTest((_req, res) => {
      closed.push(once(res, 'close'));
      left.abort();
    });
    await expect(get(`http://localhost:${port}/`, { signal: left.signal })).rejects.toThrow('in time');
    await Promise.all(closed);
    await expect(get(`http://localhost:${port}/`, { signal: left.signal })).rejects.toThrow('in time');
    expect(closed).toHaveLength(1);
  }, 5000);

  it.each([
    ['resets the connection', (socket: Socket) => socket.resetAndDestroy(), 'connection_closed'],
    ['closes the connection', (socket: Socket) => socket.end(), 'connection_closed'],
    ['speaks another protocol', (socket: Socket) => socket.end('SSH-2.0-OpenSSH_9.6\r\n'), 'no_http'],
    [
      'speaks another protocol for good',
      (socket: Socket) =>
        socket.end('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'),
      'no_http',
    ],
    [
      'has too many headers',
      (socket: Socket) => socket.end(`HTTP/1.1 200 OK\r\nX: ${'a'.repeat(100_000)}\r\n\r\n`),
      'too_large',
    ],
    [
      'sends a header twice that must be there once',
      (socket: Socket) =>
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n'),
      'no_http',
    ],
  ])('says so if what listens %s', async (_what, act, errorCode) => {
    const port = await serveSocketsForTest((socket) => {
      socket.once('data', () => act(socket));
    });
    await expect(get(`http://localhost:${port}/`, { deadlineMs: 2000 })).rejects.toMatchObject({
      statusCode: 502,
      errorCode,
    });
  });

  it('says so if what listens wants no connections', async () => {
    const port = await serveSocketsForTest((socket) => socket.resetAndDestroy());
    await expect(get(`http://localhost:${port}/`)).rejects.toMatchObject({ errorCode: 'connection_closed' });
  });

  it('says so if TLS is spoken where it is not, and not where it is', async () => {
    const plain = await serveApiForTest((_req, res) => res.end());
    await expect(get(`https://localhost:${plain}/`)).rejects.toMatchObject({
      errorCode: 'no_tls',
      message: expect.stringContaining('write http:// in the URL') as string,
    });
    const identity = createServerIdentity(openCertificateAuthority(undefined), ['localhost']);
    const secure = await serveApiForTest((_req, res) => res.end(), { identity });
    await expect(get(`http://localhost:${secure}/`)).rejects.toThrow('write https:// in the URL');
  });
});

/** Goes on, byte by byte, for as long as the other side is there. */
function drip(socket: Socket, beginning: string): void {
  socket.once('data', () => {
    socket.write(beginning);
    const timer = setInterval(() => socket.write('.'), 20);
    socket.on('close', () => clearInterval(timer));
  });
}
