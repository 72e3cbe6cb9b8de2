import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  ApiClient,
  TemporarilyUnavailableError,
  type ApiClientOptions,
  type ReadyOptions,
} from '@auth0/auth0-api-js';
import { KeySet } from '../../src/keys/key-set.js';
import type { KeySource } from '../../src/keys/key-source.js';
import { StaticKeys } from '../../src/keys/static-keys.js';
import { waitUntilUsable } from '../../src/keys/wait-until-usable.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { audience } from '../support/bench.js';
import { stopTime } from '../support/clock.js';
import { builtModule, runChild } from '../support/run-child.js';

const key = createTestKey('Ed25519');

interface Trial {
  readonly client: ApiClient;
  /** The hosts that do not answer. */
  readonly down: Set<string>;
  readonly requests: string[];
  /** What `ready()` has come to. */
  readonly ready: (options?: ReadyOptions) => { outcome: unknown };
}

const clients: ApiClient[] = [];

/** A client whose issuers can be taken down. */
function createTrial(hosts: readonly string[], options: Partial<ApiClientOptions> = {}): Trial {
  const down = new Set<string>();
  const requests: string[] = [];
  const client = new ApiClient({
    audience,
    domains: [...hosts],
    customFetch: async (input) => {
      const { host, origin, pathname } = new URL(input instanceof Request ? input.url : input);
      requests.push(host);
      if (down.has(host)) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
      return Response.json(
        pathname === '/keys'
          ? { keys: [key.publicJwk] }
          : { issuer: `${origin}/`, jwks_uri: `${origin}/keys` },
      );
    },
    onEvent: () => {},
    ...options,
  });
  clients.push(client);
  const ready: Trial['ready'] = (readyOptions) => {
    const wait: { outcome: unknown } = { outcome: undefined };
    client.ready(readyOptions).then(
      (health) => (wait.outcome = health),
      (error: unknown) => (wait.outcome = error),
    );
    return wait;
  };
  return { client, down, requests, ready };
}

const pass = async (milliseconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

beforeEach(() => {
  vi.spyOn(Math, 'random').mockReturnValue(0.999);
});

afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  vi.restoreAllMocks();
});

describe('ready()', () => {
  it('fetches the keys of a client that has none, once, and says where it stands', async () => {
    const { client, requests } = createTrial(['a.test', 'b.test']);
    await expect(client.ready()).resolves.toMatchObject({
      isUsable: true,
      issuers: [
        { issuer: 'https://a.test/', state: 'fresh' },
        { issuer: 'https://b.test/', state: 'fresh' },
      ],
    });
    await client.ready();
    expect(requests.toSorted()).toEqual(['a.test', 'a.test', 'b.test', 'b.test']);
  });

  it('FC01 waits for an issuer that is away, and asks it with the pauses of the back-off', async () => {
    stopTime();
    const { ready, down, requests } = createTrial(['a.test']);
    down.add('a.test');
    const wait = ready();
    await pass(10_000);
    expect(wait.outcome).toBeUndefined();
    // After 0, 1, 3 and 7 s.
    expect(requests).toHaveLength(4);
    down.clear();
    await pass(4980);
    expect(wait.outcome).toBeUndefined();
    await pass(10);
    expect(wait.outcome).toMatchObject({ isUsable: true });
    expect(requests).toHaveLength(6);
  });

  it('leaves nothing behind but the refresh that is due', async () => {
    stopTime();
    const { ready } = createTrial(['a.test']);
    const wait = ready();
    await pass(0);
    expect(wait.outcome).toMatchObject({ isUsable: true });
    expect(vi.getTimerCount()).toBe(1);
  });

  it.each([
    [undefined, 30_000],
    [{ timeoutSeconds: 7 }, 7000],
  ])('fails when the time is over and no keys can be used: %j', async (options, milliseconds) => {
    stopTime();
    const { client, ready, down } = createTrial(['a.test', 'b.test']);
    down.add('a.test').add('b.test');
    const wait = ready(options);
    await pass(milliseconds - 1);
    expect(wait.outcome).toBeUndefined();
    await pass(1);
    expect(wait.outcome).toBeInstanceOf(TemporarilyUnavailableError);
    expect(wait.outcome).toMatchObject({ statusCode: 503, reason: 'issuer_unreachable' });
    expect(client.health()).toMatchObject({
      isUsable: false,
      issuers: [{ lastError: {} }, { lastError: {} }],
    });
  });

  it('comes to an end when the time is over and one of two issuers is away, and says which', async () => {
    stopTime();
    const { ready, down } = createTrial(['a.test', 'b.test']);
    down.add('b.test');
    const wait = ready({ timeoutSeconds: 10 });
    await pass(9999);
    expect(wait.outcome).toBeUndefined();
    await pass(1);
    expect(wait.outcome).toMatchObject({
      isUsable: true,
      isComplete: false,
      issuers: [
        { issuer: 'https://a.test/', isUsable: true },
        { issuer: 'https://b.test/', isUsable: false, lastError: { reason: 'issuer_unreachable' } },
      ],
    });
  });

  it('ends with its signal, and asks no more for it', async () => {
    stopTime();
    const { ready, down } = createTrial(['a.test']);
    down.add('a.test');
    const controller = new AbortController();
    const wait = ready({ signal: controller.signal });
    await pass(2000);
    expect(wait.outcome).toBeUndefined();
    const removed = vi.spyOn(controller.signal, 'removeEventListener');
    controller.abort();
    await pass(0);
    expect(wait.outcome).toBeInstanceOf(TemporarilyUnavailableError);
    expect(removed).toHaveBeenCalledTimes(1);
    // The back-off's alarm, and no more.
    expect(vi.getTimerCount()).toBe(1);
  });

  it('leaves no pause behind when its time is over before the issuer has failed', async () => {
    stopTime();
    const { client, ready } = createTrial(['a.test'], { customFetch: async () => new Promise(() => {}) });
    const wait = ready({ timeoutSeconds: 2 });
    await pass(2000);
    expect(wait.outcome).toBeInstanceOf(TemporarilyUnavailableError);
    await pass(3000);
    expect(client.health()).toMatchObject({ issuers: [{ isFetching: false }] });
    expect(vi.getTimerCount()).toBe(1);
  });

  it.each([{ signal: AbortSignal.abort() }, { timeoutSeconds: 0 }])(
    'waits for nothing with %j',
    async (options) => {
      const { client, down } = createTrial(['a.test']);
      down.add('a.test');
      await expect(client.ready(options)).rejects.toThrow(TemporarilyUnavailableError);
    },
  );

  it('ends at once when the client is closed', async () => {
    stopTime();
    const { client, ready, down } = createTrial(['a.test']);
    down.add('a.test');
    const wait = ready();
    await pass(2000);
    client.close();
    await pass(0);
    expect(wait.outcome).toMatchObject({ statusCode: 503, reason: 'client_closed' });
    expect(vi.getTimerCount()).toBe(0);
    const later = ready();
    await pass(0);
    expect(later.outcome).toMatchObject({ reason: 'client_closed' });
  });

  it('needs no issuer that the options do not name, and nothing for keys that are given', async () => {
    const { client, requests } = createTrial([], {
      domains: () => ['a.test'],
      algorithms: ['Ed25519'],
      issuers: [{ issuer: 'https://static.test/', publicKey: key.publicJwk }],
    });
    await expect(client.ready()).resolves.toMatchObject({ isUsable: true, issuers: [{ state: 'static' }] });
    expect(requests).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['text for a time', { timeoutSeconds: '5' }],
    ['less than no time', { timeoutSeconds: -1 }],
    ['more than an hour', { timeoutSeconds: 3601 }],
    ['no number', { timeoutSeconds: Number.NaN }],
    ['an option that is none', { timeout: 5 }],
  ])('takes %s for a mistake', async (_what, options) => {
    const { client, requests } = createTrial(['a.test']);
    await expect(client.ready(options as ReadyOptions)).rejects.toMatchObject({
      name: 'InvalidConfigurationError',
    });
    expect(requests).toEqual([]);
  });
});

