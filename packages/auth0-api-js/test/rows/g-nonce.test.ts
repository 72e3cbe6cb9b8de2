import { describe, expect, it, vi } from 'vitest';
import { ApiClient, DpopNonceRequiredError, memoryReplayStore, type UsedProof } from '@auth0/auth0-api-js';
import { authenticate } from '@auth0/auth0-api-js/adapter';
import { noon, stopTime } from '../support/clock.js';
import {
  boundToken,
  createProofBench,
  proofFor,
  proofIssuer,
  url,
  type ProofBench,
} from '../support/proof-bench.js';

const secret = 'a secret of thirty-two bytes....';
const nqchar = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

const createNonceBench = (nonce: object = {}, dpop: object = {}): ProofBench =>
  createProofBench({ dpop: { nonce: { secret, ...nonce }, ...dpop } });

/** The one nonce that a refusal gives. */
async function nonceOf(bench: ProofBench, token: string, claims: object = {}): Promise<string> {
  const refusal = await bench.refuse(token, proofFor(token, { ...claims }));
  expect(refusal).toBeInstanceOf(DpopNonceRequiredError);
  const { 'dpop-nonce': nonces = [], ...others } = refusal.headers;
  expect(nonces).toHaveLength(1);
  expect(others).toEqual({
    'www-authenticate': [
      'Bearer realm="api"',
      'DPoP error="use_dpop_nonce", error_description="The DPoP proof needs the nonce of the DPoP-Nonce header", algs="ES256"',
    ],
    'cache-control': ['no-store'],
  });
  return nonces[0] ?? '';
}

const after = (seconds: number): void => void vi.advanceTimersByTime(seconds * 1000);

describe('G29, a nonce that is asked for', () => {
  it('G29 is given where it is missing, and does then', async () => {
    const bench = createNonceBench();
    const token = boundToken();
    const nonce = await nonceOf(bench, token);
    expect(nonce).toMatch(nqchar);
    expect(nonce).toBe(bench.client.dpopNonce());
    expect(await bench.judge(token, proofFor(token, { nonce }))).toBe('accepted');
    expect(await bench.judge(token, proofFor(token, { nonce }))).toBe('accepted');
  });

  it.each<[string, unknown]>([
    ['wrong', 'wrong'],
    ['empty', ''],
    ['null', null],
    ['a number', 7],
    ['a list', []],
    ['an object', { toString: 'x' }],
    ['__proto__', '__proto__'],
    [
      'from another server',
      new ApiClient({
        domain: 'issuer.test',
        audience: 'x',
        dpop: { nonce: { secret: 'b'.repeat(32) } },
      }).dpopNonce(),
    ],
    [
      'of another lifetime',
      new ApiClient({
        domain: 'issuer.test',
        audience: 'x',
        dpop: { nonce: { secret, lifetimeSeconds: 600 } },
      }).dpopNonce(),
    ],
  ])('G29 is given where it is %s', async (_what, nonce) => {
    const bench = createNonceBench();
    expect(await nonceOf(bench, boundToken(), { nonce })).toBe(bench.client.dpopNonce());
  });

  it('G29 has one spelling', async () => {
    const bench = createNonceBench();
    const token = boundToken();
    const nonce = bench.client.dpopNonce() ?? '';
    for (const spelt of [`${nonce}=`, ` ${nonce}`, nonce.toLowerCase(), nonce.slice(1), [nonce]])
      await nonceOf(bench, token, { nonce: spelt });
  });

  it('G29 is another one by each secret, and tells nothing of it', () => {
    const nonces = ['a', 'b', 'c'].map((letter) => {
      const { client } = createNonceBench({ secret: letter.repeat(32) });
      return client.dpopNonce() ?? '';
    });
    expect(new Set(nonces).size).toBe(3);
    expect(nonces.join('')).not.toMatch(/aaa|bbb|ccc/);
  });

  it('G29 is given with every answer to a client that uses DPoP, whatever is wrong', async () => {
    const bench = createNonceBench();
    const token = boundToken();
    const nonce = bench.client.dpopNonce();
    for (const [accessToken, proof] of [
      [token, undefined],
      [token, proofFor(token, { nonce, htm: 'PUT' })],
      [proofIssuer.accessToken(), proofFor(token, { nonce })],
      ['no token', proofFor(token, { nonce })],
      ['', undefined],
    ] as const) {
      const { headers } = await bench.refuse(accessToken, proof);
      expect([headers['dpop-nonce'], headers['cache-control']]).toEqual([[nonce], ['no-store']]);
    }
    const bearer = await bench.refuse('no token', undefined, { scheme: 'Bearer', httpMethod: undefined });
    expect(Object.keys(bearer.headers)).toEqual(['www-authenticate']);
  });

  it('uses no proof up', async () => {
    const bench = createNonceBench();
    const token = boundToken();
    const jti = 'one';
    await nonceOf(bench, token, { jti });
    const nonce = bench.client.dpopNonce();
    expect(await bench.judge(token, proofFor(token, { jti, nonce }))).toBe('accepted');
    expect(await bench.judge(token, proofFor(token, { jti, nonce }))).toBe('proof_replayed');
  });
});

