import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startDeadline } from '../../src/keys/deadline.js';
import { within } from '../../src/keys/within.js';
import { fetchJson, type Fetch } from '../../src/keys/fetch-json.js';
import { IssuerFailure } from '../../src/keys/issuer-failure.js';
import { stopTime } from '../support/clock.js';

const servers: { close(): unknown; closeAllConnections(): void }[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

function fetchFrom(url: string): Promise<unknown> {
  return fetchWith(url, fetch);
}

/** The document alone. */
async function fetchWith(url: string, fetch: Fetch, signal = AbortSignal.timeout(10_000)): Promise<unknown> {
  const { value } = await fetchJson(url, { fetch, signal, maxBytes: 512 * 1024 });
  return value;
}

describe('fetchJson', () => {
  it('reads JSON, whatever its content type', async () => {
    const url = await serve((_req, res) => res.setHeader('content-type', 'text/plain').end('{"a":1}'));
    await expect(fetchFrom(url)).resolves.toEqual({ a: 1 });
  });

  it('reads JSON with the mark of UTF-8 before it, and an answer that has no headers', async () => {
    const url = await serve((_req, res) => res.end('\uFEFF{"a":1}'));
    await expect(fetchFrom(url)).resolves.toEqual({ a: 1 });
    const headless = async (): Promise<unknown> => ({ status: 200, body: [Buffer.from('{"a":1}')] });
    await expect(fetchWith('https://issuer.test/', headless as Fetch)).resolves.toEqual({ a: 1 });
  });

  it.each([
    [429, 'too many requests'],
    [503, 'look at the state of the issuer'],
    [302, 'Redirects are not followed'],
    [404, "the issuer's address or jwksUri"],
  ])('says what helps against status %i', async (status, cure) => {
    const url = await serve((_req, res) => res.writeHead(status).end());
    await expect(fetchFrom(url)).rejects.toThrow(cure);
  });

  it.each([201, 204, 206, 304, 401, 404, 429, 500, 503])('refuses status %i', async (status) => {
    const url = await serve((_req, res) =>
      res.writeHead(status).end(status === 204 || status === 304 ? '' : '{}'),
    );
    await expect(fetchFrom(url)).rejects.toThrow(`${url} answered with status ${status} instead of 200`);
  });

  it.each([301, 302, 303, 307, 308])('does not follow a redirect with status %i', async (status) => {
    let isFollowed = false;
    const target = await serve((_req, res) => {
      isFollowed = true;
      res.end('{}');
    });
    const url = await serve((_req, res) => res.writeHead(status, { location: target }).end());
    await expect(fetchFrom(url)).rejects.toThrow(IssuerFailure);
    expect(isFollowed).toBe(false);
  });

  it('refuses what a custom fetch got from a redirect', async () => {
    const url = await serve((req, res) =>
      req.url === '/' ? res.writeHead(302, { location: '/to' }).end() : res.end('{}'),
    );
    const following: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'follow' });
    await expect(fetchWith(url, following)).rejects.toThrow('was redirected');
  });

  it.each(['<html></html>', '', '{"a":', 'undefined'])('refuses %j, which is no JSON', async (body) => {
    const url = await serve((_req, res) => res.end(body));
    await expect(fetchFrom(url)).rejects.toThrow('not JSON');
  });

  it('takes 512 KiB and refuses one byte more', async () => {
    const document = (bytes: number): string => JSON.stringify('x'.repeat(bytes - 2));
    const url = await serve((req, res) => res.end(document(512 * 1024 + (req.url === '/more' ? 1 : 0))));
    await expect(fetchFrom(url)).resolves.toHaveLength(512 * 1024 - 2);
    await expect(fetchFrom(`${url}more`)).rejects.toThrow('answered with more than 524288 bytes');
  });

  it('counts the bytes that a compressed body unfolds to', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, ' '));
    const url = await serve((_req, res) => res.setHeader('content-encoding', 'gzip').end(bomb));
    await expect(fetchFrom(url)).rejects.toThrow('answered with more than 524288 bytes');
  });

  it('refuses a body that ends early', async () => {
    const url = await serve((_req, res) => {
      res.setHeader('content-length', 100);
      res.write('{"keys":[');
      res.destroy();
    });
    await expect(fetchFrom(url)).rejects.toThrow('could not be fetched');
  });

  it('names the system error of an address that nobody listens on', async () => {
    const url = await serve(() => {});
    servers.splice(0).forEach((server) => server.close());
    await expect(fetchFrom(url)).rejects.toThrow(
      `${url} could not be fetched (ECONNREFUSED). Check the domain`,
    );
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('custom');
      },
    ],
    ['rejects with no error', () => Promise.reject('no')],
    ['answers nothing', () => Promise.resolve(undefined)],
    [
      'answers with a body that was read',
      async () => {
        const used = new Response('{}');
        await used.text();
        return used;
      },
    ],
  ])('turns a custom fetch that %s into a failure of the issuer', async (_what, custom) => {
    await expect(fetchWith('https://issuer.test/', custom as Fetch)).rejects.toThrow(IssuerFailure);
  });

  it.each([
    ['never sends a header', false],
    ['stalls in the middle of the body', true],
  ])('gives up when the deadline fires while the issuer %s', async (_what, sendsPart) => {
    const controller = new AbortController();
    const url = await serve((_req, res) => {
      const expire = (): void => controller.abort(new Error('no complete answer within 5 s'));
      if (sendsPart) res.write('{"keys":', expire);
      else expire();
    });
    const fetched = fetchWith(url, fetch, controller.signal);
    await expect(fetched).rejects.toThrow('could not be fetched (no complete answer within 5 s)');
  });
});

describe('startDeadline', () => {
  it('fires after its time, and ends even work that takes no notice', async () => {
    stopTime();
    const deadline = startDeadline(5);
    const work = within(deadline.signal, new Promise(() => {}));
    work.catch(() => {});
    vi.advanceTimersByTime(4999);
    expect(deadline.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    await expect(work).rejects.toThrow('no complete answer within 5 s');
  });

  it('never fires once it is cleared', () => {
    stopTime();
    const deadline = startDeadline(5);
    deadline.clear();
    vi.advanceTimersByTime(6000);
    expect(deadline.signal.aborted).toBe(false);
  });
});
