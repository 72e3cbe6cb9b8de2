import { beforeEach, describe, expect, it } from 'vitest';
import { createApi, updateApi } from '../../../src/tenant/apis.js';
import { createApplication, updateApplication } from '../../../src/tenant/applications.js';
import { createClientGrant } from '../../../src/tenant/client-grants.js';
import { createProver, type Prover } from '../../support/create-prover.js';
import { boundSeed } from '../../support/bound-seed.js';
import { lastLog, readToken, requestToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web } = applications;
const login = {
  grant_type: 'password',
  username: users.plain.email,
  password: users.plain.password,
  scope: 'openid',
};

describe('what a token is bound to', () => {
  let open: OpenTenant;
  let prover: Prover;
  beforeEach(async () => {
    open = await openTenant(boundSeed(null));
    prover = createProver(open);
    return () => open.close();
  });

  const policies = {
    none: null,
    allowed: { mechanism: 'dpop', required: false },
    required: { mechanism: 'dpop', required: true },
  };

  // The table of the real tenant's documentation: "Configure Sender Constraining".
  it.each([
    ['userinfo', false, false, 'none', 'bearer'],
    ['userinfo', false, true, 'none', 'bound'],
    ['userinfo', true, false, 'none', 'refused'],
    ['userinfo', true, true, 'none', 'bound'],
    ['API', false, false, 'none', 'bearer'],
    ['API', false, false, 'allowed', 'bearer'],
    ['API', false, false, 'required', 'refused'],
    ['API', false, true, 'none', 'bearer'],
    ['API', false, true, 'allowed', 'bound'],
    ['API', false, true, 'required', 'bound'],
    ['API', true, false, 'none', 'refused'],
    ['API', true, false, 'allowed', 'refused'],
    ['API', true, false, 'required', 'refused'],
    ['API', true, true, 'none', 'refused'],
    ['API', true, true, 'allowed', 'bound'],
    ['API', true, true, 'required', 'bound'],
  ] as const)(
    'for %s, application requires it: %s, proof sent: %s, policy of the API: %s: %s',
    async (target, isRequired, isSent, policy, outcome) => {
      updateApi(open.tenant, audience, { proof_of_possession: policies[policy] });
      updateApplication(open.tenant, web.client_id, { require_proof_of_possession: isRequired });
      const body = { ...web, ...login, ...(target === 'API' && { audience }) };
      const answer = await (isSent ? prover.request(body) : requestToken(open.ask, body));
      if (outcome === 'refused') {
        expect([answer.status, answer.body.error]).toEqual([
          400,
          policy === 'none' && target === 'API' ? 'invalid_request' : 'invalid_dpop_proof',
        ]);
        expect(lastLog(open).fix).toMatch(/^auth0 /);
        return;
      }
      expect([answer.status, answer.body.token_type]).toEqual([200, outcome === 'bound' ? 'DPoP' : 'Bearer']);
      expect(lastLog(open).description.endsWith(' (bound to a key)')).toBe(outcome === 'bound');
      if (target === 'userinfo') return;
      const { cnf } = readToken(answer.body.access_token).claims;
      expect(cnf).toEqual(outcome === 'bound' ? { jkt: prover.thumbprint } : undefined);
    },
  );

  it('is nothing where the API does not say it, and the log says how it does', async () => {
    const { body } = await prover.request({ ...web, ...login, audience });
    expect(body.token_type).toBe('Bearer');
    expect(lastLog(open)).toMatchObject({
      description: expect.stringContaining('bound to nothing'),
      fix: `auth0 apis update ${audience} --proof-of-possession dpop`,
    });
    updateApi(open.tenant, audience, { proof_of_possession: policies.allowed });
    await prover.request({ ...web, ...login, audience });
    expect(lastLog(open)).not.toHaveProperty('fix');
  });

  it('must be something for public applications alone, where the API says so', async () => {
    updateApi(open.tenant, audience, {
      proof_of_possession: { ...policies.required, required_for: 'public_clients' },
    });
    const ask = async (client: object): Promise<number> =>
      (await requestToken(open.ask, { ...client, ...login, audience })).status;
    expect([await ask(web), await ask({ client_id: 'public-client' })]).toEqual([200, 400]);
    expect(lastLog(open)).toMatchObject({
      audience,
      description: expect.stringContaining(
        'Let the client send a DPoP proof in the header DPoP, as auth0-spa-js',
      ),
      fix: `auth0 apis update ${audience} --proof-of-possession-required=false`,
    });
  });

  it('must be a certificate where the API says so; the log says first how the client sends one', async () => {
    updateApi(open.tenant, audience, { proof_of_possession: { mechanism: 'mtls', required: true } });
    await requestToken(open.ask, { ...web, ...login, audience });
    expect(lastLog(open)).toMatchObject({
      audience,
      description: expect.stringMatching(/ to the https address, with a client certificate\.$/),
      fix: `auth0 apis update ${audience} --proof-of-possession-required=false`,
    });
  });

  it('is no certificate of a public application, which has none', async () => {
    updateApi(open.tenant, audience, { proof_of_possession: { mechanism: 'mtls', required: true } });
    const client = { client_id: 'public-client' };
    const { status, body } = await prover.request({ ...client, ...login, audience });
    expect([status, body]).toEqual([
      400,
      {
        error: 'invalid_request',
        error_description:
          'The API "My Express API" requires proof of possession by a client certificate. Public applications cannot have it.',
      },
    ]);
    expect(lastLog(open).fix).toBe('auth0 apps update public-client --auth-method Post');
  });

  it('can be nothing in the name of a user whose token is exchanged, whatever the API says', async () => {
    updateApi(open.tenant, audience, { allow_offline_access: false });
    const { tenant } = open;
    const { body: subject } = await requestToken(open.ask, { ...web, ...login, audience });
    const middle = createApplication(tenant, {
      name: 'Middle',
      app_type: 'resource_server',
      resource_server_identifier: audience,
      token_exchange: { allow_any_profile_of_type: ['on_behalf_of_token_exchange'] },
    });
    const { client_id, client_secret } = middle;
    const { identifier } = createApi(tenant, {
      identifier: 'urn:downstream',
      scopes: [{ value: 'read:more' }],
      skip_consent_for_verifiable_first_party_clients: true,
      proof_of_possession: policies.required,
    });
    createClientGrant(tenant, {
      client_id,
      audience: identifier,
      scope: ['read:more'],
      subject_type: 'user',
    });
    const accessToken = 'urn:ietf:params:oauth:token-type:access_token';
    const exchange = {
      grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
      client_id,
      client_secret,
      subject_token: subject.access_token,
      subject_token_type: accessToken,
      requested_token_type: accessToken,
      audience: identifier,
    };
    const bearer = await requestToken(open.ask, exchange);
    expect([bearer.status, bearer.body.token_type]).toEqual([200, 'Bearer']);
    const { body } = await prover.request(exchange);
    expect(readToken(body.access_token).claims['cnf']).toEqual({ jkt: prover.thumbprint });
  });
});
