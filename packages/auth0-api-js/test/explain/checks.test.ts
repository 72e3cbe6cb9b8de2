import { describe, expect, it } from 'vitest';
import { explainAccessToken, type CheckName } from '@auth0/auth0-api-js/explain';
import { badTokens, createTestIssuer, type BadTokenName } from '@auth0/auth0-api-js/testing';
import { ApiClient, type UnavailableReason } from '@auth0/auth0-api-js';
import { findCheckName, type CheckedReason } from '../../src/explain/check-names.js';
import { checks } from '../../src/explain/checks.js';
import { findFix } from '../../src/explain/fixes.js';
import { descriptions } from '../../src/reasons.js';
import { segment } from '../support/bench.js';
import { createExplainBench, findFailed, makeToken, type Ingredients } from '../support/explain-bench.js';

/** Asks for everything that can be asked for, so that every check is made. */
const { client } = createExplainBench({
  unknownConfirmation: 'refuse',
  profile: 'rfc9068',
  claims: { plan: 'gold' },
  maxTokenAgeSeconds: 7200,
  maxTokenLifetimeSeconds: 86_400,
  validate: ({ blocked }) => blocked !== true,
});
const now = Math.floor(Date.now() / 1000);
const scopes = ['read:messages'];

/** A token that this client accepts, changed. */
function make({ claims, ...others }: Ingredients): string {
  return makeToken({ ...others, claims: { client_id: 'app', jti: 'j', plan: 'gold', ...claims } });
}

/** A token for each reason: a good one with one thing changed. */
const tokens: Readonly<Record<Exclude<CheckedReason, UnavailableReason>, Ingredients>> = {
  credentials_missing: { change: () => '' },
  token_too_large: { claims: { large: 'x'.repeat(16_384) } },
  token_opaque: { change: (token) => token.replaceAll('.', '') },
  token_encrypted: { change: (token) => `${token}.a.b` },
  token_malformed: { change: (token) => `${token}=` },
  header_malformed: { change: (token) => token.replace(/^[^.]*/, segment('[]')) },
  critical_header: { header: { crit: ['exp'] } },
  encryption_header: { header: { cty: 'JWT' } },
  type_not_accepted: { header: { typ: 'logout+jwt' } },
  algorithm_missing: { header: { alg: undefined } },
  algorithm_symmetric: { header: { alg: 'HS256' } },
  algorithm_not_allowed: { header: { alg: 'RS256' } },
  key_id_invalid: { header: { kid: 7 } },
  issuer_missing: { claims: { iss: undefined } },
  issuer_mismatch: { claims: { iss: 'https://issuer.test' } },
  unknown_key: { header: { kid: 'unknown' } },
  signature_invalid: { change: (token) => token.replace(/[^.]*$/, segment(Buffer.alloc(64))) },
  audience_missing: { claims: { aud: undefined } },
  audience_mismatch: { claims: { aud: 'https://other.example.com' } },
  id_token: { claims: { aud: 'client', nonce: 'n' } },
  claim_missing: { claims: { plan: undefined } },
  claim_invalid: { claims: { jti: 7 } },
  claim_mismatch: { claims: { plan: 'free' } },
  expiry_missing: { claims: { exp: undefined } },
  expiry_invalid: { claims: { exp: 'tomorrow' } },
  issued_at_missing: { claims: { iat: undefined } },
  issued_at_invalid: { claims: { iat: 'today' } },
  not_before_invalid: { claims: { nbf: null } },
  issued_in_future: { claims: { iat: now + 3600, exp: now + 7200 } },
  token_not_yet_valid: { claims: { nbf: now + 3600 } },
  token_expired: { claims: { exp: now - 3600 } },
  token_too_old: { claims: { iat: now - 8000 } },
  lifetime_not_accepted: { claims: { exp: now + 100_000 } },
  confirmation_invalid: { claims: { cnf: 'x' } },
  confirmation_unknown: { claims: { cnf: { kid: 'x' } } },
  dpop_bound_token: { claims: { cnf: { jkt: 'x' } } },
  certificate_bound_token: { claims: { cnf: { 'x5t#S256': 'x' } } },
  claims_rejected: { claims: { blocked: true } },
  insufficient_scope: { claims: { scope: 'openid' } },
};

/** What a caller reads where the reason's own text names no claim. */
const naming: Readonly<Partial<Record<CheckedReason, string>>> = {
  claim_missing: 'missing required "plan" claim',
  claim_invalid: '"jti" claim must be a string',
  claim_mismatch: 'unexpected "plan" claim value',
};

