import { X509Certificate } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  certificateThumbprint,
  clientCertHeader,
  createAuth0Api,
  escapedPemHeader,
  forwardedClientCert,
  requiresAuth,
  type Auth0ApiOptions,
} from '@auth0/auth0-express-api';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import express, { type Express } from 'express';
import { createServer } from 'node:https';
import request from 'supertest';
import { expect, it, onTestFinished } from 'vitest';
import { askOverTls, listenOnLoopback } from '../../packages/auth0-api-js/test/support/ask-over-tls.js';
import { createCertificate } from '../../packages/auth0-api-js/test/support/fault-issuer/create-certificate.js';

const { domain, audience, fetch: customFetch, accessToken } = await createTestIssuer();
const { key, cert } = createCertificate({ host: 'localhost' });
const authority = createCertificate({});
const client = createCertificate({ host: 'client.example', authority });
const another = createCertificate({ host: 'another.example', authority });
const token = accessToken({ cnf: { 'x5t#S256': certificateThumbprint(client.cert) } });

/** Tells who a good token is of. */
function addRoute(app: Express): void {
  app.get('/api/private', requiresAuth(), (_req, res) => {
    res.send('welcome');
  });
}

it('reads the certificate off the connection', async () => {
  const clientAuthority = authority.cert;
  const app = express();
  // #region socket
  app.use(createAuth0Api({ domain, audience, customFetch, mtls: {} }));

  const server = createServer({ key, cert, ca: clientAuthority, requestCert: true }, app);
  // #endregion
  addRoute(app);
  onTestFinished(() => void server.close());
  const port = await listenOnLoopback(server);
  const options = { path: '/api/private', headers: { authorization: `Bearer ${token}` } };
  expect(await askOverTls(port, { ...options, ...client })).toBe('welcome');
  expect(await askOverTls(port, { ...options, ...another })).toContain('confirmation mismatch');
});

const der = new X509Certificate(client.cert).raw.toString('base64');
const pem = encodeURIComponent(client.cert);

/** The status of a request with a header, behind a proxy that is trusted, or not. */
async function statusBehindProxy(
  mtls: Auth0ApiOptions['mtls'],
  isTrusted: boolean,
  header: Record<string, string>,
) {
  const app = express();
  if (isTrusted) app.set('trust proxy', 'loopback');
  app.use(createAuth0Api({ domain, audience, customFetch, ...(mtls !== undefined && { mtls }) }));
  addRoute(app);
  const { status } = await request(app).get('/api/private').auth(token, { type: 'bearer' }).set(header);
  return status;
}

it.each([
  ['the Client-Cert header', { getCertificate: clientCertHeader() }, { 'client-cert': `:${der}:` }],
  ['Envoy', { getCertificate: forwardedClientCert() }, { 'x-forwarded-client-cert': `Cert="${pem}"` }],
  ['nginx', { getCertificate: escapedPemHeader() }, { 'x-ssl-client-cert': pem }],
  [
    'an AWS load balancer',
    { getCertificate: escapedPemHeader({ header: 'X-Amzn-Mtls-Clientcert-Leaf' }) },
    { 'x-amzn-mtls-clientcert-leaf': pem },
  ],
])('reads the certificate of %s from a trusted proxy only', async (_name, mtls, header) => {
  expect(await statusBehindProxy(mtls, true, header)).toBe(200);
  expect(await statusBehindProxy(mtls, false, header)).toBe(401);
  expect(await statusBehindProxy(mtls, true, {})).toBe(401);
});

it('is told so behind a proxy', async () => {
  const app = express();
  // #region behind-proxy
  app.set('trust proxy', 'loopback'); // where the proxy is: here, on this machine
  app.use(createAuth0Api({ domain, audience, customFetch, mtls: { getCertificate: escapedPemHeader() } }));
  // #endregion
  addRoute(app);
  await request(app)
    .get('/api/private')
    .auth(token, { type: 'bearer' })
    .set('X-SSL-Client-Cert', pem)
    .expect(200);
});

it('takes a reader of the application’s own', async () => {
  const certificates = new Map([['7', client.cert]]);
  const app = express();
  app.set('trust proxy', 'loopback');
  // #region own-reader
  const getCertificate = ({ headers }: IncomingMessage, { isProxyTrusted }: { isProxyTrusted: boolean }) =>
    isProxyTrusted ? certificates.get(String(headers['x-certificate-id'])) : undefined;

  app.use(createAuth0Api({ domain, audience, customFetch, mtls: { getCertificate } }));
  // #endregion
  addRoute(app);
  const ask = (id: string) =>
    request(app).get('/api/private').auth(token, { type: 'bearer' }).set('X-Certificate-Id', id);
  await ask('7').expect(200);
  await ask('8').expect(401);
});
