import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VerifyAccessTokenError } from '@auth0/auth0-api-js';
import { checkHeader, noType, type HeaderPolicy } from '../../src/verify/check-header.js';
import type { JsonObject } from '../../src/verify/read-json-object.js';

const algorithms = new Set(['RS256', 'ES256']);
const allowed: HeaderPolicy = { algorithms, types: new Set([noType, 'jwt', 'at+jwt']) };

const reasons = [
  'critical_header',
  'encryption_header',
  'type_not_accepted',
  'algorithm_missing',
  'algorithm_symmetric',
  'algorithm_not_allowed',
  'key_id_invalid',
];

const value = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.constantFrom('RS256', 'ES256', 'HS256', 'none', 'JWT', 'at+jwt', 'jwt', 'key', ''),
);
const names = ['alg', 'kid', 'typ', 'cty', 'crit', 'b64', 'enc', 'zip', 'p2c', 'jwk', 'x'];
const anyHeader = fc.oneof(
  fc.record({ alg: fc.constantFrom('RS256', 'ES256'), kid: value, typ: value }, { requiredKeys: ['alg'] }),
  fc.dictionary(fc.constantFrom(...names), value),
);

describe('checkHeader', () => {
  it('lets nothing pass but an allowed algorithm with an ordinary key id, and fails only by refusing', () => {
    const passed = { count: 0 };
    fc.assert(
      fc.property(anyHeader, (header: JsonObject) => {
        try {
          const { alg, kid } = checkHeader(header, allowed);
          passed.count += 1;
          expect(algorithms).toContain(alg);
          expect(alg).toBe(header['alg']);
          expect(kid).toBe(header['kid']);
          expect(['undefined', 'string']).toContain(typeof kid);
          expect(Object.keys(header)).not.toEqual(expect.arrayContaining(['crit']));
        } catch (error) {
          if (!(error instanceof VerifyAccessTokenError)) throw error;
          expect(reasons).toContain(error.reason);
        }
      }),
      { numRuns: 2000, seed: 8725 },
    );
    expect(passed.count).toBeGreaterThan(100);
  });

  it('C15 reads members of its own only', () => {
    const inherits = Object.create({ alg: 'RS256', kid: 'k' }) as JsonObject;
    expect(() => checkHeader(inherits, allowed)).toThrow('missing "alg" header');
    const own = Object.assign(
      Object.create({ crit: ['x'], b64: false, enc: 'x', cty: 'JWT', typ: 'x', kid: 7 }) as object,
      { alg: 'RS256' },
    );
    expect(checkHeader(own, allowed)).toEqual({ alg: 'RS256', kid: undefined });
  });

  it('C14 takes a key id of 256 characters, and the empty one', () => {
    const kid = 'k'.repeat(256);
    expect(checkHeader({ alg: 'RS256', kid }, allowed).kid).toBe(kid);
    expect(checkHeader({ alg: 'RS256', kid: '' }, allowed).kid).toBe('');
    expect(checkHeader({ alg: 'RS256', kid: 'ключ 🔑' }, allowed).kid).toBe('ключ 🔑');
  });

  it('C11 takes a content type that is no token', () => {
    expect(checkHeader({ alg: 'RS256', cty: 'json' }, allowed).alg).toBe('RS256');
  });

  it('D7 ignores members that carry or locate a key', () => {
    const header = {
      alg: 'RS256',
      kid: 'k',
      jwk: {},
      jku: 'u',
      x5u: 'u',
      x5c: [],
      x5t: 't',
      'x5t#S256': 't',
    };
    expect(checkHeader(header, allowed)).toEqual({ alg: 'RS256', kid: 'k' });
  });

  it.each(['HS256', 'hs256', 'HS1', 'hSomething'])('D4 names %s for what it is', (alg) => {
    expect(() => checkHeader({ alg }, allowed)).toThrow('symmetric algorithms are not supported');
  });

  it.each(['none', 'PS256', 'XHS256', ' HS256'])('D1 says of %s only that it is not allowed', (alg) => {
    expect(() => checkHeader({ alg }, allowed)).toThrow(
      expect.objectContaining({ reason: 'algorithm_not_allowed' }),
    );
  });
});
