import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { logIn } from '../../support/authorize-requests.js';
import { boundSeed } from '../../support/bound-seed.js';
import { createBrowser } from '../../support/browser.js';
import { createFetchWithCa } from '../../support/fetch-with-ca.js';
import { readToken } from '../../support/flow-requests.js';
import {
  applications,
  audience,
  startTrialTenant,
  users,
  type TrialTenant,
} from '../../support/trial-tenant.js';

const { spa, web } = applications;
const password = { username: users.plain.email, password: users.plain.password };
const wish = { audience, scope: 'openid email offline_access read:messages' };

// Published clients as they are, at each listener.

describe.each(['http', 'https'] as const)('at the %s listener', (listener) => {
  let trial: TrialTenant;
  let origin: string;
  let issuer: URL;
  /** The nonces of the proofs in the order in which they were sent. */
  const nonces: unknown[] = [];
  let send: (input: string | URL, init?: object) => Promise<Response>;
  beforeAll(async () => {
    trial = await startTrialTenant({ seed: boundSeed({ mechanism: 'dpop', required: true }) });
    const { urls, ca } = trial.tenant;
    origin = urls[listener];
    issuer = new URL(origin);
    const fetchSecurely = createFetchWithCa(ca);
    send = (input, init) => {
      const request = new Request(input, init);
      const proof = request.headers.get('dpop');
      if (proof !== null) nonces.push(decodeJwt(proof)['nonce']);
      return listener === 'http' ? fetch(request) : fetchSecurely(request);
    };
  });
  beforeEach(() => {
    nonces.length = 0;
  });
  afterAll(() => trial.tenant.close());

  const expectBound = (token: string, jkt: string): void =>
    expect(readToken(token).claims).toMatchObject({ cnf: { jkt } });

  describe('openid-client 6', () => {
    const discover = (id: string, authentication: client.ClientAuth): Promise<client.Configuration> =>
      client.discovery(issuer, id, undefined, authentication, {
        ...(listener === 'http' && { execute: [client.allowInsecureRequests] }),
        [client.customFetch]: send,
      });

    it('refreshes for an application with a secret, with a new key, and is never asked for a nonce', async () => {
      const config = await discover(web.client_id, client.ClientSecretPost(web.client_secret));
      const first = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
      const tokens = await client.genericGrantRequest(
        config,
        'password',
        { ...password, ...wish },
        { DPoP: first },
      );
      expectBound(tokens.access_token, await first.calculateThumbprint());
      const second = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
      const token = tokens.refresh_token ?? '';
      const refreshed = await client.refreshTokenGrant(config, token, undefined, { DPoP: second });
      expectBound(refreshed.access_token, await second.calculateThumbprint());
      const subject = users.plain.user_id;
      await client.fetchUserInfo(config, refreshed.access_token, subject, { DPoP: second });
      expect(nonces).toEqual([undefined, undefined, undefined]);
      const refusal = (scheme: 'dpop' | 'bearer'): object => ({
        status: 401,
        cause: [{ scheme, parameters: { error: 'invalid_token' } }],
      });
      await expect(
        client.fetchUserInfo(config, refreshed.access_token, subject, { DPoP: first }),
      ).rejects.toMatchObject(refusal('dpop'));
      await expect(client.fetchUserInfo(config, refreshed.access_token, subject)).rejects.toMatchObject(
        refusal('bearer'),
      );
    });

    it('logs in without a secret: one challenge, and the nonce from then on; no other key refreshes', async () => {
      const config = await discover(spa.client_id, client.None());
      const DPoP = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
      const pkceCodeVerifier = client.randomPKCECodeVerifier();
      const url = client.buildAuthorizationUrl(config, {
        ...wish,
        redirect_uri: 'http://localhost:3000/',
        code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
        dpop_jkt: await DPoP.calculateThumbprint(),
      });
      const browser = createBrowser(origin, send as typeof fetch);
      const page = await logIn(browser, await browser.open(url));
      const tokens = await client.authorizationCodeGrant(config, page.url, { pkceCodeVerifier }, undefined, {
        DPoP,
      });
      expectBound(tokens.access_token, await DPoP.calculateThumbprint());
      const token = tokens.refresh_token ?? '';
      await client.refreshTokenGrant(config, token, undefined, { DPoP });
      const nonce = expect.stringMatching(/^[\w-]{43}$/);
      expect(nonces).toEqual([undefined, nonce, nonce]);

      const other = client.getDPoPHandle(config, await client.randomDPoPKeyPair());
      await expect(client.refreshTokenGrant(config, token, undefined, { DPoP: other })).rejects.toMatchObject(
        {
          error: 'invalid_grant',
          error_description: 'The refresh token is bound to the key of another DPoP proof.',
        },
      );
      await expect(client.refreshTokenGrant(config, token)).rejects.toMatchObject({
        error_description: expect.stringContaining('Send a DPoP proof of that key'),
      });
    });
  });

  it('oauth4webapi 3 reads the profile and refreshes, and comes again once with the nonce', async () => {
    const options = {
      ...(listener === 'http' && { [oauth.allowInsecureRequests]: true as const }),
      [oauth.customFetch]: send,
    };
    const server = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, options),
    );
    const me: oauth.Client = { client_id: 'public-client' };
    const DPoP = oauth.DPoP(me, await oauth.generateKeyPair('ES256'));
    /** As its documentation says: the handle has remembered the nonce by the time of the error. */
    const retried = async <Result>(attempt: () => Promise<Result>): Promise<Result> => {
      try {
        return await attempt();
      } catch (error) {
        if (!oauth.isDPoPNonceError(error)) throw error;
        return attempt();
      }
    };
    const proven = { ...options, DPoP };
    const tokens = await retried(async () => {
      const parameters = { ...password, ...wish };
      return oauth.processGenericTokenEndpointResponse(
        server,
        me,
        await oauth.genericTokenEndpointRequest(server, me, oauth.None(), 'password', parameters, proven),
      );
    });
    const profile = await retried(async () =>
      oauth.processUserInfoResponse(
        server,
        me,
        users.plain.user_id,
        await oauth.userInfoRequest(server, me, tokens.access_token, proven),
      ),
    );
    expect(profile.email).toBe(users.plain.email);
    const refreshed = await retried(async () =>
      oauth.processRefreshTokenResponse(
        server,
        me,
        await oauth.refreshTokenGrantRequest(server, me, oauth.None(), tokens.refresh_token ?? '', proven),
      ),
    );
    expect(refreshed.token_type).toBe('dpop');
    expectBound(refreshed.access_token, await DPoP.calculateThumbprint());
    const nonce = expect.stringMatching(/^[\w-]{43}$/);
    // The profile asks for none; the client sends it to the whole origin.
    expect(nonces).toEqual([undefined, nonce, nonce, nonce]);
  });
});
