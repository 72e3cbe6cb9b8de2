import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  AuthError,
  certificateThumbprint,
  InvalidDpopProofError,
  InvalidRequestError,
  VerifyAccessTokenError,
  type DpopOptions,
  type VerifyAccessTokenOptions,
} from '@auth0/auth0-api-js';
import { dpopOff } from '@auth0/auth0-api-js/adapter';
import type { RefusalReason } from '../../../src/reasons.js';
import { createCertificate } from '../../support/create-certificate.js';
import {
  boundToken,
  createProofBench,
  jwkOf,
  proofFor,
  proofIssuer,
  proofKey,
  thumbprintOf,
  url,
} from '../../support/proof-bench.js';

const modes = ['allowed', 'required', 'disabled', 'off'] as const;
type Mode = (typeof modes)[number];

const options: Readonly<Record<Mode, DpopOptions>> = {
  allowed: { mode: 'allowed' },
  required: { mode: 'required' },
  disabled: { mode: 'disabled' },
  off: dpopOff,
};

/** The challenges of each mode where no token was sent. */
const bareChallenges: Readonly<Record<Mode, readonly string[]>> = {
  allowed: ['Bearer realm="api"', 'DPoP algs="ES256"'],
  required: ['DPoP algs="ES256"'],
  disabled: ['Bearer realm="api"'],
  off: ['Bearer realm="api"'],
};

/** What a refusal is, and the challenge that takes the place of the bare one of its scheme. */
interface Refusal {
  readonly type: abstract new (...given: never) => AuthError;
  readonly code: string;
  readonly statusCode: number;
  readonly challenge?: string;
}

const refusals = {
  credentials_missing: {
    type: VerifyAccessTokenError,
    code: 'verify_access_token_error',
    statusCode: 401,
  },
  invalid_auth_scheme: {
    type: InvalidRequestError,
    code: 'invalid_request',
    statusCode: 400,
  },
  dpop_bound_token: {
    type: VerifyAccessTokenError,
    code: 'verify_access_token_error',
    statusCode: 401,
    challenge:
      'Bearer realm="api", error="invalid_token", error_description="DPoP-bound token requires the DPoP authentication scheme, not Bearer"',
  },
  proof_with_bearer: {
    type: InvalidRequestError,
    code: 'invalid_request',
    statusCode: 400,
    challenge:
      'Bearer realm="api", error="invalid_request", error_description="DPoP proof requires the DPoP authentication scheme, not Bearer"',
  },
  dpop_binding_missing: {
    type: VerifyAccessTokenError,
    code: 'verify_access_token_error',
    statusCode: 401,
    challenge:
      'DPoP error="invalid_token", error_description="JWT Access Token has no jkt confirmation claim", algs="ES256"',
  },
  proof_missing: {
    type: InvalidDpopProofError,
    code: 'invalid_dpop_proof',
    statusCode: 401,
    challenge: 'DPoP error="invalid_dpop_proof", error_description="A DPoP proof is required", algs="ES256"',
  },
  http_method_missing: {
    type: InvalidRequestError,
    code: 'invalid_request',
    statusCode: 400,
    challenge:
      'DPoP error="invalid_request", error_description="HTTP method is required for DPoP validation", algs="ES256"',
  },
  http_url_missing: {
    type: InvalidRequestError,
    code: 'invalid_request',
    statusCode: 400,
    challenge:
      'DPoP error="invalid_request", error_description="HTTP URL is required for DPoP validation", algs="ES256"',
  },
} satisfies Partial<Record<RefusalReason, Refusal>>;

/** What becomes of a request; `ignored` is accepted with the event that says so. */
type Outcome = 'accepted' | 'ignored' | keyof typeof refusals;

type Token = 'bound' | 'unbound' | 'missing';
type Scheme = 'none' | 'Bearer' | 'DPoP' | 'Basic';

