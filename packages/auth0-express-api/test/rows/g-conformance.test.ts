import { memoryReplayStore, requiresAuth } from '@auth0/auth0-express-api';
import { createDpopClient, createTestIssuer } from '@auth0/auth0-api-js/testing';
import { describe, expect, it } from 'vitest';
import { startTrialApi } from '../support/trial-api.js';

/** One issuer and one store: the API is another one for each block. */
const issuer = await createTestIssuer();
const replay = memoryReplayStore();
const dpopClient = createDpopClient();
const token = issuer.boundToken(dpopClient);
const target = '/accounts?b=c';
const url = `http://localhost${target}`;

interface Asked {
  /** The header lines. */
  readonly lines: readonly string[];
  readonly method?: string;
}

/** The URL without its query, whatever comes after it. */
const plainUrl = 'http://localhost/accounts';

/** A request with the token and these proofs. */
const withProofs = (...proofs: readonly string[]): Asked => ({
  lines: [`Authorization: DPoP ${token}`, ...proofs.map((proof) => `DPoP: ${proof}`)],
});
const proofWith = (claims: object = {}, header: object = {}): string =>
  dpopClient.proof({ url, accessToken: token }, { ...claims }, { ...header });
const request = { url, accessToken: token };
const hour = 3600;
const now = (): number => Math.floor(Date.now() / 1000);
const usedProof = proofWith();
const rsaClient = createDpopClient({ algorithm: 'RS256' });
const otherClient = createDpopClient();

const accepted = [200, undefined];
const refused = (reason: string): unknown[] => [401, `DPoP invalid_dpop_proof ${reason}`];

/**
 * What `FAPI2SPFinalDpopNegativeTests` of the OpenID Foundation's conformance suite asks of a resource server, a row for
 * each of its blocks, in their order. It takes 400 or 401 for what is to be refused.
 */
const blocks: readonly (readonly [what: string, asked: () => Asked, expected: unknown[]])[] = [
  [
    'the name of the header in upper case',
    () => ({ lines: [`AUTHORIZATION: DPoP ${token}`, `DPOP: ${proofWith()}`] }),
    accepted,
  ],
  ['two DPoP headers', () => withProofs(proofWith(), proofWith()), refused('proof_multiple')],
  ['a proof that is no JWT', () => withProofs('not-a-jwt'), refused('proof_malformed')],
  ['no typ', () => withProofs(proofWith({}, { typ: undefined })), refused('proof_type_not_accepted')],
  ['no alg', () => withProofs(proofWith({}, { alg: undefined })), refused('proof_algorithm_not_allowed')],
  ['no jwk', () => withProofs(proofWith({}, { jwk: undefined })), refused('proof_key_invalid')],
  ['no jti', () => withProofs(proofWith({ jti: undefined })), refused('proof_claim_invalid')],
  ['no htm', () => withProofs(proofWith({ htm: undefined })), refused('proof_claim_invalid')],
  ['no htu', () => withProofs(proofWith({ htu: undefined })), refused('proof_claim_invalid')],
  ['no iat', () => withProofs(proofWith({ iat: undefined })), refused('proof_claim_invalid')],
  ['no ath', () => withProofs(proofWith({ ath: undefined })), refused('proof_claim_invalid')],
  ['another typ', () => withProofs(proofWith({}, { typ: 'JWT' })), refused('proof_type_not_accepted')],
  ['RS256', () => withProofs(rsaClient.proof(request)), refused('proof_algorithm_not_allowed')],
  [
    'the algorithm none',
    () => withProofs(dpopClient.badProof('alg-none', request)),
    refused('proof_algorithm_not_allowed'),
  ],
  [
    'a bad signature',
    () => withProofs(dpopClient.badProof('wrong-signature', request)),
    refused('proof_signature_invalid'),
  ],
  [
    'a private key in jwk',
    () => withProofs(dpopClient.badProof('private-key', request)),
    refused('proof_key_invalid'),
  ],
  ['another htm', () => withProofs(proofWith({ htm: 'PUT' })), refused('proof_method_mismatch')],
  ['htu with query and fragment', () => withProofs(proofWith({ htu: `${url}&d=e#f` })), accepted],
  ['htu without query and fragment', () => withProofs(proofWith({ htu: plainUrl })), accepted],
  ['another htu', () => withProofs(proofWith({ htu: `${plainUrl}/1` })), refused('proof_url_mismatch')],
  ['iat an hour ago', () => withProofs(proofWith({ iat: now() - hour })), refused('proof_time_not_accepted')],
  ['iat in an hour', () => withProofs(proofWith({ iat: now() + hour })), refused('proof_time_not_accepted')],
  ['the first use of a jti', () => withProofs(usedProof), accepted],
  ['its second use', () => withProofs(usedProof), refused('proof_replayed')],
  [
    'the ath of another token',
    () => withProofs(dpopClient.badProof('wrong-token-hash', request)),
    refused('proof_token_mismatch'),
  ],
  [
    'another key than that of the token',
    () => withProofs(otherClient.proof(request)),
    [401, 'DPoP invalid_token dpop_binding_mismatch'],
  ],
  [
    'more header members and claims',
    () => withProofs(proofWith({ more: { deep: [1] } }, { more: 'x' })),
    accepted,
  ],
  [
    'scheme and host of htu in upper case',
    () => withProofs(proofWith({ htu: 'HTTP://LOCALHOST/accounts' })),
    accepted,
  ],
  ['the default port in htu', () => withProofs(proofWith({ htu: 'http://localhost:80/accounts' })), accepted],
  ['no proof', () => withProofs(), refused('proof_missing')],
  [
    'no proof, and the Bearer scheme',
    () => ({ lines: [`Authorization: Bearer ${token}`] }),
    [401, 'Bearer invalid_token dpop_bound_token'],
  ],
  ['a good proof at the end', () => withProofs(proofWith()), accepted],
];

