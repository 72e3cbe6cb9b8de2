import { Agent, request } from 'node:https';
import { json } from 'node:stream/consumers';
import { clientCredentialsGrant, ClientSecretPost, customFetch, discovery } from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boundSeed } from '../../support/bound-seed.js';
import { createClientCertificate } from '../../support/create-client-certificate.js';
import { createFetchWithCa } from '../../support/fetch-with-ca.js';
import { readToken, type TokenAnswer } from '../../support/flow-requests.js';
import {
  applications,
  audience,
  startTrialTenant,
  users,
  type TrialTenant,
} from '../../support/trial-tenant.js';

const { client_id: clientId, client_secret: clientSecret } = applications.machine;
const machineRequest = { grant_type: 'client_credentials', ...applications.machine, audience };
const path = `/resource-servers/${encodeURIComponent(audience)}`;

/** Sends a form over the connections of an agent. */
function post(agent: Agent, url: string, form: Record<string, string>): Promise<TokenAnswer> {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return new Promise((resolve, reject) => {
    request(url, { agent, method: 'POST', headers }, (answer) =>
      resolve(json(answer) as Promise<TokenAnswer>),
    )
      .on('error', reject)
      .end(new URLSearchParams(form).toString());
  });
}

describe('a client certificate at the https listener', () => {
  const certificate = createClientCertificate();
  let trial: TrialTenant;
  beforeAll(async () => {
    trial = await startTrialTenant({ seed: boundSeed({ mechanism: 'mtls', required: true }) });
  });
  afterAll(() => trial.tenant.close());

  const send = async (
    identity: { cert?: string; key?: string },
    body: Record<string, string> = machineRequest,
  ): Promise<{ status: number; body: TokenAnswer }> => {
    const { urls, ca } = trial.tenant;
    const fetchSecurely = createFetchWithCa(ca, identity);
    const answer = await fetchSecurely(`${urls.https}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(body),
    });
    return { status: answer.status, body: (await answer.json()) as TokenAnswer };
  };

  it('binds the token to it', async () => {
    const { status, body } = await send(certificate);
    expect([status, body.token_type]).toEqual([200, 'Bearer']);
    expect(readToken(body.access_token).claims).toMatchObject({
      cnf: { 'x5t#S256': certificate.thumbprint },
    });
  });

  it('is what openid-client gets a token with, at the alias that the metadata name', async () => {
    const { urls, ca } = trial.tenant;
    const fetchSecurely = createFetchWithCa(ca, certificate);
    const config = await discovery(
      new URL(urls.https),
      clientId,
      { use_mtls_endpoint_aliases: true },
      ClientSecretPost(clientSecret),
      { [customFetch]: (url, init) => fetchSecurely(url, init as RequestInit) },
    );
    expect(config.serverMetadata()).toMatchObject({
      tls_client_certificate_bound_access_tokens: true,
      mtls_endpoint_aliases: { token_endpoint: `${urls.https}/oauth/token` },
    });
    const { access_token: token } = await clientCredentialsGrant(config, { audience });
    expect(readToken(token).claims).toMatchObject({ cnf: { 'x5t#S256': certificate.thumbprint } });
  });

  it.each([
    ['TLSv1.2', true],
    ['TLSv1.2', false],
    ['TLSv1.3', true],
    ['TLSv1.3', false],
  ] as const)(
    'is asked of clients that were there before an API wanted it: %s, keepAlive %s',
    async (version, keepAlive) => {
      const { urls, ca } = trial.tenant;
      const { cert, key } = certificate;
      const agent = new Agent({ ca, cert, key, keepAlive, minVersion: version, maxVersion: version });
      const ask = (): Promise<TokenAnswer> => post(agent, `${urls.https}/oauth/token`, machineRequest);
      await trial.manage('PATCH', path, { proof_of_possession: null });
      try {
        expect(readToken((await ask()).access_token).claims).not.toHaveProperty('cnf');
        await ask();
        await trial.manage('PATCH', path, { proof_of_possession: { mechanism: 'mtls', required: true } });
        expect(readToken((await ask()).access_token).claims).toHaveProperty('cnf');
      } finally {
        agent.destroy();
      }
    },
  );

  it('is missed where the API requires it, and the log says what helps', async () => {
    for (const answer of [
      await send({}),
      await trial.ask<TokenAnswer>('POST', '/oauth/token', { body: machineRequest }),
    ]) {
      expect([answer.status, answer.body.error]).toEqual([400, 'invalid_request']);
      expect(answer.body.error_description).toMatch(
        /^The API "My Express API" requires .*client certificate\.$/,
      );
    }
  });

  it('is nothing that a public application could have', async () => {
    const { email: username, password } = users.plain;
    const body = { grant_type: 'password', client_id: 'public-client', username, password, audience };
    const answer = await send(certificate, body);
    expect([answer.status, answer.body.error_description]).toEqual([
      400,
      'The API "My Express API" requires proof of possession by a client certificate. Public applications cannot have it.',
    ]);
  });

  it('lets its holder, and nobody else, see the profile of a user; it is asked for only while an API is about it', async () => {
    await trial.manage('PATCH', path, { proof_of_possession: { mechanism: 'mtls', required: false } });
    const { urls, ca } = trial.tenant;
    const { email: username, password } = users.plain;
    const user = { username, password, audience, scope: 'openid' };
    const { body } = await send(certificate, { grant_type: 'password', ...applications.web, ...user });
    expect(readToken(body.access_token).claims).toMatchObject({
      cnf: { 'x5t#S256': certificate.thumbprint },
    });
    const ask = async (identity: { cert?: string; key?: string }): Promise<number> => {
      const headers = { authorization: `Bearer ${body.access_token}` };
      return (await createFetchWithCa(ca, identity)(`${urls.https}/userinfo`, { headers })).status;
    };
    expect(await ask(certificate)).toBe(200);
    expect(await ask(createClientCertificate())).toBe(401);
    expect(await ask({})).toBe(401);
    // No API is about certificates now: the listener asks nobody, and browsers show no dialog.
    await trial.manage('PATCH', path, { proof_of_possession: null });
    expect(await ask(certificate)).toBe(401);
  });

  it('says nothing of aliases on the http listener, where there are no certificates', async () => {
    const { body } = await trial.ask<object>('GET', '/.well-known/openid-configuration');
    expect(body).not.toHaveProperty('mtls_endpoint_aliases');
    expect(body).not.toHaveProperty('tls_client_certificate_bound_access_tokens');
  });
});
