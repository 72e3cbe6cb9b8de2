import { createAuth0Api, requiresAuth, scopesInclude } from '@auth0/auth0-express-api';
import express, { type Express } from 'express';
import { auth, requiredScopes } from 'express-oauth2-jwt-bearer';
import { createRemoteJWKSet, exportSPKI, generateKeyPair, jwtVerify } from 'jose';
import * as oauth from 'oauth4webapi';
import * as client from 'openid-client';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { requestMachineToken, requestPasswordToken } from '../support/flow-requests.js';
import { createFetchWithCa } from '../support/fetch-with-ca.js';
import {
  applications,
  audience,
  startTrialTenant,
  trialSeed,
  users,
  type TrialTenant,
} from '../support/trial-tenant.js';

const { machine, web } = applications;
const keys = await generateKeyPair('RS256', { extractable: true });

const seed = {
  ...trialSeed,
  resourceServers: [
    ...(trialSeed.resourceServers ?? []),
    { identifier: 'urn:rfc9068', token_dialect: 'rfc9068_profile', scopes: [{ value: 'read' }] },
  ],
  clients: [
    ...(trialSeed.clients ?? []),
    {
      client_id: 'keys-client',
      name: 'With keys',
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
      client_authentication_methods: {
        private_key_jwt: {
          credentials: [
            { credential_type: 'public_key', pem: await exportSPKI(keys.publicKey), alg: 'RS256' },
          ],
        },
      },
    },
  ],
  clientGrants: [
    ...(trialSeed.clientGrants ?? []),
    { client_id: machine.client_id, audience: 'urn:rfc9068', scope: ['read'] },
    { client_id: 'keys-client', audience, scope: ['read:messages'] },
  ],
};