/** Mode, scheme, token, and what becomes of it without a proof, with the method only, and with a good proof. */
const matrix: readonly (readonly [Mode, Scheme, Token, Outcome, Outcome, Outcome])[] = [
  ['allowed', 'none', 'unbound', 'accepted', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['allowed', 'none', 'bound', 'dpop_bound_token', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['allowed', 'none', 'missing', 'credentials_missing', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['allowed', 'Bearer', 'unbound', 'accepted', 'accepted', 'proof_with_bearer'],
  ['allowed', 'Bearer', 'bound', 'dpop_bound_token', 'dpop_bound_token', 'dpop_bound_token'],
  ['allowed', 'Bearer', 'missing', 'credentials_missing', 'credentials_missing', 'credentials_missing'],
  ['allowed', 'DPoP', 'unbound', 'dpop_binding_missing', 'dpop_binding_missing', 'dpop_binding_missing'],
  ['allowed', 'DPoP', 'bound', 'http_method_missing', 'proof_missing', 'accepted'],
  ['allowed', 'DPoP', 'missing', 'credentials_missing', 'credentials_missing', 'credentials_missing'],
  ['allowed', 'Basic', 'unbound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['allowed', 'Basic', 'bound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['allowed', 'Basic', 'missing', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],

  ['required', 'none', 'unbound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['required', 'none', 'bound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['required', 'none', 'missing', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['required', 'Bearer', 'unbound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['required', 'Bearer', 'bound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['required', 'Bearer', 'missing', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['required', 'DPoP', 'unbound', 'dpop_binding_missing', 'dpop_binding_missing', 'dpop_binding_missing'],
  ['required', 'DPoP', 'bound', 'http_method_missing', 'proof_missing', 'accepted'],
  ['required', 'DPoP', 'missing', 'credentials_missing', 'credentials_missing', 'credentials_missing'],
  ['required', 'Basic', 'bound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],

  ['disabled', 'none', 'unbound', 'accepted', 'accepted', 'accepted'],
  ['disabled', 'none', 'bound', 'ignored', 'ignored', 'ignored'],
  ['disabled', 'none', 'missing', 'credentials_missing', 'credentials_missing', 'credentials_missing'],
  ['disabled', 'Bearer', 'unbound', 'accepted', 'accepted', 'accepted'],
  ['disabled', 'Bearer', 'bound', 'ignored', 'ignored', 'ignored'],
  ['disabled', 'Bearer', 'missing', 'credentials_missing', 'credentials_missing', 'credentials_missing'],
  ['disabled', 'DPoP', 'unbound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['disabled', 'DPoP', 'bound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['disabled', 'DPoP', 'missing', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['disabled', 'Basic', 'bound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],

  ['off', 'none', 'unbound', 'accepted', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['off', 'none', 'bound', 'dpop_bound_token', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['off', 'Bearer', 'unbound', 'accepted', 'accepted', 'accepted'],
  ['off', 'Bearer', 'bound', 'dpop_bound_token', 'dpop_bound_token', 'dpop_bound_token'],
  ['off', 'Bearer', 'missing', 'credentials_missing', 'credentials_missing', 'credentials_missing'],
  ['off', 'DPoP', 'unbound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['off', 'DPoP', 'bound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['off', 'DPoP', 'missing', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
  ['off', 'Basic', 'bound', 'invalid_auth_scheme', 'invalid_auth_scheme', 'invalid_auth_scheme'],
];

const tokens: Readonly<Record<Token, () => string>> = {
  bound: () => boundToken(),
  unbound: () => proofIssuer.accessToken(),
  missing: () => '',
};

const benches = Object.fromEntries(
  modes.map((mode) => [mode, createProofBench({ dpop: options[mode] })]),
) as Record<Mode, ReturnType<typeof createProofBench>>;
for (const mode of modes) await benches[mode].client.ready();

/** Sends a request, and expects its outcome, the event of it, and that nobody is asked. */
async function expectOutcome(mode: Mode, sent: VerifyAccessTokenOptions, outcome: Outcome): Promise<void> {
  const { client, events, requests } = benches[mode];
  events.length = 0;
  requests.length = 0;
  const result: unknown = await client.verifyAccessToken(sent).catch((error: unknown) => error);
  expect(requests).toEqual([]);
  if (outcome === 'accepted' || outcome === 'ignored') {
    expect(result).toMatchObject({ iss: proofIssuer.issuer, aud: proofIssuer.audience });
    expect(events).toEqual(outcome === 'ignored' ? [{ type: 'binding_ignored', method: 'dpop' }] : []);
    return;
  }
  const { type, code, statusCode, challenge }: Refusal = refusals[outcome];
  expect(result).toBeInstanceOf(type);
  expect(result).toMatchObject({ code, statusCode, reason: outcome });
  expect((result as AuthError).headers).toEqual({ 'www-authenticate': challengesOf(mode, challenge) });
  expect(events).toEqual([{ type: 'refusal', reason: outcome, statusCode, issuer: proofIssuer.issuer }]);
}

/** The bare challenges of a mode, with one that has an error in the place of the one of its scheme. */
function challengesOf(mode: Mode, challenge: string | undefined): readonly string[] {
  const schemeOf = (value: string): string | undefined => value.split(' ')[0];
  const isReplaced = (bare: string): boolean =>
    challenge !== undefined && schemeOf(bare) === schemeOf(challenge);
  return bareChallenges[mode].map((bare) => (isReplaced(bare) ? String(challenge) : bare));
}

describe('a request, by mode, scheme, token and proof', () => {
  describe.each(matrix)('%s, scheme %s, %s token', (mode, name, kind, alone, withMethod, proven) => {
    const scheme = name === 'none' ? {} : { scheme: name };
    const request = { httpMethod: 'GET', httpUrl: url };

    it(`without method and proof: ${alone}`, async () => {
      await expectOutcome(mode, { accessToken: tokens[kind](), httpUrl: url, ...scheme }, alone);
    });

    it(`without a proof: ${withMethod}`, async () => {
      await expectOutcome(mode, { accessToken: tokens[kind](), ...request, ...scheme }, withMethod);
    });

    it(`with a good proof: ${proven}`, async () => {
      const accessToken = tokens[kind]();
      const dpopProof = proofFor(accessToken);
      await expectOutcome(mode, { accessToken, dpopProof, ...request, ...scheme }, proven);
    });
  });

  it('has every mode and scheme in it, with a bound token at least', () => {
    const rows = new Set(matrix.map(([mode, scheme, kind]) => `${mode} ${scheme} ${kind}`));
    expect(rows.size).toBe(matrix.length);
    for (const mode of modes)
      for (const scheme of ['none', 'Bearer', 'DPoP', 'Basic'])
        expect(rows).toContain(`${mode} ${scheme} bound`);
  });

  it.each(['dpop', 'DPOP', 'dPoP'])('knows the scheme in any case: %s', async (scheme) => {
    const accessToken = boundToken();
    const request = { accessToken, scheme, httpMethod: 'GET', httpUrl: url };
    await expectOutcome('allowed', { ...request, dpopProof: proofFor(accessToken) }, 'accepted');
    await expectOutcome('allowed', request, 'proof_missing');
    await expectOutcome('disabled', request, 'invalid_auth_scheme');
  });

  it.each(['', 'bearer ', ' dpop', 'dpop,bearer', 'DPoP x', '__proto__', 'toString'])(
    'knows no scheme %j',
    async (scheme) => {
      const accessToken = proofIssuer.accessToken();
      for (const mode of modes) await expectOutcome(mode, { accessToken, scheme }, 'invalid_auth_scheme');
    },
  );

  it('is told what is missing, where a proof has nothing to be checked by', async () => {
    const accessToken = boundToken();
    const proven = { accessToken, scheme: 'DPoP', dpopProof: proofFor(accessToken) };
    await expectOutcome('allowed', { ...proven, httpUrl: url }, 'http_method_missing');
    await expectOutcome('allowed', { ...proven, httpMethod: '', httpUrl: url }, 'http_method_missing');
    await expectOutcome('required', { ...proven, httpMethod: 'GET' }, 'http_url_missing');
    await expectOutcome('allowed', { ...proven, httpMethod: 'GET', httpUrl: url }, 'accepted');
  });

  it('uses up no proof by being refused', async () => {
    const accessToken = boundToken();
    const request = { accessToken, dpopProof: proofFor(accessToken), httpMethod: 'GET', httpUrl: url };
    await expectOutcome('allowed', { ...request, scheme: 'Bearer' }, 'dpop_bound_token');
    await expectOutcome('allowed', request, 'invalid_auth_scheme');
    await expectOutcome('allowed', { ...request, scheme: 'DPoP' }, 'accepted');
  });

  it('is checked as one that may be bound, where the options say nothing of DPoP', async () => {
    const bench = createProofBench();
    const token = boundToken();
    expect(await bench.judge(token, proofFor(token))).toBe('accepted');
    expect(await bench.judge(token, undefined, { scheme: 'Bearer' })).toBe('dpop_bound_token');
    expect(await bench.judge(proofIssuer.accessToken(), undefined, { scheme: 'Bearer' })).toBe('accepted');
  });
});

const ownCertificate = createCertificate(generateKeyPairSync('ed25519'));
const otherCertificate = createCertificate(generateKeyPairSync('ed25519'));
const jkt = thumbprintOf(jwkOf(proofKey));
const otherKey = thumbprintOf({ kty: 'EC' });
const x5t = certificateThumbprint(ownCertificate);

describe('H5, a token that is bound to a key and to a certificate', () => {
  const { client, events, requests } = createProofBench({ mtls: {} });

  it.each<[string, string, string | undefined, boolean, RefusalReason | 'accepted']>([
    ['key and certificate', jkt, ownCertificate, true, 'accepted'],
    ['the key only', jkt, undefined, true, 'certificate_bound_token'],
    ['the key and another certificate', jkt, otherCertificate, true, 'certificate_binding_mismatch'],
    ['the certificate only', jkt, ownCertificate, false, 'proof_missing'],
    ['the certificate and another key', otherKey, ownCertificate, true, 'dpop_binding_mismatch'],
    ['neither', jkt, undefined, false, 'proof_missing'],
  ])('H5 comes with %s', async (_what, thumbprint, clientCertificate, isProven, expected) => {
    await client.ready();
    events.length = 0;
    requests.length = 0;
    const accessToken = proofIssuer.accessToken({ cnf: { jkt: thumbprint, 'x5t#S256': x5t } });
    const request = { accessToken, scheme: 'DPoP', httpMethod: 'GET', httpUrl: url };
    const result: unknown = await client
      .verifyAccessToken({
        ...request,
        ...(isProven && { dpopProof: proofFor(accessToken) }),
        ...(clientCertificate !== undefined && { clientCertificate }),
      })
      .catch((error: unknown) => error);
    expect(requests).toEqual([]);
    if (expected === 'accepted') {
      expect(result).toMatchObject({ cnf: { jkt, 'x5t#S256': x5t } });
      expect(events).toEqual([]);
      return;
    }
    expect(result).toBeInstanceOf(
      expected === 'proof_missing' ? InvalidDpopProofError : VerifyAccessTokenError,
    );
    expect(result).toMatchObject({ reason: expected, statusCode: 401 });
    expect(events).toEqual([
      { type: 'refusal', reason: expected, statusCode: 401, issuer: proofIssuer.issuer },
    ]);
  });

  it('H5 is refused as a bearer token, with the certificate, and uses up no proof without it', async () => {
    const accessToken = proofIssuer.accessToken({ cnf: { jkt, 'x5t#S256': x5t } });
    const request = { accessToken, httpMethod: 'GET', httpUrl: url, dpopProof: proofFor(accessToken) };
    const certain = { ...request, clientCertificate: ownCertificate };
    await expect(client.verifyAccessToken({ ...certain, scheme: 'Bearer' })).rejects.toMatchObject({
      reason: 'dpop_bound_token',
    });
    await expect(client.verifyAccessToken({ ...request, scheme: 'DPoP' })).rejects.toMatchObject({
      reason: 'certificate_bound_token',
    });
    expect(await client.verifyAccessToken({ ...certain, scheme: 'DPoP' })).toBeDefined();
    await expect(client.verifyAccessToken({ ...certain, scheme: 'DPoP' })).rejects.toMatchObject({
      reason: 'proof_replayed',
    });
  });
});

describe('H6, a token that is bound in a way that is not known', () => {
  const bench = createProofBench({ unknownConfirmation: 'refuse' });
  const lax = createProofBench();

  it.each<[string, object, string]>([
    ['another way beside the key', { jkt, kid: 'k' }, 'confirmation_unknown'],
    ['another way in place of the key', { jwk: jwkOf(proofKey) }, 'confirmation_unknown'],
    ['the key in another case', { jkt, JKT: jkt }, 'confirmation_unknown'],
    ['the key', { jkt }, 'accepted'],
  ])('H6 has %s', async (_what, cnf, expected) => {
    await bench.client.ready();
    bench.requests.length = 0;
    const token = proofIssuer.accessToken({ cnf });
    expect(await bench.judge(token, proofFor(token))).toBe(expected);
    expect(await lax.judge(token, proofFor(token))).toBe('jkt' in cnf ? 'accepted' : 'dpop_binding_missing');
    expect(bench.requests).toEqual([]);
    if (expected === 'accepted') return;
    const refusal = await bench.refuse(token, proofFor(token));
    expect(refusal).toBeInstanceOf(VerifyAccessTokenError);
    expect(refusal.statusCode).toBe(401);
    expect(refusal.headers['www-authenticate']).toEqual([
      'Bearer realm="api"',
      'DPoP error="invalid_token", error_description="The token is bound in a way that is not supported", algs="ES256"',
    ]);
  });
});
