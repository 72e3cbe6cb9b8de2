import { describe, expect, it } from 'vitest';
import type { KeySet } from '../../src/keys/key-set.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { noDemands, verifyAccessToken, type Demands, type Verifier } from '../../src/verify/access-token.js';
import { claimsText, headerText, segment, signRaw } from '../support/bench.js';
import { noon, setWallClock } from '../support/clock.js';
import {
  createPipeline,
  importKeys,
  isHeaderKnown,
  judge,
  pipelineKey as key,
  pretend,
  type PipelineOptions,
} from '../support/pipeline.js';
import { boundToken, proofFor, proofIssuer, url } from '../support/proof-bench.js';

const keySet = importKeys(key.publicJwk);
const good = signRaw(key, headerText(key), claimsText());
const forged = good.replace(/[^.]*$/, segment(Buffer.alloc(64, 7)));

describe('verifyAccessToken, for tokens it has seen', () => {
  it('O4 checks the signature of a token once', async () => {
    const verifier = createPipeline(keySet);
    expect(await judge(forged, verifier)).toBe('signature_invalid');
    pretend(verifier, forged, keySet);
    for (let time = 0; time < 3; time++) expect(await judge(forged, verifier)).toBe('accepted');
  });

  it('O4 remembers a good token with the key that has signed it, and its header', async () => {
    const verifier = createPipeline(keySet);
    expect(verifier.verdicts?.get(good)).toBeUndefined();
    expect(isHeaderKnown(good, verifier)).toBe(false);
    expect(await judge(good, verifier)).toBe('accepted');
    expect(verifier.verdicts?.get(good)?.key).toBe(keySet.select('ES256', key.kid)[0]);
    expect(isHeaderKnown(good, verifier)).toBe(true);
  });

  it('O4 knows a remembered token by all of its characters', async () => {
    const verifier = createPipeline(keySet);
    expect(await judge(good, verifier)).toBe('accepted');
    const claims = segment(claimsText({ sub: 'somebody else', scope: 'admin' }));
    const [header, , signature] = good.split('.');
    // The same last 32 characters, and a header that is known.
    expect(await judge(`${header}.${claims}.${signature}`, verifier)).toBe('signature_invalid');
    expect(await judge(good, verifier)).toBe('accepted');
  });

  it('O4 verifies anew once the issuer publishes other keys, the same ones included', async () => {
    const verifier = createPipeline(keySet);
    pretend(verifier, forged, keySet);
    const publish = (newer: KeySet): Verifier => ({ ...createPipeline(newer), verdicts: verifier.verdicts });
    expect(await judge(forged, publish(keySet))).toBe('accepted');
    expect(await judge(forged, publish(importKeys(key.publicJwk)))).toBe('signature_invalid');
    // A key that is published again is another one: what the first has signed is forgotten.
    expect(verifier.verdicts?.get(forged)).toBeUndefined();
    expect(await judge(forged, publish(keySet))).toBe('signature_invalid');
    expect(await judge(forged, publish(importKeys(createTestKey('ES256').publicJwk)))).toBe('unknown_key');
  });

  it('L11 refuses a good token once its key is withdrawn, and takes it again once the key is back', async () => {
    const verifier = createPipeline(keySet);
    const publish = (newer: KeySet): Verifier => ({ ...createPipeline(newer), verdicts: verifier.verdicts });
    expect(await judge(good, verifier)).toBe('accepted');
    expect(await judge(good, publish(importKeys(createTestKey('ES256').publicJwk)))).toBe('unknown_key');
    expect(verifier.verdicts?.get(good)).toBeUndefined();
    const again = importKeys(key.publicJwk);
    expect(await judge(good, publish(again))).toBe('accepted');
    expect(verifier.verdicts?.get(good)?.key).toBe(again.keys[0]);
  });

  it('O4 checks everything but the signature every time', async () => {
    const verifier = createPipeline(keySet);
    const remembered = signRaw(key, headerText(key), claimsText({ iat: noon, exp: noon + 60 }));
    pretend(verifier, remembered, keySet);
    setWallClock(noon);
    expect(await judge(remembered, verifier)).toBe('accepted');
    setWallClock(noon + 65);
    expect(await judge(remembered, verifier)).toBe('token_expired');
    expect(verifier.verdicts?.get(remembered)).toBeUndefined();
    pretend(verifier, remembered, keySet);
    setWallClock(noon);
    const others: readonly (readonly [PipelineOptions, string])[] = [
      [{ algorithms: ['RS256'] }, 'algorithm_not_allowed'],
      [{ tokenTypes: ['JWT'] }, 'type_not_accepted'],
      [{ name: 'https://other.test/' }, 'issuer_mismatch'],
      [{ audience: 'x' }, 'audience_mismatch'],
      [{ requiredClaims: ['jti'] }, 'claim_missing'],
      [{ claims: { sub: 'x' } }, 'claim_mismatch'],
      [{ validate: () => false }, 'claims_rejected'],
      [{ validate: () => Promise.resolve(false) }, 'claims_rejected'],
    ];
    for (const [profile, reason] of others) {
      const other = { ...createPipeline(keySet, profile), verdicts: verifier.verdicts };
      pretend(verifier, remembered, keySet);
      expect(await judge(remembered, other)).toBe(reason);
    }
    const demands: readonly (readonly [Partial<Demands>, string])[] = [
      [{ algorithms: new Set(['RS256']) }, 'algorithm_not_allowed'],
      [{ requiredClaims: ['jti'] }, 'claim_missing'],
      [{ now: () => (noon + 65) * 1000 }, 'token_expired'],
    ];
    for (const [demand, reason] of demands) {
      pretend(verifier, remembered, keySet);
      expect(await judge(remembered, verifier, demand)).toBe(reason);
    }
    expect(await judge(remembered, verifier)).toBe('accepted');
    const confirmations = [
      [{ jkt: 'x' }, 'dpop_bound_token'],
      [{ 'x5t#S256': 'x' }, 'certificate_bound_token'],
      ['x', 'confirmation_invalid'],
    ] as const;
    for (const [cnf, reason] of confirmations) {
      const bound = signRaw(key, headerText(key), claimsText({ iat: noon, exp: noon + 60, cnf }));
      pretend(verifier, bound, keySet);
      expect(await judge(bound, verifier)).toBe(reason);
    }
  });

  it('O10 judges the same with a verdict on the prototype of all objects', () => {
    const verifier = createPipeline(keySet);
    const [signedBy] = keySet.keys;
    const reasons: unknown[] = [];
    const names = { key: signedBy, claims: {}, token: forged, header: {}, verdicts: verifier.verdicts };
    for (const [name, value] of Object.entries(names)) {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      try {
        for (const token of [forged, good, good, forged]) {
          try {
            reasons.push(Boolean(verifyAccessToken(token, verifier)) && 'accepted');
          } catch (error) {
            reasons.push((error as { reason?: string }).reason);
          }
        }
      } finally {
        Reflect.deleteProperty(Object.prototype, name);
      }
    }
    const expected = ['signature_invalid', 'accepted', 'accepted', 'signature_invalid'];
    expect(reasons).toEqual(Object.keys(names).flatMap(() => expected));
  });
});

