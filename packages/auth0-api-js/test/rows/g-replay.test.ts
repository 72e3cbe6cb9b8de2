import { describe, expect, it } from 'vitest';
import { memoryReplayStore, type ReplayStore } from '@auth0/auth0-api-js';
import {
  badProofs,
  badTokens,
  createDpopClient,
  type BadProofName,
  type BadTokenName,
} from '@auth0/auth0-api-js/testing';
import { createProofBench, proofIssuer, url, type ProofBench } from '../support/proof-bench.js';
import { recordingStore } from '../support/recording-store.js';

const client = createDpopClient();
const token = proofIssuer.boundToken(client);

/** A bench with this store. */
const benchWith = (replay: ReplayStore): ProofBench => createProofBench({ dpop: { replay } });

function countOf(verdicts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const verdict of verdicts) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

describe('G21, a proof', () => {
  it('G21 is good once, and its second use is answered with 401, its challenge and one event', async () => {
    const bench = createProofBench();
    const proof = client.proof({ url, accessToken: token });
    expect(await bench.judge(token, proof)).toBe('accepted');
    const refusal = await bench.refuse(token, proof);
    expect(refusal).toMatchObject({
      name: 'InvalidDpopProofError',
      statusCode: 401,
      reason: 'proof_replayed',
    });
    expect(refusal.headers['www-authenticate']).toEqual([
      'Bearer realm="api"',
      'DPoP error="invalid_dpop_proof", error_description="The DPoP proof has been used before", algs="ES256"',
    ]);
    const { issuer } = proofIssuer;
    expect(bench.events).toEqual([{ type: 'refusal', reason: 'proof_replayed', statusCode: 401, issuer }]);
    for (let n = 0; n < 3; n++) expect(await bench.judge(token, proof)).toBe('proof_replayed');
  });

  it.each([
    ['signed anew', {}],
    ['at another time', { iat: Math.floor(Date.now() / 1000) - 7 }],
    ['for another method', { htm: 'POST' }],
    ['with the URL spelt in another way', { htu: 'HTTPS://API.test:443/x/../%6Frders?a=1#b' }],
  ])('G21 is known by its jti: the same one %s is not accepted', async (_how, claims) => {
    const bench = createProofBench();
    const proof = (more: object): string =>
      client.proof({ url, accessToken: token }, { jti: 'one', ...more });
    expect(await bench.judge(token, proof({}))).toBe('accepted');
    const sent = 'htm' in claims ? { httpMethod: 'POST' } : {};
    expect(await bench.judge(token, proof(claims), sent)).toBe('proof_replayed');
    expect(await bench.judge(token, proof({ ...claims, jti: 'two' }), sent)).toBe('accepted');
  });

  it('G21 is used up for every token of its key', async () => {
    const bench = createProofBench();
    const other = proofIssuer.boundToken(client, { scope: 'read:orders' });
    const proof = (accessToken: string): string => client.proof({ url, accessToken }, { jti: 'one' });
    expect(await bench.judge(token, proof(token))).toBe('accepted');
    expect(await bench.judge(other, proof(other))).toBe('proof_replayed');
  });

  it('G21 is good again and again where the check is switched off, and only there', async () => {
    const off = createProofBench({ dpop: { replay: 'off' } });
    const required = createProofBench({ dpop: { mode: 'required' } });
    const proof = client.proof({ url, accessToken: token });
    for (let n = 0; n < 3; n++) {
      expect(await off.judge(token, proof)).toBe('accepted');
      expect(await required.judge(token, proof)).toBe(n === 0 ? 'accepted' : 'proof_replayed');
    }
  });
});