describe('explainAccessToken', () => {
  it.each(Object.entries(tokens) as [keyof typeof tokens, Ingredients][])(
    'knows which check gives %s: those before it have passed, those behind it were not reached',
    async (reason, ingredients) => {
      const explanation = await explainAccessToken(client, make(ingredients), { scopes });
      expect(explanation).toMatchObject({
        verdict: 'refused',
        statusCode: reason === 'insufficient_scope' ? 403 : 401,
        reason,
      });
      expect(explanation.description ?? '').toBe(naming[reason] ?? descriptions[reason]);
      const { name, fix, found } = findFailed(explanation);
      expect(name).toBe(findCheckName(reason));
      expect(fix).toBe(findFix(reason, { header: {} }));
      expect(found).not.toBe('');
      expect(explanation.checks.map((check) => check.name)).toEqual(checks.map((check) => check.name));
      for (const check of explanation.checks) {
        expect('found' in check).toBe(check.outcome !== 'not_reached');
        expect('fix' in check).toBe(check.outcome === 'failed');
      }
    },
  );

  const thumbprint = 'Ab-_'.repeat(11).slice(1);
  it.each([
    ['dpop_bound_token', 'jkt', 'key', 'a DPoP proof by this key'],
    ['certificate_bound_token', 'x5t#S256', 'certificate', 'this client certificate'],
  ] as const)(
    'says of a good token that is refused as a bearer, %s, who can use it',
    async (reason, member, of, proof) => {
      const explanation = await explainAccessToken(
        client,
        make({ claims: { cnf: { [member]: thumbprint } } }),
      );
      expect(findFailed(explanation)).toMatchObject({
        expected: expect.stringContaining('here it is judged as a bearer'),
        found: `Bound to the ${of} ${thumbprint}: refused as a bearer, as it is from a thief; with ${proof} it passes`,
        fix: expect.stringContaining('then it is accepted'),
      });
      expect(explanation.reason).toBe(reason);
      // Nobody has a key with such a thumbprint.
      const broken = await explainAccessToken(client, make({ claims: { cnf: { [member]: 'x' } } }));
      expect([broken.reason, findFailed(broken).found]).toEqual([reason, `cnf with ${member}`]);
    },
  );

  it('gives every check a sentence of its own for what is expected', async () => {
    const { checks: made } = await explainAccessToken(client, make({}), { scopes });
    expect(new Set(made.map(({ expected }) => expected)).size).toBe(made.length);
    expect(made.map(({ outcome }) => outcome)).toEqual(made.map(() => 'passed'));
  });

  it.each(Object.keys(badTokens) as BadTokenName[])(
    'explains the bad token %s of the test kit',
    async (bad) => {
      const issuer = await createTestIssuer();
      const { domain, audience, fetch: customFetch } = issuer;
      const explained = new ApiClient({ domain, audience, customFetch });
      const { reason } = badTokens[bad];
      const explanation = await explainAccessToken(explained, issuer.badToken(bad));
      expect(explanation).toMatchObject({ verdict: 'refused', reason });
      expect(findFailed(explanation).name).toBe(findCheckName(reason));
    },
  );
});

/** What makes each check fail. Those that change the same member are written so that the earlier one wins. */
const spoilers: Readonly<Record<CheckName, Ingredients>> = {
  form: tokens.token_malformed,
  header_extensions: tokens.critical_header,
  type: tokens.type_not_accepted,
  algorithm: tokens.algorithm_not_allowed,
  key_id: tokens.key_id_invalid,
  issuer: tokens.issuer_mismatch,
  key: tokens.unknown_key,
  signature: tokens.signature_invalid,
  audience: tokens.audience_mismatch,
  claims: tokens.claim_mismatch,
  times_present: { claims: { exp: undefined, nbf: 'x' } },
  issued_at: { claims: { iat: now + 3600 } },
  not_before: tokens.token_not_yet_valid,
  expiry: tokens.token_expired,
  lifetime: tokens.token_too_old,
  binding: tokens.dpop_bound_token,
  application: tokens.claims_rejected,
  scopes: tokens.insufficient_scope,
};

const pairs = checks.flatMap(({ name: earlier }, index) =>
  checks.slice(index + 1).map(({ name: later }) => [earlier, later] as const),
);

describe('the order of the checks', () => {
  it.each(pairs)('is that of the pipeline: %s before %s', async (earlier, later) => {
    const [first, second] = [spoilers[earlier], spoilers[later]];
    const token = make({
      header: { ...second.header, ...first.header },
      claims: { ...second.claims, ...first.claims },
      change: (made) => (first.change ?? String)((second.change ?? String)(made)),
    });
    expect(findFailed(await explainAccessToken(client, token, { scopes })).name).toBe(earlier);
  });

  it('is tried with tokens that fail the later check, too', async () => {
    for (const [name, spoiler] of Object.entries(spoilers)) {
      expect(findFailed(await explainAccessToken(client, make(spoiler), { scopes })).name).toBe(name);
    }
  });
});
