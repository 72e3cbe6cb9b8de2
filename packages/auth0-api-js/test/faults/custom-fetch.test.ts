import { describe, expect, it, vi } from 'vitest';
import type { ApiClientOptions } from '@auth0/auth0-api-js';
import { issuer } from '../support/bench.js';
import { stopTime } from '../support/clock.js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { SocketlessIssuer } from '../support/fault-issuer/socketless-issuer.js';

type Fetch = NonNullable<ApiClientOptions['customFetch']>;

const upstream = new SocketlessIssuer();
const token = upstream.token();
const patient = { deadlineSeconds: 0.1, minBackOffSeconds: 60, maxBackOffSeconds: 60 };

/** A body of something else than bytes, as an application may make one up. */
function bodyOf(...chunks: readonly unknown[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start: (controller) => {
      for (const chunk of chunks) controller.enqueue(chunk as Uint8Array);
      controller.close();
    },
  });
}

const keySet = JSON.stringify({ keys: upstream.keys.map(({ publicJwk }) => publicJwk) });
const metadata = { issuer, jwks_uri: `${issuer}keys` };

/** What a `fetch` of the application does for every URL, and whether the core asks it once or, of a broken connection, twice. */
const faults: readonly (readonly [string, () => unknown, number])[] = [
  ['throws at once', () => raise(new Error('custom')), 1],
  ['throws something that is no error', () => raise('custom'), 1],
  ['throws nothing', () => raise(undefined), 1],
  ['rejects', () => Promise.reject(new Error('custom')), 1],
  ['rejects with null', () => Promise.reject(null), 1],
  ['rejects with a code that is no string', () => Promise.reject(Object.assign(new Error(), { code: 7 })), 1],
  ['rejects with a cause in a circle', () => Promise.reject(circular()), 1],
  [
    'says that the connection broke',
    () => Promise.reject(Object.assign(new Error(), { code: 'ECONNRESET' })),
    2,
  ],
  ['answers undefined', () => undefined, 1],
  ['answers null', () => Promise.resolve(null), 1],
  ['answers a text', () => Promise.resolve(keySet), 1],
  ['answers an empty object', () => Promise.resolve({}), 1],
  ['answers what it was asked', () => Promise.resolve(new Request(issuer)), 1],
  ['never settles', () => new Promise(() => {}), 1],
  ['answers with a body that was read', readResponse, 1],
  ['answers with a body that somebody reads', lockedResponse, 1],
  ['answers with a body that breaks', () => Promise.resolve(new Response(brokenBody())), 1],
  ['answers with a body that never ends', () => Promise.resolve(new Response(new ReadableStream())), 1],
  ['answers with a body of texts', () => Promise.resolve(new Response(bodyOf(keySet))), 1],
  ['answers with a body of numbers', () => Promise.resolve(new Response(bodyOf(1, 2, 3))), 1],
  ['answers with no body', () => Promise.resolve(new Response(null)), 1],
  ['answers with an error of fetch', () => Promise.resolve(Response.error()), 1],
  ['says ok with status 500', () => lie({ status: 500 }), 1],
  ['says ok with status "200"', () => lie({ status: '200' }), 1],
  ['says 200 after a redirect', () => lie({ status: 200, redirected: true }), 1],
  ['says 200 with a page', () => Promise.resolve(new Response('<!doctype html>')), 1],
];

function raise(what: unknown): never {
  throw what;
}

function circular(): Error {
  const error = new Error('circle');
  error.cause = error;
  return error;
}

async function readResponse(): Promise<Response> {
  const response = new Response(keySet);
  await response.text();
  return response;
}

async function lockedResponse(): Promise<Response> {
  const response = new Response(keySet, { status: 503 });
  response.body?.getReader();
  return response;
}

function brokenBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.error(new Error('broken')) });
}

async function lie(members: object): Promise<object> {
  return {
    ok: true,
    redirected: false,
    headers: new Headers(),
    body: bodyOf(Buffer.from(keySet)),
    ...members,
  };
}

