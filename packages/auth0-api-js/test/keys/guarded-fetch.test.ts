import dns, { type LookupAddress, type LookupOptions } from 'node:dns';
import { EventEmitter } from 'node:events';
import { createServer, type ClientRequest, type RequestListener, type Server } from 'node:http';
import https from 'node:https';
import { syncBuiltinESMExports } from 'node:module';
import net, { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiClient, type Auth0ApiEvent } from '@auth0/auth0-api-js';
import { fetchJson } from '../../src/keys/fetch-json.js';
import { createGuardedFetch } from '../../src/keys/guarded-fetch.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { audience, claimsText, headerText, signRaw } from '../support/bench.js';

const servers: Server[] = [];

afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

interface Served {
  readonly port: number;
  /** How many connections were made. */
  connections: number;
  /** The requests that arrived. */
  readonly urls: string[];
}

/** A server on this machine, which a guarded fetch must not reach unless it is allowed to. */
async function serve(listener: RequestListener = (_req, res) => res.end('{}')): Promise<Served> {
  const server = createServer((req, res) => {
    served.urls.push(req.url ?? '');
    listener(req, res);
  });
  servers.push(server);
  server.on('connection', () => (served.connections += 1));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const served: Served = { port: (server.address() as AddressInfo).port, connections: 0, urls: [] };
  return served;
}

/** Makes the name server answer these, one after the other, and counts the questions. */
function answerLookups(
  answers: readonly (readonly string[])[],
  before = (): void => {},
): { asked: string[] } {
  const asked: string[] = [];
  const lookup = (
    host: string,
    _options: LookupOptions,
    callback: (error: Error | null, addresses: LookupAddress[]) => void,
  ): void => {
    const answer = answers[asked.length] ?? [];
    asked.push(host);
    before();
    queueMicrotask(() =>
      callback(
        null,
        answer.map((address) => ({ address, family: net.isIP(address) })),
      ),
    );
  };
  vi.spyOn(dns, 'lookup').mockImplementation(lookup as unknown as typeof dns.lookup);
  syncBuiltinESMExports();
  return { asked };
}

const nothingPrivate = createGuardedFetch(new Set());
const forbidden = { code: 'ADDRESS_FORBIDDEN' };
const publicAddress = '198.41.0.4';

