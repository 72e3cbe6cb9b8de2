import { randomBytes } from 'node:crypto';
import type { RunningTenant } from 'auth0-local';
import { decodeJwt } from 'jose';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createBrowser } from '../packages/auth0-local/test/support/browser.js';
import {
  createDpopTenant,
  dpopAudience,
  dpopUser,
  pageClientId,
  startDpopApi,
  worker,
  type ServedProcess,
} from './support/dpop-example.js';

// Published clients, as they are, get a token that is bound to their key from a tenant and call examples/dpop.

const { client_id: workerId, client_secret: workerSecret } = worker;
const redirectUri = 'http://localhost:3000/';

let tenant: RunningTenant;
beforeAll(async () => {
  tenant = await createDpopTenant();
});
afterAll(() => tenant.close());

/** Logs in at an address of the tenant, and comes back with the answer to the application. */
async function logInAt(url: URL): Promise<URL> {
  const browser = createBrowser(tenant.domain);
  const { email, password } = dpopUser;
  return (await browser.submit(await browser.open(url), { email, password })).url;
}

describe.each([
  ['does not ask for nonces', undefined],
  ['asks for nonces', randomBytes(32).toString('base64')],
])('an API that %s', (_name, nonceSecret) => {
  let api: ServedProcess;
  let url: URL;
  beforeAll(async () => {
    api = await startDpopApi({ domain: tenant.domain, ...(nonceSecret !== undefined && { nonceSecret }) });
    url = new URL('/api/private', api.url);
  });
  afterAll(() => api.process.stop());

  /** What went to the API, in the order in which it went, and the nonces of the proofs that went to the tenant. */
  const sent: Headers[] = [];
  const noncesForTenant: unknown[] = [];
  beforeEach(() => {
    sent.length = 0;
    noncesForTenant.length = 0;
  });
  const watchedFetch = async (input: string | URL, init: object = {}): Promise<Response> => {
    const request = new Request(input, init);
    const proof = request.headers.get('dpop');
    if (request.url === url.href) sent.push(request.headers);
    else if (proof !== null) noncesForTenant.push(decodeJwt(proof)['nonce']);
    return fetch(request);
  };

  /** Asks the API twice, and then as a thief would. */
  async function expectOwnerOnly(ask: () => Promise<Response>, thumbprint: string): Promise<void> {
    const response = await ask();
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ key: thumbprint });
    // The first answer is a nonce where one is asked for, and the client comes again with it.
    const attempts = nonceSecret === undefined ? 1 : 2;
    expect(sent).toHaveLength(attempts);
    expect((await ask()).status).toBe(200);
    expect(sent).toHaveLength(attempts + 1);

    const last = new Headers(sent.at(-1));
    const again = await fetch(url, { headers: last });
    expect(again.status).toBe(401);
    expect(again.headers.get('www-authenticate')).toContain(
      'DPoP error="invalid_dpop_proof", error_description="The DPoP proof has been used before"',
    );

    const token = last.get('authorization')?.replace(/^dpop /i, '');
    const alone = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
    expect(alone.status).toBe(401);
    expect(alone.headers.get('www-authenticate')).toContain('Bearer error="invalid_token"');
    expect(alone.headers.get('dpop-nonce')).toBeNull();
  }

  describe('openid-client', () => {
    const discover = (id: string, authentication: client.ClientAuth): Promise<client.Configuration> =>
      client.discovery(new URL(tenant.issuer), id, undefined, authentication, {
        execute: [client.allowInsecureRequests],
        [client.customFetch]: watchedFetch,
      });
    const fetchWith = (config: client.Configuration, token: string, DPoP: client.DPoPHandle) => () =>
      client.fetchProtectedResource(config, token, url, 'GET', undefined, undefined, { DPoP });

    it('gets an answer for itself', async () => {
      const config = await discover(workerId, client.ClientSecretPost(workerSecret));
      const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
      const tokens = await client.clientCredentialsGrant(config, { audience: dpopAudience }, { DPoP });
      expect(tokens.token_type).toBe('dpop');
      expect(noncesForTenant).toEqual([undefined]);
      await expectOwnerOnly(fetchWith(config, tokens.access_token, DPoP), await DPoP.calculateThumbprint());
    });

    it('gets an answer for a user, with the nonce that the tenant asks a public application for', async () => {
      const config = await discover(pageClientId, client.None());
      const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
      const pkceCodeVerifier = client.randomPKCECodeVerifier();
      const address = client.buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        audience: dpopAudience,
        scope: 'openid',
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        dpop_jkt: await DPoP.calculateThumbprint(),
      });
      const tokens = await client.authorizationCodeGrant(
        config,
        await logInAt(address),
        { pkceCodeVerifier },
        undefined,
        { DPoP },
      );
      expect(tokens.token_type).toBe('dpop');
      expect(noncesForTenant).toEqual([undefined, expect.any(String)]);
      await expectOwnerOnly(fetchWith(config, tokens.access_token, DPoP), await DPoP.calculateThumbprint());
    });
  });

  describe('oauth4webapi', () => {
    const insecure = { [oauth.allowInsecureRequests]: true } as const;
    const watched = { ...insecure, [oauth.customFetch]: watchedFetch };
    let as: oauth.AuthorizationServer;
    beforeAll(async () => {
      const issuer = new URL(tenant.issuer);
      as = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure));
    });

    /** As its documentation says: the handle has remembered the nonce by the time of the error. */
    async function retried<Result>(attempt: () => Promise<Result>): Promise<Result> {
      try {
        return await attempt();
      } catch (error) {
        if (!oauth.isDPoPNonceError(error)) throw error;
        return attempt();
      }
    }
    const fetchWith = (token: string, DPoP: oauth.DPoPHandle) => () =>
      retried(() =>
        oauth.protectedResourceRequest(token, 'GET', url, undefined, undefined, { ...watched, DPoP }),
      );

    it('gets an answer for itself', async () => {
      const me: oauth.Client = { client_id: workerId };
      const DPoP = oauth.DPoP(me, await oauth.generateKeyPair('ES256'));
      const wish = new URLSearchParams({ audience: dpopAudience });
      const secret = oauth.ClientSecretPost(workerSecret);
      const options = { ...watched, DPoP };
      const tokens = await retried(async () =>
        oauth.processClientCredentialsResponse(
          as,
          me,
          await oauth.clientCredentialsGrantRequest(as, me, secret, wish, options),
        ),
      );
      expect(tokens.token_type).toBe('dpop');
      expect(noncesForTenant).toEqual([undefined]);
      await expectOwnerOnly(fetchWith(tokens.access_token, DPoP), await DPoP.calculateThumbprint());
    });

    it('gets an answer for a user, with the nonce that the tenant asks a public application for', async () => {
      const me: oauth.Client = { client_id: pageClientId };
      const DPoP = oauth.DPoP(me, await oauth.generateKeyPair('ES256'));
      const verifier = oauth.generateRandomCodeVerifier();
      const address = new URL(as.authorization_endpoint ?? '');
      address.search = new URLSearchParams({
        client_id: me.client_id,
        response_type: 'code',
        redirect_uri: redirectUri,
        audience: dpopAudience,
        scope: 'openid',
        code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      }).toString();
      const answer = oauth.validateAuthResponse(as, me, await logInAt(address), oauth.expectNoState);
      const options = { ...watched, DPoP };
      const tokens = await retried(async () =>
        oauth.processAuthorizationCodeResponse(
          as,
          me,
          await oauth.authorizationCodeGrantRequest(
            as,
            me,
            oauth.None(),
            answer,
            redirectUri,
            verifier,
            options,
          ),
        ),
      );
      expect(tokens.token_type).toBe('dpop');
      expect(noncesForTenant).toEqual([undefined, expect.any(String)]);
      await expectOwnerOnly(fetchWith(tokens.access_token, DPoP), await DPoP.calculateThumbprint());
    });
  });
});
