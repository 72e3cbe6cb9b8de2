import { once } from 'node:events';
import { request as sendRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAuth0Api, requiresAuth, type Auth0ApiEvent, type ReplayStore } from '@auth0/auth0-express-api';
import { createDpopClient, createTestIssuer, type DpopClient } from '@auth0/auth0-api-js/testing';
import express, { type Express } from 'express';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';

const issuer = await createTestIssuer({ port: 0 });
const { domain, audience } = issuer;

afterEach(() => {
  vi.unstubAllEnvs();
});

/** Serves an application for one test. */
async function serve(app: Express): Promise<string> {
  app.get(['/', '/api/private'], requiresAuth(), (_req, res) => {
    res.end();
  });
  const server = app.listen(0);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}/api/private`;
}

/** The headers of a request with a token that is bound to the client. */
function headersFor(url: string, client: DpopClient = createDpopClient()): Record<string, string> {
  const { authorization, dpop } = client.headers({ url, accessToken: issuer.boundToken(client) });
  return { authorization, dpop };
}

it('takes one option', async () => {
  vi.stubEnv('AUTH0_DOMAIN', domain);
  vi.stubEnv('AUTH0_AUDIENCE', audience);
  const app = express();
  // #region one-option
  app.use(createAuth0Api({ dpop: {} }));
  // #endregion

  const url = await serve(app);
  const headers = headersFor(url);
  expect((await fetch(url, { headers })).status).toBe(200);
  const unbound = { authorization: `Bearer ${issuer.accessToken()}` };
  expect((await fetch(url, { headers: unbound })).status).toBe(200);
  const stolen = { authorization: String(headers['authorization']).replace('DPoP', 'Bearer') };
  expect((await fetch(url, { headers: stolen })).status).toBe(401);
});

it('takes no bearer where DPoP is required', async () => {
  vi.stubEnv('AUTH0_DOMAIN', domain);
  vi.stubEnv('AUTH0_AUDIENCE', audience);
  const app = express();
  // #region required
  app.use(createAuth0Api({ dpop: { mode: 'required' } }));
  // #endregion

  const url = await serve(app);
  expect((await fetch(url, { headers: headersFor(url) })).status).toBe(200);
  const unbound = { authorization: `Bearer ${issuer.accessToken()}` };
  expect((await fetch(url, { headers: unbound })).status).toBe(401);
});

it('takes a store of the application’s own', async () => {
  const seen = new Set<string>();
  const table = {
    insertOnce: async (id: string, _lifetimeSeconds: number) => seen.size < seen.add(id).size,
  };
  const app = express();
  // #region own-store
  const usedProofs: ReplayStore = {
    // true where the row is new, false where it was there; it may go after `lifetimeSeconds`.
    register: async ({ id, lifetimeSeconds }) => table.insertOnce(id, lifetimeSeconds),
  };

  app.use(createAuth0Api({ domain, audience, dpop: { replay: usedProofs } }));
  // #endregion

  const url = await serve(app);
  const headers = headersFor(url);
  expect((await fetch(url, { headers })).status).toBe(200);
  expect((await fetch(url, { headers })).status).toBe(401);
  expect(seen.size).toBe(1);
});

it('knows the address that its clients know', async () => {
  const app = express();
  // #region trust-proxy
  app.set('trust proxy', 'loopback'); // the proxy is on this machine
  app.use(createAuth0Api({ domain, audience, dpop: {} }));
  // #endregion

  const url = await serve(app);
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'api.example.com' };
  const good = headersFor('https://api.example.com/api/private');
  expect((await fetch(url, { headers: { ...good, ...forwarded } })).status).toBe(200);
  const direct = headersFor(url);
  expect((await fetch(url, { headers: { ...direct, ...forwarded } })).status).toBe(401);
});

it('tells what it takes the URL of a request for', async () => {
  const app = express();
  const console = { log: vi.fn<(...texts: string[]) => void>() };
  // #region expected-url
  const onEvent = (event: Auth0ApiEvent): void => {
    if (event.type === 'refusal') console.log(event.reason, event.expectedUrl ?? '');
  };
  app.use(createAuth0Api({ domain, audience, dpop: {}, onEvent }));
  // #endregion

  const url = await serve(app);
  const headers = headersFor('https://api.example.com/api/private');
  expect((await fetch(url, { headers })).status).toBe(401);
  expect(console.log.mock.calls).toEqual([['proof_url_mismatch', url]]);
});

it('knows the prefix that a gateway takes away', async () => {
  const app = express();
  // #region base-url
  app.use(createAuth0Api({ domain, audience, dpop: { baseUrl: 'https://gateway.example.com/orders' } }));
  // #endregion

  const url = await serve(app);
  const good = headersFor('https://gateway.example.com/orders/api/private');
  expect((await fetch(url, { headers: good })).status).toBe(200);
  expect((await fetch(url, { headers: headersFor(url) })).status).toBe(401);

  const root = url.replace('/api/private', '/');
  expect((await fetch(root, { headers: headersFor('https://gateway.example.com/orders/') })).status).toBe(
    200,
  );
  expect((await fetch(root, { headers: headersFor('https://gateway.example.com/orders') })).status).toBe(401);
});

it('knows several names', async () => {
  const app = express();
  // #region base-url-function
  const publicNames = new Set(['eu.example.com', 'us.example.com']);

  app.use(
    createAuth0Api({
      domain,
      audience,
      dpop: {
        baseUrl: ({ headers }) => {
          const host = String(headers?.['host']);
          return publicNames.has(host) ? `https://${host}` : 'https://eu.example.com';
        },
      },
    }),
  );
  // #endregion

  const url = await serve(app);
  const statusAt = async (host: string, good: Record<string, string>): Promise<number | undefined> => {
    const sent = sendRequest(url, { headers: { ...good, host } }).end();
    const [response] = (await once(sent, 'response')) as [{ statusCode?: number; resume: () => void }];
    response.resume();
    return response.statusCode;
  };
  expect(await statusAt('us.example.com', headersFor('https://us.example.com/api/private'))).toBe(200);
  expect(await statusAt('evil.example', headersFor('https://evil.example/api/private'))).toBe(401);
});
