import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenant } from 'auth0-local';
import { Agent, request } from 'node:https';
import { json } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { startTrialTenant, type TrialTenant } from '../../support/trial-tenant.js';

const paths = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

describe('discovery', () => {
  let trial: TrialTenant;

  beforeAll(async () => {
    trial = await startTrialTenant();
  });
  afterAll(() => trial.tenant.close());

  /** What the https listener says, to a client that trusts its authority. */
  async function askSecurely(path: string): Promise<Record<string, unknown>> {
    const { urls, ca } = trial.tenant;
    const [response] = (await once(
      request(`${urls.https}${path}`, { agent: new Agent({ ca }) }).end(),
      'response',
    )) as [IncomingMessage];
    return (await json(response)) as Record<string, unknown>;
  }

  it.each(paths)('is at %s', async (path) => {
    const { status, body, headers } = await trial.ask<Record<string, unknown>>('GET', path);
    const issuer = `${trial.tenant.urls.http}/`;
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe(
      'public, max-age=15, stale-while-revalidate=15, stale-if-error=86400',
    );
    expect(body).toMatchObject({
      issuer,
      authorization_endpoint: `${issuer}authorize`,
      token_endpoint: `${issuer}oauth/token`,
      device_authorization_endpoint: `${issuer}oauth/device/code`,
      userinfo_endpoint: `${issuer}userinfo`,
      jwks_uri: `${issuer}.well-known/jwks.json`,
      revocation_endpoint: `${issuer}oauth/revoke`,
      end_session_endpoint: `${issuer}oidc/logout`,
      response_types_supported: ['code'],
      response_modes_supported: ['query', 'fragment', 'form_post', 'web_message'],
      code_challenge_methods_supported: ['S256', 'plain'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ['RS256', 'RS384', 'PS256', 'ES256', 'ES384'],
      dpop_signing_alg_values_supported: ['ES256'],
      request_uri_parameter_supported: false,
      request_parameter_supported: false,
    });
    expect(body['scopes_supported']).toHaveLength(14);
    expect(body['claims_supported']).toHaveLength(16);
  });

  it.each(paths)('names the issuer of the listener that is asked: %s', async (path) => {
    const { https } = trial.tenant.urls;
    expect(await askSecurely(path)).toMatchObject({
      issuer: `${https}/`,
      token_endpoint: `${https}/oauth/token`,
      jwks_uri: `${https}/.well-known/jwks.json`,
      tls_client_certificate_bound_access_tokens: true,
      mtls_endpoint_aliases: {
        token_endpoint: `${https}/oauth/token`,
        userinfo_endpoint: `${https}/userinfo`,
      },
    });
  });

  it('names no endpoint that is not served', async () => {
    const { body } = await trial.ask<Record<string, unknown>>('GET', paths[0] ?? '');
    const endpoints = Object.entries(body).filter(([name]) => /_(endpoint|uri)$/.test(name));
    expect(endpoints.map(([name]) => name)).toContain('jwks_uri');
    for (const [name, url] of endpoints) {
      const { pathname } = new URL(String(url));
      const answers = await Promise.all(['GET', 'POST'].map((method) => trial.ask(method, pathname)));
      expect(
        answers.some(({ status }) => status !== 404),
        name,
      ).toBe(true);
    }
  });

  it('names the issuer that was chosen, on both listeners', async () => {
    const issuer = 'https://tenant.test:4443/';
    const tenant = await createTenant({ ephemeral: true, issuer });
    try {
      const response = await fetch(`${tenant.urls.http}${paths[0]}`);
      expect(await response.json()).toMatchObject({ issuer, token_endpoint: `${issuer}oauth/token` });
    } finally {
      await tenant.close();
    }
  });
});