describe('verifyAccessToken, for tokens it refuses', () => {
  it.each([
    ['forged', forged, 'signature_invalid'],
    ['expired', signRaw(key, headerText(key), claimsText({ exp: 1 })), 'token_expired'],
    ['for somebody else', signRaw(key, headerText(key), claimsText({ aud: 'x' })), 'audience_mismatch'],
    ['bound', signRaw(key, headerText(key), claimsText({ cnf: { jkt: 'x' } })), 'dpop_bound_token'],
    ['of another type', signRaw(key, headerText(key, { typ: 'x' }), claimsText()), 'type_not_accepted'],
    [
      'of another issuer',
      signRaw(key, headerText(key), claimsText({ iss: 'https://x/' })),
      'issuer_mismatch',
    ],
  ])('O4 remembers nothing of one that is %s', async (_what, token, reason) => {
    const verifier = createPipeline(keySet);
    for (let time = 0; time < 2; time++) {
      expect(await judge(token, verifier)).toBe(reason);
      expect(verifier.verdicts?.get(token)).toBeUndefined();
      expect(isHeaderKnown(token, verifier)).toBe(false);
    }
  });

  it.each<[string, PipelineOptions, Partial<Demands>, string]>([
    ['the application refuses', { validate: () => false }, {}, 'claims_rejected'],
    ['its second function refuses', { validators: [() => true, () => false] }, {}, 'claims_rejected'],
    ['lacks what one call requires', {}, { requiredClaims: ['jti'] }, 'claim_missing'],
    ['one call takes no such algorithm of', {}, { algorithms: new Set() }, 'algorithm_not_allowed'],
    ['is expired by the clock of one call', {}, { now: () => 9e12 }, 'token_expired'],
  ])('O4 remembers nothing of one that %s', async (_what, profile, demands, reason) => {
    const verifier = createPipeline(keySet, profile);
    expect(await judge(good, verifier, demands)).toBe(reason);
    expect(verifier.verdicts?.get(good)).toBeUndefined();
    expect(isHeaderKnown(good, verifier)).toBe(false);
  });

  it.each([false, true])('O4 remembers nothing before the application has answered %s', async (isGood) => {
    const answers: ((isGood: boolean) => void)[] = [];
    const validate = (): Promise<boolean> => new Promise((resolve) => answers.push(resolve));
    const verifier = createPipeline(keySet, { validate });
    const judged = judge(good, verifier);
    expect(answers).toHaveLength(1);
    expect(verifier.verdicts?.get(good)).toBeUndefined();
    expect(isHeaderKnown(good, verifier)).toBe(false);
    answers[0]?.(isGood);
    expect(await judged).toBe(isGood ? 'accepted' : 'claims_rejected');
    expect(verifier.verdicts?.get(good) !== undefined).toBe(isGood);
    expect(isHeaderKnown(good, verifier)).toBe(isGood);
  });

  it.each([
    ['at once', () => false],
    ['later', () => Promise.resolve(false)],
  ])(
    'O4 G21 remembers nothing of one whose proof was used before, which the store says %s',
    async (_when, register) => {
      const { publicKey, issuer: name, audience } = await signedByProofIssuer();
      const accessToken = boundToken();
      const options = { name, audience, algorithms: ['RS256', 'ES256'] };
      const refusing = createPipeline(importKeys(publicKey), {
        ...options,
        dpop: { replay: { store: { register } } },
      });
      const presented = {
        ...noDemands.presented,
        scheme: 'dpop' as const,
        proofs: [proofFor(accessToken)],
        method: 'GET',
        request: { url },
      };
      expect(await judge(accessToken, refusing, { presented })).toBe('proof_replayed');
      expect(refusing.verdicts?.get(accessToken)).toBeUndefined();
      expect(isHeaderKnown(accessToken, refusing)).toBe(false);
      const taking = createPipeline(importKeys(publicKey), {
        ...options,
        dpop: { replay: { store: { register: () => true } } },
      });
      expect(await judge(accessToken, taking, { presented })).toBe('accepted');
      expect(taking.verdicts?.get(accessToken)).toBeDefined();
      // On a hit, the proof is asked for and used up as ever.
      const refusingLater = { ...refusing, verdicts: taking.verdicts };
      expect(await judge(accessToken, refusingLater, { presented })).toBe('proof_replayed');
      expect(await judge(accessToken, taking)).toBe('dpop_bound_token');
    },
  );
});

/** The issuer of bound tokens, and its key. */
async function signedByProofIssuer(): Promise<{ publicKey: unknown; issuer: string; audience: string }> {
  const { issuer, audience, fetch } = proofIssuer;
  const metadata = (await (await fetch(`${issuer}.well-known/openid-configuration`)).json()) as {
    jwks_uri: string;
  };
  const { keys } = (await (await fetch(metadata.jwks_uri)).json()) as { keys: unknown[] };
  return { publicKey: keys[0], issuer, audience };
}
