import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VerifyAccessTokenError } from '@auth0/auth0-api-js';
import { readPolicy } from '../../src/options/profile-options.js';
import { checkClaims } from '../../src/verify/check-claims.js';
import type { JsonObject } from '../../src/verify/read-json-object.js';
import type { TokenPolicy } from '../../src/verify/token-policy.js';
import { audience } from '../support/bench.js';
import { noon, setWallClock } from '../support/clock.js';

const policy = readPolicy({ audience });

/** Why claims are refused at noon, or that they are not; anything else that is thrown fails the test. */
function judge(claims: JsonObject, changes: Partial<TokenPolicy> = {}): string {
  setWallClock(noon);
  try {
    checkClaims(claims, { ...policy, ...changes });
    return 'accepted';
  } catch (error) {
    if (!(error instanceof VerifyAccessTokenError)) throw error;
    return String(error.reason);
  }
}

const good = { aud: audience, iat: noon, exp: noon + 600 };

describe('checkClaims', () => {
  it.each([
    ['exp', Number.MAX_SAFE_INTEGER, 'accepted'],
    ['exp', Number.MAX_SAFE_INTEGER + 1, 'expiry_invalid'],
    ['iat', -Number.MAX_SAFE_INTEGER, 'accepted'],
    ['iat', -Number.MAX_SAFE_INTEGER - 1, 'issued_at_invalid'],
    ['nbf', -Number.MAX_SAFE_INTEGER, 'accepted'],
    ['nbf', -Number.MAX_SAFE_INTEGER - 1, 'not_before_invalid'],
    ['iat', Number.NEGATIVE_INFINITY, 'issued_at_invalid'],
  ])('E1 E3 E4 judges %s of %d: %s', (name, value, expected) => {
    expect(judge({ ...good, [name]: value })).toBe(expected);
  });

  it('E2 E3 E4 measures time with the tolerance it is given, and iat with 10 s at least', () => {
    const at = (claims: JsonObject, clockToleranceSeconds: number): string =>
      judge({ ...good, ...claims }, { clockToleranceSeconds });
    expect(at({ exp: noon }, 0)).toBe('token_expired');
    expect(at({ exp: noon + 0.001 }, 0)).toBe('accepted');
    expect(at({ exp: noon - 29 }, 30)).toBe('accepted');
    expect(at({ exp: noon - 30 }, 30)).toBe('token_expired');
    expect(at({ nbf: noon }, 0)).toBe('accepted');
    expect(at({ nbf: noon + 1 }, 0)).toBe('token_not_yet_valid');
    expect(at({ nbf: noon + 30 }, 30)).toBe('accepted');
    expect(at({ nbf: noon + 31 }, 30)).toBe('token_not_yet_valid');
    expect(at({ iat: noon + 10 }, 0)).toBe('accepted');
    expect(at({ iat: noon + 11 }, 0)).toBe('issued_in_future');
    expect(at({ iat: noon + 30 }, 30)).toBe('accepted');
    expect(at({ iat: noon + 31 }, 30)).toBe('issued_in_future');
  });

  it('judges by the clock it is given', () => {
    const now = (): number => (noon + 605) * 1000;
    expect(judge(good, { now: () => (noon + 604.9) * 1000 })).toBe('accepted');
    expect(judge(good, { now })).toBe('token_expired');
    expect(judge({ ...good, exp: noon + 1200 }, { now })).toBe('accepted');
    expect(judge({ ...good, iat: noon + 615, exp: noon + 1200 }, { now })).toBe('accepted');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, undefined, '1800000000000'])(
    'does not judge by a clock that says %j',
    (time) => {
      expect(() => judge(good, { now: () => time as number })).toThrow("'now' did not return a number");
    },
  );

  it('reads claims of its own only', () => {
    const { aud, ...rest } = good;
    expect(judge(Object.assign(Object.create({ aud }) as object, rest))).toBe('audience_missing');
    const inheritsTime = Object.create({ iat: noon, exp: noon + 600 }) as object;
    expect(judge(Object.assign(inheritsTime, { aud }))).toBe('expiry_missing');
    const inheritsRest = Object.create({ nbf: noon + 600, jti: 'a' }) as object;
    expect(judge(Object.assign(inheritsRest, good))).toBe('accepted');
    expect(
      judge(Object.assign(Object.create({ jti: 'a' }) as object, good), { requiredClaims: ['jti'] }),
    ).toBe('claim_missing');
  });

  it('accepts exactly what a rule of one line accepts', () => {
    const time = fc.oneof(
      fc.integer({ min: -20, max: 20 }).map((offset) => noon + offset),
      fc.constantFrom<unknown>(undefined, null, 'x', true, -1, 0, 2 ** 60),
    );
    const isTime = (value: unknown): value is number => typeof value === 'number' && value < 2 ** 53;
    const claims = fc.record({ exp: time, iat: time, nbf: time }, { requiredKeys: [] });
    const counts = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(claims, (times) => {
        const { exp, iat, nbf } = times;
        const isNotBefore = !('nbf' in times) || (isTime(nbf) && nbf <= noon + 5);
        const isGood = isTime(exp) && exp > noon - 5 && isTime(iat) && iat <= noon + 10 && isNotBefore;
        counts[isGood ? 'accepted' : 'refused'] += 1;
        expect(judge({ aud: audience, ...times }) === 'accepted').toBe(isGood);
      }),
      { numRuns: 2000, seed: 7519 },
    );
    expect(Math.min(counts.accepted, counts.refused)).toBeGreaterThan(100);
  });
});
