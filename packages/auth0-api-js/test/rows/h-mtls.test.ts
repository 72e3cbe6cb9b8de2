import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import {
  createServer as createHttpServer,
  request,
  type IncomingMessage,
  type OutgoingHttpHeaders,
} from 'node:http';
import { createServer } from 'node:https';
import type { Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it } from 'vitest';
import type { ApiClientOptions } from '@auth0/auth0-api-js';
import { certificateThumbprint } from '../../src/binding/mtls/certificate-thumbprint.js';
import { clientCertHeader } from '../../src/binding/mtls/client-cert-header.js';
import { escapedPemHeader } from '../../src/binding/mtls/escaped-pem-header.js';
import { forwardedClientCert } from '../../src/binding/mtls/forwarded-client-cert.js';
import type { GetCertificate } from '../../src/binding/mtls/get-certificate.js';
import { socketCertificate } from '../../src/binding/mtls/socket-certificate.js';
import { askOverTls, listenOnLoopback } from '../support/ask-over-tls.js';
import { claimsText, createBench, headerText, rsaKey, signRaw } from '../support/bench.js';
import { createCertificate } from '../support/fault-issuer/create-certificate.js';
import { reasonOf } from '../support/reason-of.js';

const server = createCertificate({ host: 'localhost' });
const own = createCertificate({});
const other = createCertificate({});
const ownDer = new X509Certificate(own.cert).raw;
const thumbprint = String(certificateThumbprint(own.cert));

const tokenBound = (cnf: unknown): string => signRaw(rsaKey, headerText(rsaKey), claimsText({ cnf }));
const bound = tokenBound({ 'x5t#S256': thumbprint });

const open: Server[] = [];
afterEach(() => {
  for (const api of open.splice(0)) api.close();
});

/** How an API answers requests: why the token was refused, or `accepted`. */
function createApi(token: string, getCertificate: GetCertificate, isProxyTrusted = true) {
  const { client } = createBench([rsaKey.publicJwk], { mtls: { getCertificate } });
  return async (req: IncomingMessage): Promise<string> => {
    const certificate = getCertificate(req, { isProxyTrusted });
    return reasonOf(client, token, certificate === undefined ? {} : { clientCertificate: certificate });
  };
}

/** Starts an API on TLS that asks clients for a certificate, and sends it a request. */
async function askDirectly(token: string, identity: object = {}): Promise<string> {
  const judge = createApi(token, socketCertificate());
  const api = createServer({ ...server, requestCert: true, rejectUnauthorized: false }, (req, res) => {
    void judge(req).then((reason) => res.end(reason));
  });
  open.push(api);
  return askOverTls(await listenOnLoopback(api), identity);
}

/** Starts an API behind a proxy that ends TLS, and sends it what the proxy would send. */
async function askBehindProxy(
  getCertificate: GetCertificate,
  headers: OutgoingHttpHeaders,
  isProxyTrusted?: boolean,
): Promise<string> {
  const judge = createApi(bound, getCertificate, isProxyTrusted);
  const api = createHttpServer({ maxHeaderSize: 2 * 1024 * 1024 }, (req, res) => {
    void judge(req).then((reason) => res.end(reason));
  });
  open.push(api);
  const sent = request({ host: '127.0.0.1', port: await listenOnLoopback(api), headers, agent: false });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return text(response);
}

const reasonFor = (cnf: unknown, options: Partial<ApiClientOptions> = { mtls: {} }): Promise<string> =>
  reasonOf(createBench([rsaKey.publicJwk], options).client, tokenBound(cnf), { clientCertificate: own.cert });

