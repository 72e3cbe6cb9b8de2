import { generateKeyPairSync } from 'node:crypto';
import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { rotateSigningKeys, revokeSigningKey } from '../../src/tenant/signing-keys.js';
import { nowSeconds } from '../../src/tenant/tenant.js';
import { signToken } from '../../src/tokens/sign-token.js';
import { startTrialTenant } from '../support/trial-tenant.js';
import { openManagementBench, type ManagementBench } from './support/management-bench.js';

const invalidToken = {
  statusCode: 401,
  error: 'Unauthorized',
  message: 'Invalid token',
  attributes: { error: 'Invalid token' },
};

describe('authenticate', () => {
  let bench: ManagementBench;

  beforeEach(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const ask = async (authorization?: string) =>
    bench.ask('GET', '/api/v2/roles', { headers: authorization === undefined ? {} : { authorization } });
  const status = async (token: string): Promise<number> => (await ask(`Bearer ${token}`)).status;

  it.each([{ jkt: 'a'.repeat(43) }, { 'x5t#S256': 'a'.repeat(43) }])(
    'refuses a token that is bound to %j, which this API does not check',
    async (cnf) => {
      const { tenant } = bench;
      const issuer = tenant.issuers[0] ?? '';
      const iat = nowSeconds(tenant);
      const claims = {
        iss: issuer,
        sub: 'x@clients',
        aud: `${issuer}api/v2/`,
        iat,
        exp: iat + 60,
        scope: 'read:roles',
      };
      const sign = (more: object): Promise<string> =>
        signToken(tenant, { ...claims, ...more }, { alg: 'RS256', typ: 'JWT' });
      expect(await status(await sign({}))).toBe(200);
      expect(await status(await sign({ cnf }))).toBe(401);
      expect((await ask(`DPoP ${await sign({ cnf })}`)).status).toBe(401);
    },
  );

  it.each([undefined, 'Basic YTpi', 'Bearer', 'DPoP a.b.c', 'Bearer a b'])(
    'refuses a request without a token: %s',
    async (authorization) => {
      const answer = await ask(authorization);
      expect(answer.status).toBe(401);
      expect(answer.body).toEqual({
        statusCode: 401,
        error: 'Unauthorized',
        message: 'Missing authentication',
      });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
      expect(answer.headers.get('cache-control')).toBe('no-store');
    },
  );

  it.each(['x', 'a.b.c', 'e30.e30.', '....', 'eyJhbGciOiJSUzI1NiJ9.bnVsbA.x'])(
    'refuses what is no token: %s',
    async (token) => {
      const answer = await ask(`Bearer ${token}`);
      expect(answer.body).toEqual(invalidToken);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/);
    },
  );

  it.each([
    ['of another issuer', { iss: 'https://tenant.example.com/' }, 'Invalid token'],
    ['of an issuer without its slash', { iss: 'https://localhost:4443' }, 'Invalid token'],
    ['for another API', { aud: 'https://my-express-api.example.com' }, 'Invalid token'],
    ['for no API', { aud: [] }, 'Invalid token'],
    ['for an API that is called almost the same', { aud: 'https://localhost:4443/api/v2' }, 'Invalid token'],
    ['that is too old', { exp: 1_000 }, 'Expired token received for JSON Web Token validation'],
    ['that never ends', { exp: undefined }, 'Invalid token'],
    ['from the future', { iat: 9_000_000_000 }, 'Invalid token'],
    ['bound to a key', { cnf: { jkt: 'x' } }, 'Invalid token'],
  ])('refuses a token %s', async (_what, claims, message) => {
    const answer = await ask(`Bearer ${await bench.createToken(claims)}`);
    expect(answer.status).toBe(401);
    expect(answer.body).toEqual({ ...invalidToken, message, attributes: { error: message } });
  });

  it('refuses what somebody else has signed, and what nobody has', async () => {
    const { tenant, site } = bench;
    const iat = nowSeconds(tenant);
    const claims = {
      iss: site.issuer,
      aud: `${site.issuer}api/v2/`,
      iat,
      exp: iat + 60,
      scope: 'read:roles',
    };
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const [key] = tenant.store.signingKeys.list();
    for (const header of [
      { alg: 'RS256', kid: key?.kid },
      { alg: 'RS256', kid: 'unknown' },
      { alg: 'RS256' },
    ]) {
      const forged = await new SignJWT(claims).setProtectedHeader(header as { alg: string }).sign(privateKey);
      const answer = await ask(`Bearer ${forged}`);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({
        message: 'Invalid signature received for JSON Web Token validation',
      });
    }
    expect(await status(new UnsecuredJWT(claims).encode())).toBe(401);
    const withCertificate = await signToken(tenant, claims, { alg: 'HS256', typ: 'JWT', secret: key?.cert });
    expect(await status(withCertificate)).toBe(401);
  });

  it('takes the tokens of every listener, each with the name that it has for the Management API', async () => {
    const { issuers } = bench.tenant;
    for (const iss of issuers) {
      for (const issuer of issuers) {
        const aud = `${issuer}api/v2/`;
        const expected = iss === issuer ? 200 : 401;
        expect(await status(await bench.createToken({ iss, aud })), `${iss} ${aud}`).toBe(expected);
        expect(await status(await bench.createToken({ iss, aud: [aud, `${iss}userinfo`] }))).toBe(expected);
      }
    }
  });

  it('takes the token of a rotated key, until the key is revoked', async () => {
    const token = await bench.createToken();
    const [old] = bench.tenant.store.signingKeys.list();
    await rotateSigningKeys(bench.tenant);
    expect([await status(token), await status(await bench.createToken())]).toEqual([200, 200]);
    await revokeSigningKey(bench.tenant, old?.kid ?? '');
    expect([await status(token), await status(await bench.createToken())]).toEqual([401, 200]);
  });

  it('judges by the tenant’s own clock', async () => {
    const token = await bench.createToken();
    bench.advance(3_604_000);
    expect(await status(token)).toBe(200);
    bench.advance(2000);
    expect(await status(token)).toBe(401);
  });

  it('lets nobody store what is behind it', async () => {
    const { headers } = await bench.manage('GET', '/clients');
    expect([headers.get('cache-control'), headers.get('pragma')]).toEqual(['no-store', 'no-cache']);
  });

  it('needs no network, and prints nothing', async () => {
    const outgoing = vi.spyOn(globalThis, 'fetch');
    const printed = vi.spyOn(process.stderr, 'write');
    await ask('Bearer x');
    expect(outgoing).toHaveBeenCalledTimes(1);
    expect(printed).not.toHaveBeenCalled();
  });

  afterEach(() => {
    vi.restoreAllMocks();
  });
});

describe('a tenant in another time', () => {
  it('takes its own tokens', async () => {
    const trial = await startTrialTenant({ now: () => Date.parse('2001-02-03T04:05:06Z') });
    expect((await trial.manage('GET', '/roles')).status).toBe(200);
    await trial.tenant.close();
  });
});

describe('another tenant', () => {
  it('has tokens that are no good here', async () => {
    const [here, there] = await Promise.all([startTrialTenant(), startTrialTenant()]);
    const headers = { authorization: `Bearer ${await there.tenant.managementToken()}` };
    expect((await here.ask('GET', '/api/v2/roles', { headers })).status).toBe(401);
    expect((await there.ask('GET', '/api/v2/roles', { headers })).status).toBe(200);
    await Promise.all([here.tenant.close(), there.tenant.close()]);
  });
});