/** The status, and which challenge has which error for which reason. */
async function send({ lines, method }: Asked): Promise<unknown[]> {
  const api = await startTrialApi({ dpop: { replay } }, issuer);
  api.app.get('/accounts', requiresAuth(), (_req, res) => {
    res.json({ ok: true });
  });
  const response = await api.raw(target, lines, method);
  const status = Number(response.slice(9, 12));
  if (status === 200) return [status, undefined];
  expect(response).not.toContain('{"ok":true}');
  const challenges = [...response.matchAll(/^WWW-Authenticate: (\w+)(?: error="(\w+)")?/gim)];
  const blamed = challenges.flatMap(([, scheme, error]) =>
    error === undefined ? [] : [`${scheme} ${error}`],
  );
  expect(challenges.map(([, scheme]) => scheme)).toEqual(['Bearer', 'DPoP']);
  const reasons = api.events.flatMap((event) => (event.type === 'refusal' ? [event.reason] : []));
  return [status, [...blamed, ...reasons].join(' ')];
}

describe('G34, the conformance suite of the OpenID Foundation', () => {
  it('G34 has 32 blocks', () => {
    expect(blocks).toHaveLength(32);
  });

  it.each(blocks)('G34 sends %s', async (_what, asked, expected) => {
    expect(await send(asked())).toEqual(expected);
  });

  it.each([-10, 8])('G34 takes a proof made %d s ahead of time', async (seconds) => {
    expect(await send(withProofs(proofWith({ iat: now() + seconds })))).toEqual(accepted);
  });

  it('G34 takes a proof with exp and nbf, and a scheme in any case', async () => {
    expect(await send(withProofs(proofWith({ exp: now() + 60, nbf: now() - 60 })))).toEqual(accepted);
    for (const scheme of ['dpop', 'DPOP', 'dPoP'])
      expect(await send({ lines: [`Authorization: ${scheme} ${token}`, `dpop: ${proofWith()}`] })).toEqual(
        accepted,
      );
  });
});
