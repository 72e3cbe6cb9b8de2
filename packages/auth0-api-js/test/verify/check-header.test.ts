import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { VerifyAccessTokenError } from '@auth0/auth0-api-js';
import { checkHeader, type HeaderPolicy } from '../../src/verify/check-header.js';
import { noType, readHeader, readHeaderMembers, type TokenHeader } from '../../src/verify/read-header.js';
import type { JsonObject } from '../../src/verify/read-json-object.js';
import { segment } from '../support/bench.js';

const algorithms = new Set(['RS256', 'ES256']);
const allowed: HeaderPolicy = { algorithms, types: new Set([noType, 'jwt', 'at+jwt']) };

/** The way of a header: read, then judged. */
function judge(members: JsonObject): Pick<TokenHeader, 'alg' | 'kid'> {
  const header = readHeaderMembers(members);
  checkHeader(header, allowed);
  return { alg: header.alg, kid: header.kid };
}

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

describe('readHeaderMembers and checkHeader', () => {
  it('lets nothing pass but an allowed algorithm with an ordinary key id, and fails only by refusing', () => {
    const passed = { count: 0 };
    fc.assert(
      fc.property(anyHeader, (header: JsonObject) => {
        try {
          const { alg, kid } = judge(header);
          passed.count += 1;
          expect(algorithms).toContain(alg);
          expect(alg).toBe(header['alg']);
          expect(kid).toBe(header['kid']);
          expect(['undefined', 'string']).toContain(typeof kid);
          const extensions = ['crit', 'b64', 'enc', 'zip', 'p2c'];
          expect(Object.keys(header).filter((name) => extensions.includes(name))).toEqual([]);
          const typ = Object.hasOwn(header, 'typ') ? header['typ'] : undefined;
          expect([undefined, 'jwt', 'JWT', 'at+jwt']).toContain(typ);
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
    expect(() => judge(inherits)).toThrow('missing "alg" header');
    const own = Object.assign(
      Object.create({ crit: ['x'], b64: false, enc: 'x', cty: 'JWT', typ: 'x', kid: 7 }) as object,
      { alg: 'RS256' },
    );
    expect(judge(own)).toEqual({ alg: 'RS256', kid: undefined });
  });

  it('C14 takes a key id of 256 characters, and the empty one', () => {
    const kid = 'k'.repeat(256);
    expect(judge({ alg: 'RS256', kid }).kid).toBe(kid);
    expect(judge({ alg: 'RS256', kid: '' }).kid).toBe('');
    expect(judge({ alg: 'RS256', kid: 'ключ 🔑' }).kid).toBe('ключ 🔑');
  });

  it('C11 takes a content type that is no token', () => {
    expect(judge({ alg: 'RS256', cty: 'json' }).alg).toBe('RS256');
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
    expect(judge(header)).toEqual({ alg: 'RS256', kid: 'k' });
  });

  it.each(['HS256', 'hs256', 'HS1', 'hSomething'])('D4 names %s for what it is', (alg) => {
    expect(() => judge({ alg })).toThrow('symmetric algorithms are not supported');
  });

  it.each(['none', 'PS256', 'XHS256', ' HS256'])('D1 says of %s only that it is not allowed', (alg) => {
    expect(() => judge({ alg })).toThrow(expect.objectContaining({ reason: 'algorithm_not_allowed' }));
  });
});

describe('readHeader', () => {
  it('reads a header as a token has it', () => {
    const members = { alg: 'ES256', typ: 'At+JWT', kid: 'k', jku: 'u' };
    expect(readHeader(segment(JSON.stringify(members)))).toEqual({
      members,
      type: 'at+jwt',
      alg: 'ES256',
      kid: 'k',
      isKeyIdValid: true,
    });
  });

  it.each([
    ['C4 no base64url', '?', 'token_malformed'],
    ['C4 padding', `${segment('{"alg":"RS256"}')}=`, 'token_malformed'],
    ['C10 no object', segment('[]'), 'header_malformed'],
    ['C7 a member twice', segment('{"alg":"RS256","alg":"RS256"}'), 'header_malformed'],
    ['C8 crit', segment('{"alg":"RS256","crit":[]}'), 'critical_header'],
    ['C9 b64', segment('{"alg":"RS256","b64":true}'), 'critical_header'],
    ['C11 enc', segment('{"alg":"RS256","enc":null}'), 'encryption_header'],
    ['C11 zip', segment('{"alg":"RS256","zip":"DEF"}'), 'encryption_header'],
    ['C11 p2c', segment('{"alg":"RS256","p2c":1}'), 'encryption_header'],
    ['C11 a token as content', segment('{"alg":"RS256","cty":"jWt"}'), 'encryption_header'],
    ['C11 a content type that is no text', segment('{"alg":"RS256","cty":7}'), 'encryption_header'],
  ])('%s is refused whoever the issuer is', (_what, text, reason) => {
    expect(() => readHeader(text)).toThrow(expect.objectContaining({ reason }));
  });

  it.each([null, 7, '', 'k'.repeat(257), 'a\nb', '\u0085', []])('C14 has no key id of %j', (kid) => {
    const header = readHeaderMembers({ alg: 'RS256', kid });
    const isFine = kid === '';
    expect(header).toMatchObject({ kid: isFine ? '' : undefined, isKeyIdValid: isFine });
  });

  it.each([null, 7, '', []])('has no type and no algorithm of %j', (value) => {
    expect(readHeaderMembers({ typ: value, alg: value })).toMatchObject({ type: undefined, alg: '' });
    expect(readHeaderMembers({})).toMatchObject({ type: noType, alg: '' });
  });
});