describe('published clients', () => {
  let trial: TrialTenant;

  beforeAll(async () => {
    trial = await startTrialTenant({ seed });
  });
  afterAll(() => trial.tenant.close());

  /** Serves an application for one test. */
  async function serve(app: Express): Promise<string> {
    const server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => void server.close());
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  describe.each(['http', 'https'] as const)('openid-client 6 over %s', (scheme) => {
    const discover = async (
      clientId: string,
      authentication: client.ClientAuth,
      algorithm?: client.DiscoveryRequestOptions['algorithm'],
    ): Promise<client.Configuration> => {
      const { urls, ca } = trial.tenant;
      const options: client.DiscoveryRequestOptions =
        scheme === 'http'
          ? { execute: [client.allowInsecureRequests] }
          : { [client.customFetch]: createFetchWithCa(ca) as client.CustomFetch };
      return client.discovery(new URL(urls[scheme]), clientId, {}, authentication, {
        ...options,
        ...(algorithm !== undefined && { algorithm }),
      });
    };

    it.each(['oidc', 'oauth2'] as const)('discovers the tenant: %s', async (algorithm) => {
      const configuration = await discover(machine.client_id, client.None(), algorithm);
      expect(configuration.serverMetadata().issuer).toBe(`${trial.tenant.urls[scheme]}/`);
    });

    it.each([
      ['the secret in the body', machine.client_id, () => client.ClientSecretPost(machine.client_secret)],
      ['the secret in the header', machine.client_id, () => client.ClientSecretBasic(machine.client_secret)],
      ['private_key_jwt', 'keys-client', () => client.PrivateKeyJwt(keys.privateKey)],
    ])('gets a token with client credentials by %s', async (_, clientId, authentication) => {
      const configuration = await discover(clientId, authentication());
      const tokens = await client.clientCredentialsGrant(configuration, { audience, scope: 'read:messages' });
      expect(tokens).toMatchObject({ token_type: 'bearer', scope: 'read:messages', expires_in: 86_400 });
    });

    it('understands a refusal', async () => {
      const configuration = await discover(machine.client_id, client.ClientSecretPost('wrong'));
      await expect(client.clientCredentialsGrant(configuration, { audience })).rejects.toMatchObject({
        error: 'access_denied',
        error_description: 'Unauthorized',
        status: 401,
      });
    });

    it('refreshes, reads the profile and revokes', async () => {
      const configuration = await discover(web.client_id, client.ClientSecretPost(web.client_secret));
      const { email: username, password } = users.plain;
      const first = await client.genericGrantRequest(configuration, 'password', {
        username,
        password,
        audience,
        scope: 'openid email read:messages offline_access',
      });
      const token = first.refresh_token ?? '';
      const second = await client.refreshTokenGrant(configuration, token);
      expect(second.claims()).toMatchObject({ sub: users.plain.user_id, aud: web.client_id });
      expect(await client.fetchUserInfo(configuration, second.access_token, users.plain.user_id)).toEqual({
        sub: users.plain.user_id,
        email: username,
        email_verified: false,
      });
      await client.tokenRevocation(configuration, token);
      await expect(client.refreshTokenGrant(configuration, token)).rejects.toMatchObject({
        error: 'invalid_grant',
        error_description: 'Unknown or invalid refresh token.',
      });
    });
  });

  it('oauth4webapi takes a token of the dialect rfc9068_profile, and of no other', async () => {
    const options = { [oauth.allowInsecureRequests]: true };
    const issuer = new URL(trial.tenant.issuer);
    const server = await oauth.processDiscoveryResponse(
      issuer,
      await oauth.discoveryRequest(issuer, options),
    );
    const validate = async (api: string) => {
      const { body } = await requestMachineToken(trial.ask, { audience: api });
      const request = new Request('https://api.example.com/', {
        headers: { authorization: `Bearer ${body.access_token}` },
      });
      return oauth.validateJwtAccessToken(server, request, api, options);
    };
    expect(await validate('urn:rfc9068')).toMatchObject({
      iss: trial.tenant.issuer,
      sub: 'machine-client@clients',
      client_id: machine.client_id,
      scope: 'read',
      jti: expect.any(String),
    });
    await expect(validate(audience)).rejects.toThrow('unexpected JWT "typ" header parameter value');
  });

  it('jose verifies with the remote key set', async () => {
    const keySet = createRemoteJWKSet(new URL('/.well-known/jwks.json', trial.tenant.domain));
    const { body } = await requestMachineToken(trial.ask);
    const { payload } = await jwtVerify(body.access_token, keySet, {
      issuer: trial.tenant.issuer,
      audience,
      algorithms: ['RS256'],
    });
    expect(payload['azp']).toBe(machine.client_id);
  });

  it.each<[string, (app: Express) => void]>([
    [
      'express-oauth2-jwt-bearer 1.10',
      (app) => {
        app.use(auth({ issuerBaseURL: trial.tenant.domain, audience }));
        app.get('/read', requiredScopes('read:messages'), (req, res) => {
          res.json(req.auth?.payload.sub);
        });
        app.get('/admin', requiredScopes('read:admin'), (_req, res) => {
          res.json('admin');
        });
      },
    ],
    [
      '@auth0/auth0-express-api',
      (app) => {
        app.use(createAuth0Api({ domain: trial.tenant.domain, audience }));
        app.get('/read', requiresAuth({ scopes: 'read:messages' }), (req, res) => {
          res.json(req.auth0.user?.sub);
        });
        app.get('/admin', requiresAuth(), scopesInclude(['read:admin']), (_req, res) => {
          res.json('admin');
        });
      },
    ],
  ])('%s protects an API with tokens of the tenant', async (_, protect) => {
    const app = express();
    protect(app);
    const url = await serve(app);
    const ask = async (path: string, token?: string) => {
      const response = await fetch(`${url}${path}`, {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
      return [response.status, response.ok ? await response.json() : undefined];
    };
    const machineToken = (await requestMachineToken(trial.ask)).body.access_token;
    const userToken = (await requestPasswordToken(trial.ask)).body.access_token;
    const otherToken = (await requestMachineToken(trial.ask, { audience: 'urn:rfc9068' })).body.access_token;
    expect(await ask('/read', machineToken)).toEqual([200, 'machine-client@clients']);
    expect(await ask('/read', userToken)).toEqual([200, users.plain.user_id]);
    expect(await ask('/admin', userToken)).toEqual([200, 'admin']);
    expect((await ask('/admin', machineToken))[0]).toBe(403);
    expect((await ask('/read', otherToken))[0]).toBe(401);
    expect((await ask('/read'))[0]).toBe(401);
  });
});