describe('waitUntilUsable', () => {
  it('asks no source any more once one has failed in a way that is no outage', async () => {
    stopTime();
    const source = (error: Error): KeySource =>
      Object.assign(new StaticKeys(new KeySet([])), { prepare: async () => Promise.reject(error) });
    const sources = [
      source(new TemporarilyUnavailableError('issuer_unreachable', 1)),
      source(new TypeError('broken')),
    ];
    await expect(waitUntilUsable(sources, { seconds: 30, signals: [] })).rejects.toThrow('broken');
    await pass(0);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a process with ready()', () => {
  const start = `
    import { createServer } from 'node:http';
    import { once } from 'node:events';
    import { ApiClient } from ${JSON.stringify(builtModule('index.js'))};
    let isUp = false;
    let isSilent = false;
    const server = createServer((req, res) => {
      if (isSilent) return;
      res.setHeader('connection', 'close');
      if (!isUp) return res.writeHead(500).end();
      const origin = 'http://' + req.headers.host;
      const isKeys = req.url === '/keys';
      res.end(JSON.stringify(isKeys ? { keys: [${JSON.stringify(key.publicJwk)}] } : { issuer: origin + '/', jwks_uri: origin + '/keys' }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    server.unref();
    const domain = 'http://127.0.0.1:' + server.address().port;
    const options = { domain, audience: 'a', keys: { deadlineSeconds: 60 }, onEvent: (event) => events.push(event.type) };
    const events = [];
    const client = new ApiClient(options);
  `;

  it('L22 ends by itself once it is ready, without close()', () => {
    const end = runChild(`${start}
      isUp = true;
      const { isUsable } = await client.ready();
      console.log(isUsable);
    `);
    expect(end).toMatchObject({ code: 0, signal: null, stdout: 'true\n' });
  });

  it('FC01 stays alive while it waits, and is ready soon after the issuer is', () => {
    const end = runChild(`${start}
      setTimeout(() => (isUp = true), 700).unref();
      const { isUsable } = await client.ready();
      console.log(isUsable, events.join());
    `);
    expect(end).toMatchObject({ code: 0, signal: null, stdout: 'true outage,recovery\n' });
  });

  it('L22 ends by itself after close() in the middle of the wait', () => {
    const end = runChild(`${start}
      const waiting = client.ready({ timeoutSeconds: 3600 }).catch((error) => error.reason);
      setTimeout(() => client.close(), 700);
      console.log(await waiting);
    `);
    expect(end).toMatchObject({ code: 0, signal: null, stdout: 'client_closed\n' });
  });

  it('L22 ends by itself after close() while the issuer keeps silent', () => {
    const end = runChild(`${start}
      isSilent = true;
      const waiting = client.ready().catch((error) => error.reason);
      await once(server, 'request');
      client.close();
      console.log(await waiting);
    `);
    expect(end).toMatchObject({ code: 0, signal: null, stdout: 'client_closed\n' });
  });
});