describe('G30, no way back', () => {
  it('G30 does without a nonce for no client that had one', async () => {
    const bench = createNonceBench();
    const token = boundToken();
    const nonce = await nonceOf(bench, token);
    expect(await bench.judge(token, proofFor(token, { nonce }))).toBe('accepted');
    await nonceOf(bench, token);
    await nonceOf(bench, token, { iat: Math.floor(Date.now() / 1000) });
  });

  it('asks for none where the option is missing', async () => {
    const bench = createProofBench();
    const token = boundToken();
    expect(await bench.judge(token, proofFor(token, { nonce: 'from elsewhere' }))).toBe('accepted');
    expect(bench.client.dpopNonce()).toBeUndefined();
  });
});

describe('G31, rotation', () => {
  it.each([
    [0, 'accepted'],
    [299, 'accepted'],
    [300, 'accepted'],
    [599, 'accepted'],
    [600, 'nonce_required'],
    [3600, 'nonce_required'],
  ])(
    'G31 takes the nonce of this window and of the one before: after %d s, %s',
    async (seconds, expected) => {
      stopTime();
      const bench = createNonceBench();
      await bench.client.ready();
      const token = boundToken({ exp: noon + 7200 });
      const nonce = bench.client.dpopNonce();
      after(seconds);
      expect(await bench.judge(token, proofFor(token, { nonce }))).toBe(expected);
    },
  );

  it('G31 gives another one with each window', async () => {
    stopTime();
    const { client } = createNonceBench({ lifetimeSeconds: 10 });
    const given: unknown[] = [];
    for (let count = 0; count < 4; count++) {
      given.push(client.dpopNonce());
      after(9.999);
      expect(client.dpopNonce()).toBe(given.at(-1));
      after(0.001);
    }
    expect(new Set(given).size).toBe(4);
  });

  it('G31 is shared by whoever has the secret, also while it is replaced', async () => {
    const token = boundToken();
    const next = 'the next secret, long enough too';
    const old = createNonceBench();
    const both = createNonceBench({ secret: [secret, next] });
    const turned = createNonceBench({ secret: [next, secret] });
    const fresh = createNonceBench({ secret: next });
    const judge = (bench: ProofBench, by: ProofBench): Promise<string> =>
      bench.judge(token, proofFor(token, { nonce: by.client.dpopNonce() }));
    expect(both.client.dpopNonce()).toBe(old.client.dpopNonce());
    expect(turned.client.dpopNonce()).toBe(fresh.client.dpopNonce());
    expect(await judge(both, turned)).toBe('accepted');
    expect(await judge(turned, old)).toBe('accepted');
    expect(await judge(old, both)).toBe('accepted');
    expect(await judge(old, fresh)).toBe('nonce_required');
    expect(await judge(fresh, old)).toBe('nonce_required');
  });

  it('G31 remembers a proof for as long as its nonce is good', async () => {
    stopTime();
    const asked: UsedProof[] = [];
    const store = memoryReplayStore();
    const replay = { register: (proof: UsedProof) => asked.push(proof) > 0 && store.register(proof) };
    const bench = createNonceBench({}, { replay });
    await bench.client.ready();
    const token = boundToken({ exp: noon + 7200 });
    const nonce = bench.client.dpopNonce();
    after(100);
    const proof = proofFor(token, { nonce });
    expect(await bench.judge(token, proof)).toBe('accepted');
    // Noon begins a window: its nonce is good for ten minutes.
    expect(asked).toMatchObject([{ lifetimeSeconds: 505, usableSince: noon - 5 }]);
    after(499.9);
    expect(await bench.judge(token, proof)).toBe('proof_replayed');
    after(0.1);
    expect(await bench.judge(token, proof)).toBe('nonce_required');
  });
});

describe('G32, a nonce with what is accepted', () => {
  const { authorization, proofs } = ((): {
    authorization: string[];
    proofs: (nonce: unknown) => string[];
  } => {
    const token = boundToken();
    return { authorization: [`DPoP ${token}`], proofs: (nonce) => [proofFor(token, { nonce })] };
  })();

  it('G32 is a header of the answer, which nobody is to store', async () => {
    const { client } = createNonceBench();
    const nonce = client.dpopNonce();
    const sent = { authorization, proofs: proofs(nonce), method: 'GET', request: { url } };
    const { headers } = await authenticate(client, sent);
    expect(headers).toEqual({ 'DPoP-Nonce': nonce, 'Cache-Control': 'no-store' });
  });

  it('G32 is none where nonces are not asked for, or a request is one of a bearer', async () => {
    const sent = { authorization, proofs: proofs(undefined), method: 'GET', request: { url } };
    expect((await authenticate(createProofBench().client, sent)).headers).toBeUndefined();
    const bearer = { authorization: [`Bearer ${proofIssuer.accessToken()}`] };
    expect((await authenticate(createNonceBench().client, bearer)).headers).toBeUndefined();
  });
});

describe('G33, a client whose clock is wrong', () => {
  it.each([-86_400, -301, 31, 86_400, -noon])('G33 has its nonce for a clock: %d s', async (seconds) => {
    stopTime();
    const bench = createNonceBench();
    const token = boundToken();
    const iat = noon + seconds;
    expect(await bench.judge(token, proofFor(token, { iat, nonce: bench.client.dpopNonce() }))).toBe(
      'accepted',
    );
    expect(await createProofBench().judge(token, proofFor(token, { iat }))).toBe('proof_time_not_accepted');
  });

  it('G33 says when a proof was made all the same', async () => {
    const bench = createNonceBench();
    const token = boundToken();
    const nonce = bench.client.dpopNonce();
    for (const iat of [undefined, 'now', null])
      expect(await bench.judge(token, proofFor(token, { iat, nonce }))).toBe('proof_claim_invalid');
  });
});
