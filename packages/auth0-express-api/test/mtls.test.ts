import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { createServer, request, type RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import {
  certificateThumbprint,
  clientCertHeader,
  createAuth0Api,
  escapedPemHeader,
  forwardedClientCert,
  requiresAuth,
  type Auth0ApiOptions,
  type GetCertificate,
} from '@auth0/auth0-express-api';
import { createDpopClient, createTestIssuer } from '@auth0/auth0-api-js/testing';
import express, { type ErrorRequestHandler } from 'express';
import { afterEach, describe, expect, it } from 'vitest';
import { listenOnLoopback } from '../../auth0-api-js/test/support/ask-over-tls.js';
import { createCertificate } from '../../auth0-api-js/test/support/create-certificate.js';
import { bodyOf, startTrialApi, type TrialApi } from './support/trial-api.js';

const issuer = await createTestIssuer();

/** A key and a certificate of it, and a token that is bound to them. */
function createIdentity(name: string): { key: string; cert: string; der: Buffer; token: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const cert = createCertificate({ publicKey, privateKey, name });
  const cnf = { 'x5t#S256': certificateThumbprint(cert) };
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { key, cert, der: new X509Certificate(cert).raw, token: issuer.accessToken({ cnf }) };
}

const host = createIdentity('server');
const own = createIdentity('client');
const other = createIdentity('thief');

type Answered = [status: number | undefined, challenges: string[] | undefined, body: string];

/** What is sent beside the token: headers, and what the client shows who it is with. */
interface Sent extends RequestOptions {
  readonly headers?: OutgoingHttpHeaders;
}

interface SecureApi extends TrialApi {
  /** Where it listens with TLS. */
  readonly url: string;
  /** Sends a token, over a connection of its own. */
  ask(token: string, sent?: Sent): Promise<Answered>;
}

const open: { close(): unknown }[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

/** Starts an API that asks each client for a certificate of its own making. It listens without TLS, too. */
async function startApi(options: Partial<Auth0ApiOptions>): Promise<SecureApi> {
  const api = await startTrialApi(options, issuer);
  api.app.get('/', requiresAuth(), requiresAuth(), (_req, res) => void res.end('let in'));
  // Where 'route' is thrown, Express looks for another one.
  api.app.get('/', (_req, res) => void res.end('let in elsewhere'));
  const server = createServer(
    { key: host.key, cert: host.cert, requestCert: true, rejectUnauthorized: false },
    api.app,
  );
  open.push(server);
  const port = await listenOnLoopback(server);
  const ask: SecureApi['ask'] = async (token, { headers, ...sent } = {}) => {
    const asked = request({
      host: '127.0.0.1',
      port,
      rejectUnauthorized: false,
      agent: false,
      ...sent,
      headers: { authorization: `Bearer ${token}`, ...headers },
    });
    const [response] = (await once(asked.end(), 'response')) as [IncomingMessage];
    return [response.statusCode, response.headersDistinct['www-authenticate'], await text(response)];
  };
  return { ...api, url: `https://127.0.0.1:${port}`, ask };
}

const accepted: Answered = [200, undefined, 'let in'];
const refused = (description: string): Answered => [
  401,
  [`Bearer error="invalid_token", error_description="${description}"`],
  bodyOf('invalid_token', description),
];
const withoutCertificate = refused('Certificate-bound token requires the client certificate it is bound to');
const withAnother = refused('JWT Access Token confirmation mismatch');
const unbound = refused('JWT Access Token has no x5t#S256 confirmation claim');

describe('createAuth0Api({ mtls })', () => {
  it('H1 H2 lets a bound token in over a connection with its certificate, and over no other', async () => {
    const api = await startApi({ mtls: {} });
    expect(await api.ask(own.token, own)).toEqual(accepted);
    expect(await api.ask(own.token, other)).toEqual(withAnother);
    expect(await api.ask(own.token)).toEqual(withoutCertificate);
    expect(await api.ask(other.token, other)).toEqual(accepted);
    expect(await api.ask(own.token, own)).toEqual(accepted);
    expect(api.events.map((event) => 'reason' in event && event.reason)).toEqual([
      'certificate_binding_mismatch',
      'certificate_bound_token',
    ]);
  });

  it('H1 lets no bound token in without TLS', async () => {
    const api = await startApi({ mtls: {} });
    expect((await api.get('/', own.token)).status).toBe(401);
    expect((await api.get('/', issuer.accessToken())).status).toBe(200);
  });

  it('lets an unbound token in, whatever the certificate, unless bound ones are required', async () => {
    const api = await startApi({ mtls: {} });
    const strict = await startApi({ mtls: { mode: 'required' } });
    for (const sent of [{}, own]) {
      expect(await api.ask(issuer.accessToken(), sent)).toEqual(accepted);
      expect(await strict.ask(issuer.accessToken(), sent)).toEqual(unbound);
    }
    expect(await strict.ask(own.token, own)).toEqual(accepted);
    expect(await strict.ask(own.token, other)).toEqual(withAnother);
  });

  it('refuses every bound token where nobody said anything of certificates', async () => {
    const api = await startApi({});
    expect(await api.ask(own.token, own)).toEqual(withoutCertificate);
  });

  it('lets every bound token in where that was said in so many words, with an event', async () => {
    const api = await startApi({ mtls: { mode: 'disabled' } });
    expect(await api.ask(own.token, other)).toEqual(accepted);
    expect(api.events).toEqual([{ type: 'binding_ignored', method: 'mtls' }]);
  });

  it('H5 wants the certificate and the proof where a token is bound to both', async () => {
    const api = await startApi({ mtls: {}, dpop: {} });
    const client = createDpopClient();
    const cnf = { 'x5t#S256': certificateThumbprint(own.cert), jkt: client.thumbprint };
    const token = issuer.accessToken({ cnf });
    const proven = (): OutgoingHttpHeaders => ({
      ...client.headers({ url: `${api.url}/`, accessToken: token }),
    });
    const reach = async (sent: Sent): Promise<number | undefined> => (await api.ask(token, sent))[0];
    expect(await reach({ ...own, headers: proven() })).toBe(200);
    expect(await reach({ ...other, headers: proven() })).toBe(401);
    expect(await reach({ headers: proven() })).toBe(401);
    expect(await reach(own)).toBe(401);
    expect(api.events.map((event) => 'reason' in event && event.reason)).toEqual([
      'certificate_binding_mismatch',
      'certificate_bound_token',
      'dpop_bound_token',
    ]);
  });

  it("gives its refusals to the error handler with errors: 'next'", async () => {
    const api = await startApi({ mtls: {}, errors: 'next' });
    const handler: ErrorRequestHandler = ({ statusCode, reason }, _req, res, _next) =>
      void res.end(`${statusCode} ${reason}`);
    api.app.use(handler);
    const [status, challenges] = withAnother;
    expect(await api.ask(own.token, other)).toEqual([status, challenges, '401 certificate_binding_mismatch']);
  });
});

describe('the function getCertificate', () => {
  it('is asked once for a request with a bound token that is good otherwise, and never else', async () => {
    const asked: unknown[][] = [];
    const getCertificate: GetCertificate = (req, hop) => {
      const shown = (req.socket as TLSSocket).getPeerX509Certificate?.();
      asked.push([req instanceof IncomingMessage, req.url, hop, shown?.raw.equals(own.der)]);
      return shown;
    };
    const api = await startApi({ mtls: { getCertificate } });
    await api.ask(issuer.accessToken(), own);
    await api.ask(issuer.badToken('expired', { cnf: { 'x5t#S256': certificateThumbprint(own.cert) } }), own);
    await api.ask('abc', own);
    expect(asked).toEqual([]);
    expect(await api.ask(own.token, own)).toEqual(accepted);
    expect(asked).toEqual([[true, '/', { isProxyTrusted: false }, true]]);
  });

  it.each<[string, (der: Buffer, cert: string) => unknown]>([
    ['PEM', (_der, cert) => cert],
    ['the bytes of PEM', (_der, cert) => Buffer.from(cert)],
    ['DER', (der) => der],
    ['DER in an array of bytes', (der) => new Uint8Array(der)],
    ['an X509Certificate', (der) => new X509Certificate(der)],
  ])('may answer with %s', async (_what, write) => {
    const answer = (identity: typeof own): GetCertificate =>
      (() => write(identity.der, identity.cert)) as GetCertificate;
    const right = await startApi({ mtls: { getCertificate: answer(own) } });
    expect(await right.ask(own.token)).toEqual(accepted);
    const wrong = await startApi({ mtls: { getCertificate: answer(other) } });
    expect(await wrong.ask(own.token, own)).toEqual(withAnother);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['an empty text', ''],
    ['a text that is none', 'undefined'],
    ['two certificates', own.cert + other.cert],
    ['no bytes', Buffer.alloc(0)],
  ])('says that there is none with %s', async (_what, given) => {
    const api = await startApi({ mtls: { getCertificate: () => given as string } });
    expect(await api.ask(own.token, own)).toEqual(withoutCertificate);
  });

  const throwing = (thrown: unknown) => (): never => {
    throw thrown;
  };
  it.each<[string, () => unknown]>([
    ['throws an error', throwing(new RangeError('of the application'))],
    ['throws undefined', throwing(undefined)],
    ['throws null', throwing(null)],
    ["throws 'route'", throwing('route')],
    ["throws 'router'", throwing('router')],
    ['throws false', throwing(false)],
    ['throws what looks like a refusal', throwing({ statusCode: 200, code: 'invalid_token' })],
    ['answers with a promise', async () => own.cert],
    ['answers with a promise that fails', () => Promise.reject(new RangeError('of the application'))],
    ['answers with what getPeerCertificate() returns', () => ({ raw: own.der })],
    ['answers with an empty object', () => ({})],
    ['answers with true', () => true],
  ])('is a mistake for the error handler where it %s', async (_what, getCertificate) => {
    const unhandled: unknown[] = [];
    const note = (reason: unknown): unknown => unhandled.push(reason);
    process.on('unhandledRejection', note);
    for (const errors of ['answer', 'next'] as const) {
      const api = await startApi({ mtls: { getCertificate: getCertificate as GetCertificate }, errors });
      const seen: unknown[] = [];
      const handler: ErrorRequestHandler = (error, _req, res, _next) => {
        seen.push(error);
        res.status(500).end('of the handler');
      };
      api.app.use(handler);
      // The first request waits for the keys, the second one does not.
      for (let times = 0; times < 2; times += 1)
        expect(await api.ask(own.token, own)).toEqual([500, undefined, 'of the handler']);
      expect(seen).toEqual([expect.anything(), expect.anything()]);
      expect(api.events).toEqual([]);
      expect(await api.ask(issuer.accessToken(), own)).toEqual(accepted);
    }
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('is 500 where the application has no error handler', async () => {
    const api = await startApi({ mtls: { getCertificate: throwing(undefined) } });
    api.app.set('env', 'test');
    const [status, challenges, body] = await api.ask(own.token, own);
    expect([status, challenges]).toEqual([500, undefined]);
    expect(body).not.toContain('let in');
  });
});

const escapedPem = (der: Buffer): string =>
  encodeURIComponent(`-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`);

describe.each<[string, string, GetCertificate, (der: Buffer) => string]>([
  ['clientCertHeader', 'Client-Cert', clientCertHeader(), (der) => `:${der.toString('base64')}:`],
  [
    'forwardedClientCert',
    'X-Forwarded-Client-Cert',
    forwardedClientCert(),
    (der) => `Cert="${escapedPem(der)}"`,
  ],
  ['escapedPemHeader', 'X-SSL-Client-Cert', escapedPemHeader(), escapedPem],
])('%s in Express', (_name, header, getCertificate, write) => {
  const sent = { headers: { [header]: write(own.der) } };
  const start = async (trust?: unknown): Promise<SecureApi> => {
    const api = await startApi({ mtls: { getCertificate } });
    if (trust !== undefined) api.app.set('trust proxy', trust);
    return api;
  };

  it.each<[string, unknown]>([
    ['without trust proxy', undefined],
    ['where it is false', false],
    ['where it is no hop', 0],
    ['where it is the address of somebody else', '10.0.0.1'],
    ['where it is a function that says no', () => false],
  ])('H4 ignores the header %s', async (_what, trust) => {
    const api = await start(trust);
    expect(await api.ask(own.token, sent)).toEqual(withoutCertificate);
    expect(await api.ask(own.token, { ...own, ...sent })).toEqual(withoutCertificate);
  });

  it.each<[string, unknown]>([
    ['loopback', 'loopback'],
    ['true', true],
    ['one hop', 1],
    ['a function', (address: string) => address === '127.0.0.1'],
  ])('H4 reads it with trust proxy: %s', async (_what, trust) => {
    const api = await start(trust);
    expect(await api.ask(own.token, sent)).toEqual(accepted);
    expect(await api.ask(own.token, { headers: { [header]: write(other.der) } })).toEqual(withAnother);
    expect(await api.ask(own.token, { headers: { [header]: [write(own.der), write(own.der)] } })).toEqual(
      withoutCertificate,
    );
    expect(await api.ask(own.token, { headers: { [header]: 'x' } })).toEqual(withoutCertificate);
  });

  it('H4 takes no word for it that a header says of the proxy', async () => {
    const api = await start('10.0.0.1');
    const headers = { ...sent.headers, 'X-Forwarded-For': '10.0.0.1', Forwarded: 'for=10.0.0.1' };
    expect(await api.ask(own.token, { headers })).toEqual(withoutCertificate);
  });

  it('H4 reads it from a trusted proxy that says whom it speaks for, which need not be anybody trusted', async () => {
    const api = await start('loopback');
    const headers = { ...sent.headers, 'X-Forwarded-For': '203.0.113.9' };
    expect(await api.ask(own.token, { headers })).toEqual(accepted);
  });

  it('does not read the connection to the proxy, which has a certificate of its own', async () => {
    const api = await start('loopback');
    expect(await api.ask(other.token, { ...other, ...sent })).toEqual(withAnother);
    expect(await api.ask(other.token, other)).toEqual(withoutCertificate);
  });
});

describe('a mounted application', () => {
  it.each([
    [true, 200],
    [false, 401],
  ])('trusts the proxy of the one it is mounted in: %s', async (isTrusted, status) => {
    const outer = await startTrialApi({}, issuer);
    outer.app.set('trust proxy', isTrusted);
    const inner = express();
    const { domain, audience, fetch: customFetch } = issuer;
    const mtls = { getCertificate: clientCertHeader() };
    inner.use(createAuth0Api({ domain, audience, customFetch, onEvent: () => {}, mtls }));
    inner.get('/', requiresAuth(), (_req, res) => void res.end());
    outer.app.use('/inner', inner);
    const response = await outer.raw('/inner', [
      `Authorization: Bearer ${own.token}`,
      `Client-Cert: :${own.der.toString('base64')}:`,
    ]);
    expect(Number(response.slice(9, 12))).toBe(status);
  });
});
