import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateApi } from '../../../src/tenant/apis.js';
import { updateApplication } from '../../../src/tenant/applications.js';
import { boundSeed } from '../../support/bound-seed.js';
import { createProver, type Prover } from '../../support/create-prover.js';
import { createCode, lastLog, readToken, redirectUri, requestToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience } from '../../support/trial-tenant.js';

const { web, machine } = applications;
const publicClient = { client_id: 'public-client' };
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

const policies = {
  'no API': undefined,
  'an API that says nothing': null,
  'an API that takes keys': { mechanism: 'dpop', required: false },
  'an API that requires keys': { mechanism: 'dpop', required: true },
  'an API that requires keys of all': { mechanism: 'dpop', required: true, required_for: 'all_clients' },
  'an API that requires keys of public applications': {
    mechanism: 'dpop',
    required: true,
    required_for: 'public_clients',
  },
  'an API that takes certificates': { mechanism: 'mtls', required: false },
  'an API that requires certificates': { mechanism: 'mtls', required: true },
} as const;

type Policy = keyof typeof policies;
type Outcome = 'bearer' | 'bound' | 'refused';

/** What comes of it: without and with a proof, then the same where the application requires it. */
type Outcomes = readonly [Outcome, Outcome, Outcome, Outcome];
const cases = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const;

const free: Outcomes = ['bearer', 'bound', 'refused', 'bound'];
const unbound: Outcomes = ['bearer', 'bearer', 'refused', 'refused'];
const strict: Outcomes = ['refused', 'bound', 'refused', 'bound'];
const never: Outcomes = ['refused', 'refused', 'refused', 'refused'];

const confidential: readonly (readonly [Policy, Outcomes])[] = [
  ['an API that says nothing', unbound],
  ['an API that takes keys', free],
  ['an API that requires keys', strict],
  ['an API that requires keys of all', strict],
  ['an API that requires keys of public applications', free],
  ['an API that takes certificates', unbound],
  ['an API that requires certificates', never],
];
const tables: readonly (readonly [
  grant: string,
  client: { readonly client_id: string },
  rows: typeof confidential,
])[] = [
  ['client_credentials', machine, confidential],
  ['authorization_code', web, [['no API', free], ...confidential]],
  [
    'authorization_code',
    publicClient,
    [
      ['no API', free],
      ['an API that says nothing', unbound],
      ['an API that takes keys', free],
      ['an API that requires keys', strict],
      ['an API that requires keys of all', strict],
      ['an API that requires keys of public applications', strict],
      ['an API that takes certificates', unbound],
      ['an API that requires certificates', never],
    ],
  ],
];

const rows = tables.flatMap(([grant, client, outcomes]) =>
  outcomes.flatMap(([policy, each]) =>
    cases.map(([isRequired, isSent], index) => ({
      grant,
      client,
      policy,
      isRequired,
      isSent,
      outcome: each[index] as Outcome,
      name: `${client.client_id}, ${grant}, ${policy}`,
    })),
  ),
);

describe('who gets which token', () => {
  let open: OpenTenant;
  let prover: Prover;
  beforeAll(async () => {
    open = await openTenant(boundSeed(null));
    prover = createProver(open);
  });
  afterAll(() => open.close());

  function begin(grant: string, clientId: string, isApi: boolean): Record<string, unknown> {
    if (grant === 'client_credentials') return { grant_type: grant, audience };
    const code = createCode(open, {
      client_id: clientId,
      code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      code_challenge_method: 'S256',
      ...(!isApi && { access: { audience: undefined, scopes: ['openid'] } }),
    });
    return { grant_type: grant, code, code_verifier: verifier, redirect_uri: redirectUri };
  }

  it.each(rows)(
    '$name; required by the application: $isRequired; proof: $isSent; $outcome',
    async ({ grant, client, policy, isRequired, isSent, outcome }) => {
      const setting = policies[policy];
      updateApi(open.tenant, audience, { proof_of_possession: setting ?? null });
      updateApplication(open.tenant, client.client_id, { require_proof_of_possession: isRequired });
      const body = { ...client, ...begin(grant, client.client_id, setting !== undefined) };
      const answer = await (isSent ? prover.request(body) : requestToken(open.ask, body));

      if (outcome === 'refused') {
        const isForKeys = policy === 'no API' || setting?.mechanism === 'dpop';
        expect([answer.status, answer.body]).toEqual([
          400,
          {
            error: isForKeys ? 'invalid_dpop_proof' : 'invalid_request',
            error_description: expect.stringMatching(
              /^The (API|application) ".+" requires proof of possession/,
            ),
          },
        ]);
        expect(lastLog(open)).toMatchObject({
          type: grant === 'client_credentials' ? 'feccft' : 'feacft',
          client_id: client.client_id,
          description: answer.body.error_description,
          fix: expect.stringMatching(/^auth0 /),
        });
        return;
      }
      const isBound = outcome === 'bound';
      expect([answer.status, answer.body.token_type]).toEqual([200, isBound ? 'DPoP' : 'Bearer']);
      if (policy === 'no API') {
        // An opaque token does not tell: who may use it does.
        const headers = { authorization: `Bearer ${answer.body.access_token}` };
        const alone = await open.ask('GET', '/userinfo', { headers });
        expect(alone.status).toBe(isBound ? 401 : 200);
        const proven = prover.headers(answer.body.access_token, 'GET', '/userinfo');
        expect((await open.ask('GET', '/userinfo', { headers: proven })).status).toBe(isBound ? 200 : 401);
        return;
      }
      expect(readToken(answer.body.access_token).claims['cnf']).toEqual(
        isBound ? { jkt: prover.thumbprint } : undefined,
      );
    },
  );
});
