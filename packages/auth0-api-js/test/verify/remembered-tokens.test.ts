import { describe, expect, it } from 'vitest';
import { createBinding } from '../../src/binding/create-binding.js';
import { readKeySet, type KeySet } from '../../src/keys/key-set.js';
import { StaticKeys } from '../../src/keys/static-keys.js';
import { dpopOff } from '../../src/options/dpop-options.js';
import { readBinding } from '../../src/options/binding-options.js';
import { readPolicy, type ProfileOptions } from '../../src/options/profile-options.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { verifyAccessToken, type Verifier } from '../../src/verify/access-token.js';
import { readToken } from '../../src/verify/read-token.js';
import { SignedTokens } from '../../src/verify/signed-tokens.js';
import { ConfiguredIssuers } from '../../src/verify/trusted-issuers.js';
import { audience, claimsText, headerText, issuer, segment, signRaw } from '../support/bench.js';
import { noon, setWallClock } from '../support/clock.js';

const key = createTestKey('ES256');
const good = signRaw(key, headerText(key), claimsText());
const forged = good.replace(/[^.]*$/, segment(Buffer.alloc(64, 7)));

function importKeys(...jwks: readonly unknown[]): KeySet {
  const keySet = readKeySet({ keys: jwks }, jwks.length, () => {});
  if (keySet === undefined) throw new Error('no key can be used');
  return keySet;
}

/** The pipeline over keys that do not change. */
function createVerifier(
  keySet: KeySet = importKeys(key.publicJwk),
  { name = issuer, ...profile }: ProfileOptions & { name?: string } = {},
): { verifier: Verifier; keySet: KeySet } {
  const policy = readPolicy({ audience, algorithms: ['ES256'], ...profile });
  const verifier: Verifier = {
    issuers: new ConfiguredIssuers([{ issuer: name, policy, keys: new StaticKeys(keySet) }]),
    accepted: policy,
    policy,
    binding: createBinding(readBinding({ dpop: dpopOff }), { now: undefined, emit: () => {} }),
    signedTokens: new SignedTokens(),
    emit: () => {},
  };
  return { verifier, keySet };
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
    const { verifier, keySet } = createVerifier();
    pretend(verifier, forged, keySet);
    const publish = (newer: KeySet): Verifier => ({
      ...createVerifier(newer).verifier,
      signedTokens: verifier.signedTokens,
    });
    expect(reasonOf(forged, publish(keySet))).toBe('accepted');
    expect(reasonOf(forged, publish(importKeys(key.publicJwk)))).toBe('signature_invalid');
    expect(reasonOf(forged, publish(importKeys(createTestKey('ES256').publicJwk)))).toBe('unknown_key');
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
    const others: readonly (readonly [ProfileOptions & { name?: string }, string])[] = [
      [{ algorithms: ['RS256'] }, 'algorithm_not_allowed'],
      [{ tokenTypes: ['JWT'] }, 'type_not_accepted'],
      [{ name: 'https://other.test/' }, 'issuer_mismatch'],
      [{ audience: 'x' }, 'audience_mismatch'],
      [{ requiredClaims: ['jti'] }, 'claim_missing'],
      [{ claims: { sub: 'x' } }, 'claim_mismatch'],
      [{ validate: () => false }, 'claims_rejected'],
    ];
    for (const [profile, reason] of others) {
      const other = { ...createVerifier(keySet, profile).verifier, signedTokens: verifier.signedTokens };
      expect(reasonOf(remembered, other)).toBe(reason);
    }
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