describe('G22, one proof in 1,000 requests at once', () => {
  const later = memoryReplayStore();
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  it.each<[string, () => ProofBench]>([
    ['a store that answers at once', () => createProofBench()],
    [
      'a store that answers later',
      () =>
        createProofBench({
          dpop: {
            replay: {
              store: { register: (proof) => turn().then(() => later.register(proof)) },
              deadlineMilliseconds: 10_000,
            },
          },
        }),
    ],
    [
      'a custom check that answers later',
      () => createProofBench({ validate: () => turn().then(() => true) }),
    ],
  ])('G22 is accepted exactly once, with %s', async (_what, create) => {
    const bench = create();
    // The first round finds no keys yet, the second finds all of them.
    for (let round = 0; round < 2; round++) {
      const proof = client.proof({ url, accessToken: token });
      const verdicts = await Promise.all(Array.from({ length: 1000 }, () => bench.judge(token, proof)));
      expect(countOf(verdicts)).toEqual({ accepted: 1, proof_replayed: 999 });
    }
  });
});

describe('G23 and G24, jti', () => {
  it('G23 is that of one key and one URL: others may have the same', async () => {
    const bench = createProofBench();
    const other = createDpopClient();
    const others = proofIssuer.boundToken(other);
    const httpUrl = 'https://api.test/orders/1';
    const verdicts = async (): Promise<string[]> => [
      await bench.judge(token, client.proof({ url, accessToken: token }, { jti: 'a' })),
      await bench.judge(others, other.proof({ url, accessToken: others }, { jti: 'a' })),
      await bench.judge(token, client.proof({ url: httpUrl, accessToken: token }, { jti: 'a' }), { httpUrl }),
    ];
    expect(await verdicts()).toEqual(['accepted', 'accepted', 'accepted']);
    expect(await verdicts()).toEqual(['proof_replayed', 'proof_replayed', 'proof_replayed']);
  });

  it.each([
    ['one character', 'a'],
    ['257 characters', 'a'.repeat(257)],
    ['5,000 characters', 'a'.repeat(5000)],
    ['Unicode', 'é\u{1f511}\u0000'],
    ['the same in another normal form', 'e\u0301\u{1f511}\u0000'],
    ['__proto__', '__proto__'],
    ['constructor', 'constructor'],
    ['spaces', ' a  b '],
    ['half a surrogate pair', '\ud800'],
  ])('G24 may be of %s, and is told to the store as 43 characters', async (_what, jti) => {
    const store = recordingStore();
    const bench = benchWith(store);
    const proof = (): string => client.proof({ url, accessToken: token }, { jti });
    expect(await bench.judge(token, proof())).toBe('accepted');
    expect(await bench.judge(token, proof())).toBe('proof_replayed');
    for (const { id, client: by, ...times } of store.seen) {
      expect(id).toMatch(/^[\w-]{43}$/);
      expect(by).toBe(client.thumbprint);
      expect(Object.keys(times)).toEqual(['lifetimeSeconds', 'usableSince']);
    }
    expect(new Set(store.seen.map(({ id }) => id)).size).toBe(1);
  });

  it('G24 tells proofs apart by all of its characters', async () => {
    const store = recordingStore();
    const bench = benchWith(store);
    const long = 'a'.repeat(5000);
    const texts = [
      'a',
      'A',
      'a ',
      ' a',
      'a\u0000',
      'é',
      'e\u0301',
      long,
      `${long}b`,
      '__proto__',
      '__proto__ ',
    ];
    for (const jti of texts)
      expect(await bench.judge(token, client.proof({ url, accessToken: token }, { jti }))).toBe('accepted');
    expect(new Set(store.seen.map(({ id }) => id)).size).toBe(texts.length);
  });

  it.each([
    ['empty', '', 'proof_claim_invalid'],
    ['of 100 kB', 'a'.repeat(100_000), 'proof_too_large'],
  ])('G24 is not %s', async (_what, jti, reason) => {
    const store = recordingStore();
    expect(await benchWith(store).judge(token, client.proof({ url, accessToken: token }, { jti }))).toBe(
      reason,
    );
    expect(store.seen).toEqual([]);
  });
});

