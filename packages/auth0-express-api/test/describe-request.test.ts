import { once } from 'node:events';
import { createServer, IncomingMessage } from 'node:http';
import { connect, createServer as createHttp2Server } from 'node:http2';
import { Socket, type AddressInfo, type Server } from 'node:net';
import express, { type Express, type RequestHandler } from 'express';
import { afterAll, describe, expect, it } from 'vitest';
import { describeRequest } from '../src/describe-request.js';
import { sendRaw } from './support/trial-api.js';

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function listen<T extends Server>(server: T): Promise<number> {
  servers.push(server.listen(0, '127.0.0.1'));
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Answers with what is read of a request. */
const tell: RequestHandler = (req, res) => {
  const { authorization, proofs, method, isProxyTrusted, request, native } = describeRequest(req);
  const { url } = request;
  const isSame = native === req && request.headers === req.headers;
  res.json({ url, authorization, proofs, method, isProxyTrusted, isSame });
};

interface Told {
  readonly url: string;
  readonly authorization: readonly string[];
  readonly proofs: readonly string[];
  readonly method: string;
  readonly isProxyTrusted: boolean;
  readonly isSame: boolean;
}

function createApp(trust?: unknown): Express {
  const app = express();
  if (trust !== undefined) app.set('trust proxy', trust);
  return app.use(tell);
}

/** Sends lines as they are to an application, and returns what it tells. */
async function ask(app: Express, ...lines: readonly string[]): Promise<Told> {
  const text = [...lines, 'Connection: close', '', ''].join('\r\n');
  const response = await sendRaw(await listen(createServer(app)), text);
  return JSON.parse(response.slice(response.indexOf('\r\n\r\n')));
}

const get = 'GET /a?b HTTP/1.1';
const host = 'Host: api.test';
const forwarded = ['X-Forwarded-Proto: https', 'X-Forwarded-Host: public.test', 'X-Forwarded-For: 9.9.9.9'];

describe('describeRequest', () => {
  it('gives every line of the headers that count, the method, and the request itself', async () => {
    const lines = ['Authorization: a', 'AUTHORIZATION: b', 'dpop: c', 'DPoP: d', 'DPoP: e, f', 'dpopx: g'];
    expect(await ask(createApp(), 'PATCH /a HTTP/1.1', host, ...lines)).toEqual({
      url: 'http://api.test/a',
      authorization: ['a', 'b'],
      proofs: ['c', 'd', 'e, f'],
      method: 'PATCH',
      isProxyTrusted: false,
      isSame: true,
    });
  });

  it('gives no lines where there are none', async () => {
    const others = ['X-First: Authorization', 'X-Second: DPoP', 'X-Third: x'];
    expect(await ask(createApp(), get, host, ...others)).toMatchObject({ authorization: [], proofs: [] });
  });

  it('reads nothing before it is asked', () => {
    const untouchable = new Proxy(
      {},
      {
        get: (_target, name) => {
          throw new Error(String(name));
        },
      },
    );
    const described = describeRequest(untouchable as IncomingMessage);
    const { request } = described;
    expect(() => described.proofs).toThrow('rawHeaders');
    expect(() => described.isProxyTrusted).toThrow('app');
    expect(() => request.url).toThrow('originalUrl');
  });

  it('takes the headers where there are no raw lines, and nothing from the prototype of all objects', () => {
    const req = new IncomingMessage(new Socket());
    Object.defineProperty(Object.prototype, 'dpop', { value: 'polluted', configurable: true });
    try {
      expect(describeRequest(req).proofs).toEqual([]);
      req.headers = { authorization: 'a', dpop: ['b', 'c'] };
      expect(describeRequest(req)).toMatchObject({ authorization: ['a'], proofs: ['b', 'c'] });
      Object.defineProperty(req, 'rawHeaders', { value: undefined });
      expect(describeRequest(req)).toMatchObject({ authorization: ['a'], proofs: ['b', 'c'] });
    } finally {
      Reflect.deleteProperty(Object.prototype, 'dpop');
    }
  });

  it('trusts no proxy, and knows a host by its line in headers, where a request was made up', () => {
    const req = Object.assign(new IncomingMessage(new Socket()), { originalUrl: '/a', protocol: 'https' });
    req.headers = { host: 'made.up:3000', 'x-forwarded-host': 'public.test' };
    const described = describeRequest(req);
    expect([described.request.url, described.isProxyTrusted]).toEqual(['https://made.up:3000/a', false]);
  });

  it.each([
    [['h.test'], [], 'https://h.test/a'],
    [[], ['h.test'], 'https://h.test/a'],
    [['h.test'], ['h.test'], 'https://h.test/a'],
    [['h.test'], ['other.test'], '/a'],
    [['h.test'], ['h.test', 'other.test'], '/a'],
    [[], [], '/a'],
  ])('takes the one host of :authority %j and Host %j', (authorities, hosts, url) => {
    const req = Object.assign(new IncomingMessage(new Socket()), { originalUrl: '/a', protocol: 'https' });
    req.rawHeaders = [
      ...authorities.flatMap((value) => [':authority', value]),
      ...hosts.flatMap((value) => ['Host', value]),
    ];
    expect(describeRequest(req).request.url).toBe(url);
  });

  it('knows the host of a request over HTTP/2', async () => {
    const urls: unknown[] = [];
    const server = createHttp2Server((req, res) => {
      const described = Object.assign(req, { originalUrl: req.url, protocol: 'http' });
      urls.push(describeRequest(described as unknown as IncomingMessage).request.url);
      res.end();
    });
    const port = await listen(server);
    const session = connect(`http://127.0.0.1:${port}`);
    for (const headers of [
      {},
      { host: 'api.test', ':authority': 'api.test' },
      { host: 'other.test', ':authority': 'api.test' },
    ]) {
      const stream = session.request({ ':path': '/a', ...headers });
      stream.resume();
      await once(stream, 'end');
    }
    session.close();
    expect(urls).toEqual([`http://127.0.0.1:${port}/a`, 'http://api.test/a', '/a']);
  });
});

describe('the URL of a request', () => {
  it.each([
    ['Host: api.test', 'http://api.test/a?b'],
    ['Host: API.test:80', 'http://API.test:80/a?b'],
    ['Host: my_service:3000', 'http://my_service:3000/a?b'],
    ['Host: 127.0.0.1:3000', 'http://127.0.0.1:3000/a?b'],
    ['Host: [::1]:3000', 'http://[::1]:3000/a?b'],
    ['Host: [::1]', 'http://[::1]/a?b'],
    ['hOST:   api.test  ', 'http://api.test/a?b'],
    ['Host: api.test:', 'http://api.test:/a?b'],
  ])('with %j is %s', async (line, url) => {
    expect(await ask(createApp(), get, line)).toMatchObject({ url });
  });

  it.each([
    [[]],
    [['Host:']],
    [['Host: api.test', 'Host: api.test']],
    [['Host: api.test', 'Host: evil.test']],
    [['Host: api.test', 'HOST: evil.test']],
    [['Host: api.test', 'Host:']],
    [['Host:', 'Host: api.test']],
    [['Host: api.test, evil.test']],
    [['Host: user@api.test']],
    [['Host: api.test evil.test']],
    [['Host: api.test/b']],
    [['Host: api.test\\b']],
    [['Host: api.test?b']],
    [['Host: api.test#b']],
    [['Host: api%2Etest']],
    [['Host: api.test\tb']],
    [['Host: api.test:3000:80']],
    [['Host: api.test:x']],
    [['Host: api.test:-1']],
    [['Host: api.test:300000']],
    [['Host: :3000']],
    [['Host: ::1']],
    [['Host: [::1']],
    [['Host: [::1]a']],
    [['Host: [fe80::1%25eth0]']],
    [['Host: http://api.test']],
  ])('with %j is its path alone', async (lines) => {
    expect(await ask(createApp(), 'GET /a?b HTTP/1.0', ...lines)).toMatchObject({ url: '/a?b' });
  });

  it.each(['http://api.test/a', 'http://evil.test/a', 'ftp://api.test/a', '//evil.test/a', '//', '*'])(
    'is none with the target %s',
    async (target) => {
      expect(await ask(createApp(), `OPTIONS ${target} HTTP/1.1`, host)).toMatchObject({ url: '' });
    },
  );

  it('is the one that arrived, wherever a router is mounted', async () => {
    const inner = express.Router();
    inner.get('/c', tell);
    const app = express();
    app.use('/v1', express.Router().use('/b', inner));
    app.use('/v2', express().use(inner));
    const urls = ['/v1/b/c?d', '/v2/c'].map(
      async (path) => (await ask(app, `GET ${path} HTTP/1.1`, host)).url,
    );
    expect(await Promise.all(urls)).toEqual(['http://api.test/v1/b/c?d', 'http://api.test/v2/c']);
  });

  it('is the one that arrived, if something before rewrote it', async () => {
    const app = express();
    app.use((req, _res, next) => {
      req.url = '/b';
      next();
    });
    expect(await ask(app.use(tell), get, host)).toMatchObject({ url: 'http://api.test/a?b' });
  });
});

describe('the URL behind a proxy', () => {
  const ignored = { url: 'http://api.test/a?b', isProxyTrusted: false };
  const used = { url: 'https://public.test/a?b', isProxyTrusted: true };

  it.each([
    ['the default', undefined, ignored],
    ['false', false, ignored],
    ['0 hops', 0, ignored],
    ['another network', '10.0.0.0/8', ignored],
    ['other addresses', ['10.0.0.1', 'linklocal'], ignored],
    ['a function that says no', () => false, ignored],
    ['a function that trusts the second hop', (_address: string, hop: number) => hop === 1, ignored],
    ['true', true, used],
    ['1 hop', 1, used],
    ['loopback', 'loopback', used],
    ['the network', '127.0.0.0/8', used],
    ['several networks', ['10.0.0.0/8', '127.0.0.1'], used],
    [
      'a function that knows the address',
      (address: string, hop: number) => address === '127.0.0.1' && hop === 0,
      used,
    ],
    ['a function that says yes in its way', () => 1, used],
  ])('goes by the forwarded headers as trust proxy says: %s', async (_what, trust, expected) => {
    expect(await ask(createApp(trust), get, host, ...forwarded)).toMatchObject(expected);
  });

  it.each([
    [['X-Forwarded-Proto: https'], 'https://api.test/a?b'],
    [['X-Forwarded-Proto: https, http'], 'https://api.test/a?b'],
    [['X-Forwarded-Proto: HTTPS'], 'HTTPS://api.test/a?b'],
    [['X-Forwarded-Proto:'], 'http://api.test/a?b'],
    [['X-Forwarded-Host: public.test:8443'], 'http://public.test:8443/a?b'],
    [['X-Forwarded-Host: [::1]:8443'], 'http://[::1]:8443/a?b'],
    [['X-Forwarded-Host: public.test , inner.test'], 'http://public.test/a?b'],
    [['X-Forwarded-Host: public.test', 'X-Forwarded-Host: inner.test'], 'http://public.test/a?b'],
    [['X-Forwarded-Host:'], 'http://api.test/a?b'],
    [
      ['X-Forwarded-Host: public.test', 'X-Forwarded-Port: 8443', 'X-Forwarded-Prefix: /x'],
      'http://public.test/a?b',
    ],
    [['Forwarded: host=other.test;proto=https'], 'http://api.test/a?b'],
    [['X-Forwarded-Host: user@public.test'], '/a?b'],
    [['X-Forwarded-Host: public.test/x'], '/a?b'],
    [['X-Forwarded-Host: public.test?'], '/a?b'],
    [['X-Forwarded-Host: a b'], '/a?b'],
    [['X-Forwarded-Host: public.test:x'], '/a?b'],
    [['X-Forwarded-Proto: ftp'], '/a?b'],
    [['X-Forwarded-Proto: javascript'], '/a?b'],
    [['X-Forwarded-Proto: https://evil.test/a?'], '/a?b'],
    [['X-Forwarded-Proto: https://evil.test/a#'], '/a?b'],
    [['X-Forwarded-Proto: httpsx'], '/a?b'],
    [['X-Forwarded-Proto: xhttp'], '/a?b'],
  ])('takes %j from a trusted proxy, which makes %s', async (lines, url) => {
    expect(await ask(createApp(true), get, host, ...lines)).toMatchObject({ url });
  });

  it('has no forwarded host where the Host line itself is none', async () => {
    expect(await ask(createApp(true), get, 'Host: a', 'Host: b', ...forwarded)).toMatchObject({
      url: '/a?b',
    });
  });

  it('goes by the application that the request came to first', async () => {
    const inner = express().use(tell);
    const app = express().set('trust proxy', 'loopback').use('/a', inner);
    expect(await ask(app, get, host, ...forwarded)).toMatchObject(used);
  });
});
