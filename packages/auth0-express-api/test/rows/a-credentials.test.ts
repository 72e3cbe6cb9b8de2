import { requiresAuth } from '@auth0/auth0-express-api';
import { describe, expect, it } from 'vitest';
import { startTrialApi, type TrialApi } from '../support/trial-api.js';

async function startApi(): Promise<TrialApi> {
  const api = await startTrialApi();
  api.app.all('/', requiresAuth(), (req, res) => {
    res.json({ sub: req.auth0.user?.sub });
  });
  return api;
}

const headerOf = (response: string, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, 'im').exec(response)?.[1]?.trim();
const statusOf = (response: string): number => Number(response.slice(9, 12));
const bodyOf = (response: string): string => response.slice(response.indexOf('\r\n\r\n') + 4);

function expectBare(response: string): void {
  expect(statusOf(response)).toBe(401);
  expect(headerOf(response, 'WWW-Authenticate')).toBe('Bearer');
  expect(headerOf(response, 'Cache-Control')).toBe('no-store');
  expect(headerOf(response, 'Content-Type')).toBeUndefined();
  expect(bodyOf(response)).toBe('');
}

describe('A, the credentials of a request', () => {
  it('A1 answers a request without Authorization with the bare challenge', async () => {
    expectBare(await (await startApi()).raw('/', []));
  });

  it.each([
    ['A2', 'Basic dXNlcjpwYXNz'],
    ['A2', 'Negotiate abc'],
    ['A2', 'Digest TOKEN'],
    ['A2', 'DPoP TOKEN'],
    ['A2', 'Bearerx TOKEN'],
    ['A2', 'TOKEN'],
    ['A4', 'Bearer'],
    ['A4', 'Bearer '],
    ['A4', 'Bearer    '],
    ['A6', 'Bearer\tTOKEN'],
    ['A7', 'Bearer TOKEN b'],
    ['A7', 'Bearer a TOKEN'],
    ['A8', 'Bearer TOKEN,Bearer TOKEN'],
    ['A8', 'Bearer TOKEN, DPoP TOKEN'],
    ['A8', 'Basic abc, Bearer TOKEN'],
    ['A1', ''],
  ])('%s answers %j with the bare challenge', async (_row, value) => {
    const api = await startApi();
    expectBare(await api.raw('/', [`Authorization: ${value.replaceAll('TOKEN', api.issuer.accessToken())}`]));
  });

  it.each(['bearer', 'BEARER', 'BeArEr'])('A3 takes the scheme as %s', async (scheme) => {
    const api = await startApi();
    expect(statusOf(await api.raw('/', [`Authorization: ${scheme} ${api.issuer.accessToken()}`]))).toBe(200);
  });

  it('A5 takes several spaces after the scheme, and A21 any case of the header name', async () => {
    const api = await startApi();
    expect(statusOf(await api.raw('/', [`AUTHORIZATION: Bearer    ${api.issuer.accessToken()}`]))).toBe(200);
  });

  it.each([
    ['Bearer TOKEN', 'Bearer TOKEN'],
    ['Bearer TOKEN', 'Basic abc'],
    ['Basic abc', 'Bearer TOKEN'],
    ['Bearer TOKEN', ''],
    ['Bearer TOKEN', 'DPoP TOKEN'],
  ])('A9 refuses two Authorization lines: %s, %s', async (first, second) => {
    const api = await startApi();
    const token = api.issuer.accessToken();
    const lines = [first, second].map((line) => `Authorization: ${line.replace('TOKEN', token)}`);
    const response = await api.raw('/', lines);
    expect(statusOf(response)).toBe(400);
    expect(headerOf(response, 'WWW-Authenticate')).toBe(
      'Bearer error="invalid_request", error_description="More than one method used for authentication"',
    );
    expect(JSON.parse(bodyOf(response))).toEqual({
      error: 'invalid_request',
      error_description: 'More than one method used for authentication',
    });
  });

  it('A11 A12 A13 A14 reads no token from the query or the body', async () => {
    const api = await startApi();
    const token = api.issuer.accessToken();
    expectBare(await api.raw(`/?access_token=${token}`, []));
    expectBare(await api.raw(`/?access_token=${token}&access_token=${token}`, []));
    const body = await fetch((await api.get('/')).url, {
      method: 'POST',
      body: new URLSearchParams({ access_token: token }),
    });
    expect([body.status, body.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
  });

  it.each(['é', '"', '%', '~', '+', '/', '\t', '\x80', ',', ';', '<script>'])(
    'A16 refuses a token that holds %j',
    async (text) => {
      const api = await startApi();
      const token = api.issuer.accessToken();
      const response = await api.raw('/', [
        `Authorization: Bearer ${token.slice(0, 9)}${text}${token.slice(9)}`,
      ]);
      expect(statusOf(response)).toBe(401);
      expect(headerOf(response, 'WWW-Authenticate')).toBe(
        'Bearer error="invalid_token", error_description="Invalid JWT"',
      );
    },
  );

  it('A17 takes no notice of Proxy-Authorization', async () => {
    const api = await startApi();
    expectBare(await api.raw('/', [`Proxy-Authorization: Bearer ${api.issuer.accessToken()}`]));
  });

  it('A19 verifies once when it is mounted twice, and keeps what a handler has added', async () => {
    const api = await startTrialApi();
    api.app.use(requiresAuth());
    api.app.use((req, _res, next) => {
      if (req.auth0.user) req.auth0.user['profile'] = 'loaded';
      next();
    });
    api.app.get('/', requiresAuth({ scopes: 'read:all' }), (req, res) => {
      res.json(req.auth0.user);
    });
    const body: unknown = await (await api.get('/', api.issuer.accessToken({ scope: 'read:all' }))).json();
    expect(body).toMatchObject({ profile: 'loaded' });
    expect((await api.get('/', api.issuer.accessToken())).status).toBe(403);
  });

  it('A22 leaves headers that are too large to Node', async () => {
    const api = await startApi();
    expect(statusOf(await api.raw('/', [`Authorization: Bearer ${'a'.repeat(17_000)}`]))).toBe(431);
    expect(statusOf(await api.raw('/', [`Authorization: Bearer ${'a'.repeat(15_000)}`]))).toBe(401);
  });

  it('A23 asks a preflight that reaches it for a token like any other request', async () => {
    expectBare(
      await (await startApi()).raw('/', ['Access-Control-Request-Headers: authorization'], 'OPTIONS'),
    );
  });

  it('answers HEAD without a body', async () => {
    const response = await (await startApi()).raw('/', ['Authorization: Bearer abc'], 'HEAD');
    expect([statusOf(response), bodyOf(response)]).toEqual([401, '']);
  });
});