describe.each(['metadata', 'keys'])('a custom fetch that, asked for %s,', (what) => {
  it.each(faults)('FC22 %s: DOWN with a typed error, and a back-off', async (_how, fault, attempts) => {
    let injected = 0;
    const customFetch = ((url: string) => {
      if (what === 'keys' && url !== metadata.jwks_uri) return Promise.resolve(Response.json(metadata));
      injected += 1;
      return fault();
    }) as Fetch;
    const bench = createFaultBench({ domain: 'issuer.test', customFetch, keys: patient });
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(injected).toBe(attempts);
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(injected).toBe(attempts);
    expect(bench.told()).toEqual(['outage']);
    expect(bench.client.health().issuers[0]).toMatchObject({ state: 'empty', isFetching: false });
  });

  it.each(faults)('FC22 %s while warm: every token is accepted', async (_how, fault) => {
    stopTime();
    let injected = 0;
    let isWell = true;
    const customFetch = ((url: string) => {
      if (url !== metadata.jwks_uri && (isWell || what === 'keys'))
        return Promise.resolve(Response.json(metadata));
      if (isWell) return Promise.resolve(new Response(keySet));
      injected += 1;
      return fault();
    }) as Fetch;
    const bench = createFaultBench({ domain: 'issuer.test', customFetch });
    const warm = upstream.token();
    expect(await bench.verdict(warm)).toBe('OK');
    isWell = false;
    for (let minute = 0; minute < 20; minute++) {
      await vi.advanceTimersByTimeAsync(60_000);
      expect(await bench.verdict(warm)).toBe('OK');
    }
    expect(injected).toBeGreaterThan(10);
    expect(bench.told()).toEqual(['outage', 'keys_stale']);
  });
});

describe('a custom fetch', () => {
  it('FC22 that takes no notice of the signal and answers after the deadline changes nothing', async () => {
    stopTime();
    let injected = 0;
    const late: ((response: Response) => void)[] = [];
    const customFetch = (async (url: string) => {
      if (url !== metadata.jwks_uri) return Response.json(metadata);
      injected += 1;
      return new Promise<Response>((resolve) => late.push(resolve));
    }) as Fetch;
    const bench = createFaultBench({ domain: 'issuer.test', customFetch });
    const verdict = bench.verdict(upstream.token());
    await vi.advanceTimersByTimeAsync(5000);
    expect(await verdict).toBe('DOWN issuer_unreachable');
    for (const resolve of late) resolve(new Response(keySet));
    await vi.advanceTimersByTimeAsync(0);
    expect(bench.state()).toBe('empty');
    expect(injected).toBe(1);
  });

  it('FC22 whose connection breaks as the client is closed is not called again', async () => {
    let injected = 0;
    const bench = createFaultBench({
      domain: 'issuer.test',
      customFetch: () => {
        injected += 1;
        if (injected > 1) return new Promise(() => {});
        bench.client.close();
        return Promise.reject(Object.assign(new Error('reset'), { code: 'ECONNRESET' }));
      },
    });
    expect(await bench.verdict(token)).toBe('DOWN client_closed');
    expect(injected).toBe(1);
    expect(bench.told()).toEqual([]);
  });

  it('FC22 that answers with a status and a body that cannot be thrown away: the status is told', async () => {
    let injected = 0;
    const bench = createFaultBench({
      domain: 'issuer.test',
      customFetch: () => {
        injected += 1;
        return lockedResponse();
      },
    });
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(injected).toBe(1);
    expect(bench.events).toMatchObject([
      { message: expect.stringContaining('answered with status 503 instead of 200') as string },
    ]);
  });

  it('FC22 that answers with a body of texts without end is left at once', async () => {
    let injected = 0;
    const text = ' '.repeat(64 * 1024);
    const body = (): ReadableStream<Uint8Array> =>
      new ReadableStream({
        pull: (controller) => {
          injected += 1;
          controller.enqueue(text as unknown as Uint8Array);
        },
      });
    const bench = createFaultBench({
      domain: 'issuer.test',
      customFetch: async () => new Response(body()),
      keys: { ...patient, deadlineSeconds: 5 },
    });
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(bench.events).toMatchObject([
      { message: expect.stringContaining('its body is not made of bytes') as string },
    ]);
    expect(injected).toBeLessThanOrEqual(3);
  });
});
