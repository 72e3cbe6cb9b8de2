import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  calculatePKCECodeChallenge,
  ClientSecretPost,
  discovery,
  fetchUserInfo,
  initiateDeviceAuthorization,
  None,
  pollDeviceAuthorizationGrant,
  randomPKCECodeVerifier,
  refreshTokenGrant,
  type ClientAuth,
  type Configuration,
} from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { callback, extendSeed, logIn } from '../support/authorize-requests.js';
import { createBrowser, type Browser } from '../support/browser.js';
import {
  startTrialTenant,
  applications,
  audience,
  users,
  type TrialTenant,
} from '../support/trial-tenant.js';

const deviceGrant = 'urn:ietf:params:oauth:grant-type:device_code';

describe('openid-client', () => {
  let trial: TrialTenant;
  let browser: Browser;
  beforeAll(async () => {
    const tv = {
      client_id: 'tv',
      name: 'TV',
      app_type: 'native',
      grant_types: [deviceGrant, 'refresh_token'],
    };
    trial = await startTrialTenant({ seed: extendSeed({ clients: [tv] }) });
  });
  beforeEach(() => {
    browser = createBrowser(trial.tenant.domain);
  });
  afterAll(() => trial.tenant.close());

  function discover(clientId: string, authentication: ClientAuth): Promise<Configuration> {
    return discovery(new URL(trial.tenant.issuer), clientId, undefined, authentication, {
      execute: [allowInsecureRequests],
    });
  }

  it.each([
    ['with a secret', applications.web.client_id, ClientSecretPost(applications.web.client_secret), callback],
    ['without one', applications.spa.client_id, None(), 'http://localhost:3000/'],
  ])(
    'logs in with code and PKCE %s, reads the profile, refreshes and logs out',
    async (_name, id, authentication, redirectUri) => {
      const config = await discover(id, authentication);
      const pkceCodeVerifier = randomPKCECodeVerifier();
      const url = buildAuthorizationUrl(config, {
        redirect_uri: redirectUri,
        scope: 'openid email offline_access read:messages',
        audience,
        state: 'the state',
        nonce: 'the nonce',
        code_challenge: await calculatePKCECodeChallenge(pkceCodeVerifier),
        code_challenge_method: 'S256',
      });

      const page = await logIn(browser, await browser.open(url));
      const tokens = await authorizationCodeGrant(config, page.url, {
        pkceCodeVerifier,
        expectedState: 'the state',
        expectedNonce: 'the nonce',
        idTokenExpected: true,
      });
      const subject = tokens.claims()?.sub ?? '';
      expect(subject).toBe(users.plain.user_id);
      expect(tokens.scope).toBe('openid email read:messages offline_access');
      expect(await fetchUserInfo(config, tokens.access_token, subject)).toMatchObject({
        email: users.plain.email,
      });

      const refreshed = await refreshTokenGrant(config, tokens.refresh_token ?? '');
      expect(refreshed.access_token).not.toBe('');
      expect(refreshed.claims()?.sub).toBe(users.plain.user_id);

      const logout = buildEndSessionUrl(config, {
        id_token_hint: tokens.id_token ?? '',
        post_logout_redirect_uri: 'http://localhost:3000/',
      });
      expect((await browser.open(logout)).url.href).toBe('http://localhost:3000/');
    },
  );

  it('is refused tokens with another verifier', async () => {
    const config = await discover(applications.spa.client_id, None());
    const url = buildAuthorizationUrl(config, {
      redirect_uri: 'http://localhost:3000/',
      scope: 'openid',
      code_challenge: await calculatePKCECodeChallenge(randomPKCECodeVerifier()),
      code_challenge_method: 'S256',
    });
    const page = await logIn(browser, await browser.open(url));

    await expect(
      authorizationCodeGrant(config, page.url, { pkceCodeVerifier: randomPKCECodeVerifier() }),
    ).rejects.toMatchObject({ error: 'invalid_grant', error_description: 'Failed to verify code verifier' });
  });

  it('reports what /authorize refuses', async () => {
    const config = await discover(
      applications.web.client_id,
      ClientSecretPost(applications.web.client_secret),
    );
    const url = buildAuthorizationUrl(config, { redirect_uri: callback, scope: 'openid', prompt: 'none' });
    const page = await browser.open(url);

    await expect(authorizationCodeGrant(config, page.url)).rejects.toMatchObject({ error: 'login_required' });
  });

  it('connects a device', async () => {
    const config = await discover('tv', None());
    const device = await initiateDeviceAuthorization(config, { scope: 'openid read:messages', audience });
    const login = await browser.submit(await browser.open(device.verification_uri_complete ?? ''));
    const question = await logIn(browser, login);
    await browser.submit(question, { action: 'accept' });

    const tokens = await pollDeviceAuthorizationGrant(config, { ...device, interval: 0 });
    expect(tokens.scope).toBe('openid read:messages');
    expect(tokens.claims()?.sub).toBe(users.plain.user_id);
  });
});
