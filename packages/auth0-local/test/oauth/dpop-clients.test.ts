import * as oauth from 'oauth4webapi';
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  clientCredentialsGrant,
  ClientSecretPost,
  discovery,
  fetchUserInfo,
  getDPoPHandle,
  None,
  randomDPoPKeyPair,
  randomPKCECodeVerifier,
  refreshTokenGrant,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { logIn } from '../support/authorize-requests.js';
import { boundSeed } from '../support/bound-seed.js';
import { createBrowser } from '../support/browser.js';
import { readToken } from '../support/flow-requests.js';
import {
  applications,
  audience,
  startTrialTenant,
  users,
  type TrialTenant,
} from '../support/trial-tenant.js';

const { machine, spa } = applications;
const redirectUri = 'http://localhost:3000/';

// Published clients, unmodified. The public one is told a nonce first, and comes again by itself.

describe('a published client with DPoP', () => {
  let trial: TrialTenant;
  beforeAll(async () => {
    trial = await startTrialTenant({ seed: boundSeed({ mechanism: 'dpop', required: true }) });
  });
  afterAll(() => trial.tenant.close());

  const discover = (clientId: string, authentication: ClientAuth): Promise<Configuration> =>
    discovery(new URL(trial.tenant.issuer), clientId, undefined, authentication, {
      execute: [allowInsecureRequests],
    });
  const expectBound = (token: string, jkt: string): void =>
    expect(readToken(token).claims).toMatchObject({ cnf: { jkt } });

  it('openid-client logs a user in without a secret, reads the profile and refreshes', async () => {
    const config = await discover(spa.client_id, None());
    const DPoP = getDPoPHandle(config, await randomDPoPKeyPair());
    const jkt = await DPoP.calculateThumbprint();
    const pkceCodeVerifier = randomPKCECodeVerifier();
    const browser = createBrowser(trial.tenant.domain);
    const url = buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: 'openid email offline_access read:messages',
      audience,
      state: 'the state',
      code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
      dpop_jkt: jkt,
    });
    const page = await logIn(browser, await browser.open(url));
    const checks = { pkceCodeVerifier, expectedState: 'the state', idTokenExpected: true };
    const tokens = await authorizationCodeGrant(config, page.url, checks, undefined, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    expectBound(tokens.access_token, jkt);

    const subject = tokens.claims()?.sub ?? '';
    const profile = await fetchUserInfo(config, tokens.access_token, subject, { DPoP });
    expect(profile).toMatchObject({ sub: users.plain.user_id, email: users.plain.email });

    const refreshed = await refreshTokenGrant(config, tokens.refresh_token ?? '', undefined, { DPoP });
    expectBound(refreshed.access_token, jkt);
    await expect(refreshTokenGrant(config, tokens.refresh_token ?? '')).rejects.toMatchObject({
      error: 'invalid_grant',
    });
  });

  it('openid-client gets a token with client credentials', async () => {
    const config = await discover(machine.client_id, ClientSecretPost(machine.client_secret));
    expect(config.serverMetadata().dpop_signing_alg_values_supported).toEqual(['ES256']);
    const DPoP = getDPoPHandle(config, await randomDPoPKeyPair());
    const tokens = await clientCredentialsGrant(config, { audience }, { DPoP });
    expect(tokens.token_type).toBe('dpop');
    expectBound(tokens.access_token, await DPoP.calculateThumbprint());
    await expect(clientCredentialsGrant(config, { audience })).rejects.toMatchObject({
      error: 'invalid_dpop_proof',
    });
  });

  it('oauth4webapi comes again with the nonce that it is told', async () => {
    const insecure = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(trial.tenant.issuer);
    const server = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, insecure),
    );
    const client: oauth.Client = { client_id: 'public-client' };
    const DPoP = oauth.DPoP(client, await oauth.generateKeyPair('ES256'));
    const parameters = { username: users.plain.email, password: users.plain.password, audience };
    const ask = async (): Promise<oauth.TokenEndpointResponse> => {
      const response = await oauth.genericTokenEndpointRequest(
        server,
        client,
        oauth.None(),
        'password',
        parameters,
        {
          ...insecure,
          DPoP,
        },
      );
      return oauth.processGenericTokenEndpointResponse(server, client, response);
    };
    const refusal: unknown = await ask().catch((error: unknown) => error);
    expect(oauth.isDPoPNonceError(refusal)).toBe(true);
    const tokens = await ask();
    expect(tokens.token_type).toBe('dpop');
    expectBound(tokens.access_token, await DPoP.calculateThumbprint());
  });
});
