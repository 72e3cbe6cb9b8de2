import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readNamedParties } from '../../../dashboard/pages/inspector/read-named-parties.js';

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const tokenOf = (claims: unknown): string => `${encode({ alg: 'RS256' })}.${encode(claims)}.c2ln`;

describe('readNamedParties', () => {
  it.each([
    ['one audience', tokenOf({ iss: 'a', aud: 'b' }), { issuer: 'a', audiences: ['b'] }],
    ['several', tokenOf({ aud: ['b', 'c', 7] }), { audiences: ['b', 'c'] }],
    ['a whole header', `Authorization: Bearer ${tokenOf({ iss: 'a' })}\n`, { issuer: 'a', audiences: [] }],
    ['names of another kind', tokenOf({ iss: 7, aud: { b: 1 } }), { audiences: [] }],
    ['claims that are no object', tokenOf(null), { audiences: [] }],
    ['no token', 'opaque', { audiences: [] }],
  ])('reads %s', (_what, token, parties) => {
    expect(readNamedParties(token)).toEqual(parties);
  });

  it('takes whatever is pasted', () => {
    const claims = fc.oneof(fc.string(), fc.jsonValue().map(tokenOf));
    fc.assert(fc.property(claims, (pasted) => Array.isArray(readNamedParties(pasted).audiences)));
  });
});
