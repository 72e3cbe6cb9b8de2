import { describe, expect, it } from 'vitest';
import { readKeySet, type KeySet } from '../../src/keys/key-set.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { verifyAccessToken, type Verifier } from '../../src/verify/access-token.js';
import { readToken } from '../../src/verify/read-token.js';
import { SignedTokens } from '../../src/verify/signed-tokens.js';
import { audience, claimsText, headerText, issuer, segment, signRaw } from '../support/bench.js';
import { noon, setWallClock } from '../support/clock.js';

const key = createTestKey('ES256');
const good = signRaw(key, headerText(key), claimsText());
const forged = good.replace(/[^.]*$/, segment(Buffer.alloc(64, 7)));

function importKeys(...jwks: readonly unknown[]): KeySet {
  const keySet = readKeySet({ keys: jwks }, () => {});
  if (keySet === undefined) throw new Error('no key can be used');
  return keySet;
}

/** The pipeline over a key set that can be exchanged. */
function createVerifier(): { verifier: Verifier; publish: (keySet: KeySet) => void; keySet: KeySet } {
  const keySet = importKeys(key.publicJwk);
  let published = keySet;
  const verifier: Verifier = {
    issuer: {
      issuer,
      keys: { select: (alg, kid) => published.select(alg, kid), list: () => published.keys },
    },
    algorithms: new Set(['ES256']),
    claims: { audience, clockToleranceSeconds: 5, requiredClaims: [] },
    signedTokens: new SignedTokens(),
  };
  const publish = (newer: KeySet): void => {
    published = newer;
  };
  return { verifier, publish, keySet };
}

/** Makes the verifier believe that a key has signed a token. */
function pretend(verifier: Verifier, token: string, keySet: KeySet): void {
  const [signedBy] = keySet.select('ES256', key.kid);
  if (signedBy === undefined) throw new Error('no such key');
  verifier.signedTokens.remember(token, { ...readToken(token), key: signedBy });
}

const reasonOf = (token: string, verifier: Verifier): unknown => {
  try {
    return Boolean(verifyAccessToken(token, verifier)) && 'accepted';
  } catch (error) {
    return (error as { reason?: string }).reason;
  }
};

describe('verifyAccessToken, for tokens it has seen', () => {
  it('O4 checks the signature of a token once', () => {
    const { verifier, keySet } = createVerifier();
    expect(reasonOf(forged, verifier)).toBe('signature_invalid');
    pretend(verifier, forged, keySet);
    expect(reasonOf(forged, verifier)).toBe('accepted');
  });

  it('O4 remembers a good token with the key that has signed it', () => {
    const { verifier, keySet } = createVerifier();
    expect(verifier.signedTokens.get(good)).toBeUndefined();
    expect(reasonOf(good, verifier)).toBe('accepted');
    expect(verifier.signedTokens.get(good)?.key).toBe(keySet.select('ES256', key.kid)[0]);
  });

  it.each([
    ['forged', forged, 'signature_invalid'],
    ['expired', signRaw(key, headerText(key), claimsText({ exp: 1 })), 'token_expired'],
    ['for somebody else', signRaw(key, headerText(key), claimsText({ aud: 'x' })), 'audience_mismatch'],
    ['bound', signRaw(key, headerText(key), claimsText({ cnf: { jkt: 'x' } })), 'dpop_bound_token'],
    ['of another type', signRaw(key, headerText(key, { typ: 'x' }), claimsText()), 'type_not_accepted'],
  ])('O4 does not remember a token that is %s', (_what, token, reason) => {
    const { verifier } = createVerifier();
    expect(reasonOf(token, verifier)).toBe(reason);
    expect(verifier.signedTokens.get(token)).toBeUndefined();
  });

  it('O4 verifies anew once the issuer publishes other keys, the same ones included', () => {
    const { verifier, publish, keySet } = createVerifier();
    pretend(verifier, forged, keySet);
    publish(importKeys(key.publicJwk));
    expect(reasonOf(forged, verifier)).toBe('signature_invalid');
    publish(importKeys(createTestKey('ES256').publicJwk));
    expect(reasonOf(forged, verifier)).toBe('unknown_key');
  });

  it('O4 checks everything but the signature every time', () => {
    const { verifier, keySet } = createVerifier();
    const remembered = signRaw(key, headerText(key), claimsText({ iat: noon, exp: noon + 60 }));
    pretend(verifier, remembered, keySet);
    setWallClock(noon);
    expect(reasonOf(remembered, verifier)).toBe('accepted');
    setWallClock(noon + 65);
    expect(reasonOf(remembered, verifier)).toBe('token_expired');
    setWallClock(noon);
    const others: readonly (readonly [Partial<Verifier>, string])[] = [
      [{ algorithms: new Set(['RS256']) }, 'algorithm_not_allowed'],
      [{ issuer: { ...verifier.issuer, issuer: 'https://other.test/' } }, 'issuer_mismatch'],
      [{ claims: { ...verifier.claims, audience: 'x' } }, 'audience_mismatch'],
      [{ claims: { ...verifier.claims, requiredClaims: ['jti'] } }, 'claim_missing'],
    ];
    for (const [changes, reason] of others)
      expect(reasonOf(remembered, { ...verifier, ...changes })).toBe(reason);
    const bound = signRaw(key, headerText(key), claimsText({ iat: noon, exp: noon + 60, cnf: { jkt: 'x' } }));
    pretend(verifier, bound, keySet);
    expect(reasonOf(bound, verifier)).toBe('dpop_bound_token');
  });

  it('E13 hands out fresh claims of a token it has seen', () => {
    const { verifier } = createVerifier();
    const token = signRaw(key, headerText(key), claimsText({ deep: { list: [{ a: 1 }] } }));
    const verify = (): Record<string, unknown> =>
      verifyAccessToken(token, verifier) as Record<string, unknown>;
    const spoil = (claims: Record<string, unknown>): void => {
      const { list } = claims['deep'] as { list: { a: number }[] };
      list[0] = { a: 2 };
      list.push({ a: 3 });
      claims['scope'] = 'admin';
      delete claims['exp'];
    };
    const expected = JSON.parse(JSON.stringify(verify())) as unknown;
    for (let time = 0; time < 3; time++) {
      const claims = verify();
      expect(claims).toEqual(expected);
      spoil(claims);
    }
    spoil({ ...verify() });
    expect(verify()).toEqual(expected);
  });
});