describe('createGuardedFetch', () => {
  it.each([
    '127.0.0.1',
    '127.0.0.1.',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '017700000001',
    '0177.0.0.1',
    '0',
    '１２７.０.０.１',
    '①②⑦.⓪.⓪.①',
    '%31%32%37.0.0.1',
    '10.0.0.1',
    '169.254.169.254',
    '0xa9fea9fe',
    '192.168.0.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[0:0:0:0:0:ffff:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b::127.0.0.1]',
    '[2002:7f00:1::]',
    '[fe80::1]',
    '[fd00:ec2::254]',
  ])('L3 refuses %s, however it is written, and asks nobody', async (host) => {
    const { asked } = answerLookups([]);
    await expect(nothingPrivate(`https://${host}/`)).rejects.toMatchObject(forbidden);
    expect(asked).toEqual([]);
  });

  it.each(['localhost', 'LOCALHOST', 'localhost.', 'ip6-localhost', 'localhost.localdomain'])(
    'L3 refuses the name %s where it is this machine',
    async (host) => {
      const served = await serve();
      answerLookups([[host.startsWith('ip6') ? '::1' : '127.0.0.1']]);
      await expect(nothingPrivate(`https://${host}:${served.port}/`)).rejects.toMatchObject(forbidden);
      expect(served.connections).toBe(0);
    },
  );

  it('L3 refuses localhost by what this machine itself says of it', async () => {
    const served = await serve();
    await expect(nothingPrivate(`https://localhost:${served.port}/`)).rejects.toMatchObject(forbidden);
    expect(served.connections).toBe(0);
  });

  it.each([
    [['127.0.0.1']],
    [['::1']],
    [['fe80::1%2']],
    [['::ffff:127.0.0.1']],
    [[publicAddress, '10.0.0.1']],
    [['10.0.0.1', publicAddress]],
    [[]],
  ])('L3 refuses a name with the addresses %j', async (addresses) => {
    answerLookups([addresses]);
    await expect(nothingPrivate('https://issuer.test:1/')).rejects.toMatchObject(forbidden);
  });

  it.each([true, false])('L3 does so whether or not Node tries several addresses: %s', async (isAuto) => {
    const served = await serve();
    const before = net.getDefaultAutoSelectFamily();
    net.setDefaultAutoSelectFamily(isAuto);
    try {
      answerLookups([['127.0.0.1']]);
      await expect(nothingPrivate(`https://issuer.test:${served.port}/`)).rejects.toMatchObject(forbidden);
    } finally {
      net.setDefaultAutoSelectFamily(before);
    }
    expect(served.connections).toBe(0);
  });

  it('L3 checks the address that the connection is made to: one question each, and no answer is remembered', async () => {
    const served = await serve();
    const controller = new AbortController();
    // The first answer passes the check; the wait ends before anything leaves this machine.
    const { asked } = answerLookups([[publicAddress], ['127.0.0.1']], () => controller.abort());
    const url = `https://rebinding.test:${served.port}/`;
    await expect(nothingPrivate(url, { signal: controller.signal })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(asked).toEqual(['rebinding.test']);
    await expect(nothingPrivate(url)).rejects.toMatchObject(forbidden);
    expect(asked).toEqual(['rebinding.test', 'rebinding.test']);
    expect(served.connections).toBe(0);
  });

  it('answers a connection in the form it asks for: one address, or all', async () => {
    answerLookups([
      [publicAddress, '192.5.5.241'],
      [publicAddress, '192.5.5.241'],
    ]);
    const sent = vi
      .spyOn(https, 'request')
      .mockReturnValue(Object.assign(new EventEmitter(), { end() {} }) as ClientRequest);
    syncBuiltinESMExports();
    void nothingPrivate('https://issuer.test/');
    type Lookup = (host: string, options: LookupOptions, callback: (...answer: unknown[]) => void) => void;
    const [, { lookup }] = sent.mock.lastCall as unknown as [unknown, { lookup: Lookup }];
    const ask = async (options: LookupOptions): Promise<unknown> =>
      new Promise((resolve) => lookup('issuer.test', options, (...answer) => resolve(answer)));
    await expect(ask({ all: true })).resolves.toEqual([
      null,
      [
        { address: publicAddress, family: 4 },
        { address: '192.5.5.241', family: 4 },
      ],
    ]);
    await expect(ask({ family: 4 })).resolves.toEqual([null, publicAddress, 4]);
  });

  it('passes on what the name server fails with', async () => {
    vi.spyOn(dns, 'lookup').mockImplementation(((
      _host: string,
      _options: object,
      callback: (error: Error) => void,
    ) => callback(Object.assign(new Error('no'), { code: 'ENOTFOUND' }))) as unknown as typeof dns.lookup);
    syncBuiltinESMExports();
    await expect(nothingPrivate('https://issuer.test/')).rejects.toMatchObject({ code: 'ENOTFOUND' });
  });

  it.each(['http://issuer.test/', 'http://1.1.1.1/', 'ftp://issuer.test/', 'file:///etc/passwd', 'data:,{}'])(
    'L1 refuses %s: https only',
    async (url) => {
      const { asked } = answerLookups([]);
      await expect(nothingPrivate(url)).rejects.toThrow('only https is allowed');
      expect(asked).toEqual([]);
    },
  );

  it('reaches a host that is allowed by name, and no other on the same machine', async () => {
    const served = await serve((_req, res) => res.setHeader('cache-control', 'max-age=90').end('{"a":1}'));
    const guarded = createGuardedFetch(new Set(['127.0.0.1']));
    for (const input of [
      `http://127.0.0.1:${served.port}/`,
      new URL(`http://127.0.0.1:${served.port}/`),
      new Request(`http://127.0.0.1:${served.port}/`),
    ]) {
      const response = await guarded(input);
      expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'max-age=90']);
      await expect(response.json()).resolves.toEqual({ a: 1 });
    }
    await expect(guarded(`https://localhost:${served.port}/`)).rejects.toMatchObject(forbidden);
    expect(served.urls).toHaveLength(3);
  });

  it('L2 follows no redirect', async () => {
    const target = await serve();
    const served = await serve((_req, res) =>
      res.writeHead(302, { location: `http://127.0.0.1:${target.port}/` }).end(),
    );
    const response = await createGuardedFetch(new Set(['127.0.0.1']))(`http://127.0.0.1:${served.port}/`, {
      redirect: 'follow',
    });
    expect(response.status).toBe(302);
    await response.body?.cancel();
    expect(target.connections).toBe(0);
  });
});