describe('a token that is bound to a client certificate', () => {
  it('H1 is refused without one', async () => {
    expect(await askDirectly(bound)).toBe('certificate_bound_token');
  });

  it('H2 is refused with another one, and accepted with its own', async () => {
    expect(await askDirectly(bound, other)).toBe('certificate_binding_mismatch');
    expect(await askDirectly(bound, own)).toBe('accepted');
  });

  it.each<[string, unknown]>([
    ['padded', { 'x5t#S256': `${thumbprint}=` }],
    ['hex', { 'x5t#S256': Buffer.from(thumbprint, 'base64url').toString('hex') }],
    ['a list', { 'x5t#S256': [thumbprint] }],
    ['null', { 'x5t#S256': null }],
  ])('H3 is refused where its thumbprint is %s', async (_what, cnf) => {
    expect(await reasonFor(cnf)).toBe('certificate_binding_mismatch');
  });

  it('H3 is not bound by SHA-1: the member x5t is another method, and where a binding is required it is none', async () => {
    const cnf = { x5t: new X509Certificate(own.cert).fingerprint };
    expect(await reasonFor(cnf, { mtls: { mode: 'required' } })).toBe('certificate_binding_missing');
  });

  it('is refused where nothing says how certificates are got, and accepted where the option says to ignore it', async () => {
    const cnf = { 'x5t#S256': thumbprint };
    expect(await reasonFor(cnf, {})).toBe('certificate_bound_token');
    expect(await reasonFor({ 'x5t#S256': 'x' }, { mtls: { mode: 'disabled' } })).toBe('accepted');
  });

  it('H5 is refused where it is bound to a key, too, and comes without a proof', async () => {
    expect(await reasonFor({ 'x5t#S256': thumbprint, jkt: 'a' })).toBe('dpop_bound_token');
    expect(await reasonFor({ 'x5t#S256': certificateThumbprint(other.cert), jkt: 'a' })).toBe(
      'dpop_bound_token',
    );
  });

  it('H5 needs its certificate where the binding to the key is ignored', async () => {
    const options = { mtls: {}, dpop: { mode: 'disabled' } } as const;
    expect(await reasonFor({ 'x5t#S256': thumbprint, jkt: 'a' }, options)).toBe('accepted');
    const cnf = { 'x5t#S256': certificateThumbprint(other.cert), jkt: 'a' };
    expect(await reasonFor(cnf, options)).toBe('certificate_binding_mismatch');
  });

  it('H6 may be bound in another way, too, unless the application wants to know of each', async () => {
    const cnf = { 'x5t#S256': thumbprint, kid: 'a' };
    expect(await reasonFor(cnf)).toBe('accepted');
    expect(await reasonFor(cnf, { mtls: {}, unknownConfirmation: 'refuse' })).toBe('confirmation_unknown');
  });

  it.each(['constructor', 'prototype', '__proto__'])(
    'H6 sees a way that is called %s, which no handler gets to see',
    async (name) => {
      const cnf = JSON.parse(`{"${name}":"x"}`) as object;
      expect(await reasonFor(cnf, { unknownConfirmation: 'refuse' })).toBe('confirmation_unknown');
    },
  );
});

describe.each<[string, string, GetCertificate, (der: Buffer) => string]>([
  ['Client-Cert', 'Client-Cert', clientCertHeader(), (der) => `:${der.toString('base64')}:`],
  [
    'Envoy',
    'X-Forwarded-Client-Cert',
    forwardedClientCert(),
    (der) => `Hash=${hashOf(der)};Cert="${escapedPem(der)}";Subject="CN=a,O=b"`,
  ],
  ['nginx', 'X-SSL-Client-Cert', escapedPemHeader(), escapedPem],
])('a certificate in the header of %s', (_proxy, header, getCertificate, write) => {
  const good = write(ownDer);

  it('H2 is accepted from a proxy that is trusted, another one is not', async () => {
    expect(await askBehindProxy(getCertificate, { [header]: good })).toBe('accepted');
    const wrong = write(new X509Certificate(other.cert).raw);
    expect(await askBehindProxy(getCertificate, { [header]: wrong })).toBe('certificate_binding_mismatch');
  });

  it('H4 counts as none from anybody else', async () => {
    expect(await askBehindProxy(getCertificate, { [header]: good }, false)).toBe('certificate_bound_token');
  });

  it.each<[string, OutgoingHttpHeaders]>([
    ['missing', {}],
    ['empty', { [header]: '' }],
    ['there twice', { [header]: [good, good] }],
    ['there once empty and once good', { [header]: ['', good] }],
    ['malformed', { [header]: `${good.slice(0, 50)}%${good.slice(50)}` }],
    ['URL-encoded once more', { [header]: encodeURIComponent(good) }],
    ['a chain of two', { [header]: write(Buffer.concat([ownDer, new X509Certificate(other.cert).raw])) }],
    ['a list of two', { [header]: `${good}, ${write(new X509Certificate(other.cert).raw)}` }],
    ['a megabyte long', { [header]: good + ' '.repeat(1024 * 1024) + good }],
  ])('H4 counts as none where it is %s', async (_what, headers) => {
    expect(await askBehindProxy(getCertificate, headers)).toBe('certificate_bound_token');
  });
});

function escapedPem(der: Buffer): string {
  return encodeURIComponent(
    `-----BEGIN CERTIFICATE-----\n${der.toString('base64')}\n-----END CERTIFICATE-----\n`,
  );
}

function hashOf(der: Buffer): string {
  return new X509Certificate(der).fingerprint256.replace(/:/g, '').toLowerCase();
}