describe('G25, the store', () => {
  it.each(Object.keys(badProofs) as BadProofName[])('G25 hears nothing of the bad proof %s', async (name) => {
    const store = recordingStore();
    const proof = client.badProof(name, { url, accessToken: token });
    expect(await benchWith(store).judge(token, proof)).toBe(badProofs[name].reason);
    expect(store.seen).toEqual([]);
  });

  it.each(Object.keys(badTokens) as BadTokenName[])('G25 hears nothing of the bad token %s', async (name) => {
    const store = recordingStore();
    const accessToken = proofIssuer.badToken(name, { cnf: { jkt: client.thumbprint } });
    const proof = client.proof({ url, accessToken });
    expect(await benchWith(store).judge(accessToken, proof)).not.toBe('accepted');
    expect(store.seen).toEqual([]);
  });

  it('G25 keeps the jti of a proof for whoever can prove the key', async () => {
    const store = recordingStore();
    const bench = benchWith(store);
    const thief = createDpopClient();
    const request = { url, accessToken: token };
    const jti = 'victim';
    const now = Math.floor(Date.now() / 1000);
    const good = client.proof(request, { jti });
    const [head, , signature] = good.split('.');
    const others = client.proof(request, { jti: 'another' }).split('.')[1];
    const attempts = [
      thief.proof(request, { jti }),
      client.proof({ ...request, method: 'POST' }, { jti }),
      client.proof({ ...request, url: `${url}/1` }, { jti }),
      client.proof(request, { jti, ath: client.thumbprint }),
      client.proof(request, { jti, iat: now - 400 }),
      client.proof(request, { jti, exp: now - 400 }),
      `${head}.${others}.${signature}`,
      `${good}, ${good}`,
    ];
    for (const attempt of attempts) expect(await bench.judge(token, attempt)).not.toBe('accepted');
    expect(store.seen).toEqual([]);
    expect(await bench.judge(token, good, { scheme: 'Bearer' })).toBe('dpop_bound_token');
    expect(await bench.judge(proofIssuer.accessToken(), good)).toBe('dpop_binding_missing');
    expect(await bench.judge(proofIssuer.boundToken(thief), good)).not.toBe('accepted');
    expect(store.seen).toEqual([]);
    expect(await bench.judge(token, good)).toBe('accepted');
    expect(store.seen).toHaveLength(1);
  });

  it.each<[string, (verdict: boolean) => boolean | Promise<boolean>]>([
    ['at once', (verdict) => verdict],
    ['later', async (verdict) => verdict],
  ])('G25 hears nothing of a request that a custom check refuses %s', async (_when, toAnswer) => {
    const store = recordingStore();
    let verdict = false;
    const bench = createProofBench({ dpop: { replay: store }, validate: () => toAnswer(verdict) });
    const proof = client.proof({ url, accessToken: token });
    expect(await bench.judge(token, proof)).toBe('claims_rejected');
    expect(store.seen).toEqual([]);
    verdict = true;
    expect(await bench.judge(token, proof)).toBe('accepted');
    expect(await bench.judge(token, proof)).toBe('proof_replayed');
  });

  it('G25 hears nothing of a proof without the nonce that is asked for', async () => {
    const store = recordingStore();
    const bench = createProofBench({ dpop: { replay: store, nonce: { secret: 'n'.repeat(32) } } });
    const request = { url, accessToken: token };
    for (const nonce of [undefined, 'wrong'])
      expect(await bench.judge(token, client.proof(request, { jti: 'a', nonce }))).toBe('nonce_required');
    expect(store.seen).toEqual([]);
    const nonce = bench.client.dpopNonce();
    expect(await bench.judge(token, client.proof(request, { jti: 'a', nonce }))).toBe('accepted');
  });

  it('G25 hears nothing of bearers', async () => {
    const store = recordingStore();
    const bench = benchWith(store);
    expect(await bench.judge(proofIssuer.accessToken(), undefined, { scheme: 'Bearer' })).toBe('accepted');
    expect(store.seen).toEqual([]);
  });
});