describe('fetchJson with a guarded fetch', () => {
  const guarded = createGuardedFetch(new Set(['127.0.0.1']));
  const fetchFrom = async (port: number, signal = AbortSignal.timeout(10_000)): Promise<unknown> =>
    (await fetchJson(`http://127.0.0.1:${port}/`, { fetch: guarded, maxBytes: 64 * 1024, signal })).value;

  it.each([204, 205, 304, 404, 500, 503])('L4 takes status %i for a failure', async (status) => {
    const { port } = await serve((_req, res) => res.writeHead(status, { 'retry-after': '7' }).end());
    const retryAfterSeconds = status === 503 ? 7 : undefined;
    await expect(fetchFrom(port)).rejects.toMatchObject({
      reason: 'issuer_unreachable',
      message: expect.stringContaining(`status ${status}`) as string,
      ...(retryAfterSeconds !== undefined && { details: { retryAfterSeconds } }),
    });
  });

  it('L6 ends the connection when the body has more bytes than allowed', async () => {
    const chunk = Buffer.alloc(16 * 1024, ' ');
    let written = 0;
    const { promise: isClosed, resolve: close } = withResolve();
    const { port } = await serve((_req, res) => {
      const write = (): void => {
        while (!res.destroyed && res.write(chunk)) written += chunk.length;
        if (!res.destroyed) res.once('drain', write);
      };
      res.once('close', close);
      write();
    });
    await expect(fetchFrom(port)).rejects.toThrow('answered with more than 65536 bytes');
    await isClosed;
    expect(written).toBeLessThan(16 * 1024 * 1024);
  });

  it.each(['before the headers', 'in the body'])(
    'L7 ends the connection when the deadline passes %s',
    async (where) => {
      const controller = new AbortController();
      const { promise: isClosed, resolve: close } = withResolve();
      const { port } = await serve((req, res) => {
        req.socket.once('close', close);
        const expire = (): void => controller.abort(new Error('no complete answer within 5 s'));
        if (where === 'in the body') res.write('{"keys":', expire);
        else expire();
      });
      await expect(fetchFrom(port, controller.signal)).rejects.toThrow('no complete answer within 5 s');
      await isClosed;
    },
  );

  it('FC07 tries once more where the connection breaks', async () => {
    const served = await serve((req, res) => {
      if (served.urls.length === 1) req.socket.resetAndDestroy();
      else res.end('{"a":1}');
    });
    await expect(fetchFrom(served.port)).resolves.toEqual({ a: 1 });
    expect(served.connections).toBe(2);
  });

  it('asks for a body that is not compressed', async () => {
    let accepted: unknown;
    const { port } = await serve((req, res) => {
      accepted = req.headers['accept-encoding'];
      res.end('{}');
    });
    await fetchFrom(port);
    expect(accepted).toBe('identity');
  });
});

describe('an issuer that a resolver brings', () => {
  it('L3 is not asked for its keys at an address that is not public: 503, and the event says why', async () => {
    const served = await serve();
    const key = createTestKey('Ed25519');
    const iss = `https://localhost:${served.port}/`;
    const events: Auth0ApiEvent[] = [];
    const client = new ApiClient({
      audience,
      algorithms: ['Ed25519'],
      domains: () => [iss],
      onEvent: (event) => events.push(event),
    });
    const accessToken = signRaw(key, headerText(key), claimsText({ iss }));
    await expect(client.verifyAccessToken({ accessToken })).rejects.toMatchObject({ statusCode: 503 });
    expect(events).toMatchObject([
      {
        type: 'outage',
        message: expect.stringContaining('unless domainsResolver.allowPrivateHosts names them') as string,
      },
    ]);
    expect(served.connections).toBe(0);
    client.close();
  });
});

function withResolve(): { promise: Promise<void>; resolve: () => void } {
  let resolve: () => void = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
