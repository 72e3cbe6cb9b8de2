import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTokenParts } from '../../../../dashboard/components/token-parts.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const header = encode('{"alg":"RS256"}');
const json = '{\n  "alg": "RS256"\n}';

describe('readTokenParts', () => {
  it('reads the header and the claims, whatever language they are in', () => {
    expect(readTokenParts(`${header}.${encode('{"name":"Zoë 🔑","roles":[]}')}.c2ln`)).toEqual({
      header: '{\n  "alg": "RS256"\n}',
      claims: '{\n  "name": "Zoë 🔑",\n  "roles": []\n}',
    });
  });

  it('shows what stands there, and not what JavaScript makes of it', () => {
    const { claims } = readTokenParts(`${header}.${encode('{"id":12345678901234567890,"a":1,"a":2}')}.c2ln`);
    expect(claims).toBe('{\n  "id": 12345678901234567890,\n  "a": 1,\n  "a": 2\n}');
  });

  it.each([
    ['opaque-token', {}, 'opaque'],
    ['', {}, 'opaque'],
    [`${header}.e.e.e.e`, { header: json }, 'encrypted'],
    [`${header}.${encode('{"sub":')}.c2ln`, { header: json }, 'no JSON'],
    [`${header}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.c2ln`, { header: json }, 'no JSON'],
  ])('says what cannot be read in %j', (token, readable, obstacle) => {
    expect(readTokenParts(token)).toEqual({
      ...readable,
      obstacle: expect.stringContaining(obstacle) as string,
    });
  });

  it.each([
    [`${header}.${header}`, { header: json, claims: json }, ['this has 2.']],
    [`${header}.${header}.c2ln.c2ln`, { header: json, claims: json }, ['this has 4.']],
    [`${header}=.${header}.c2ln`, { claims: json }, ['The header is not base64url.']],
    [`${header}.${header}!.c2ln`, { header: json }, ['The claims are not base64url.']],
    [`${header}.${header}.c2ln=`, { header: json, claims: json }, ['The signature is not base64url.']],
    ['a.b.c', {}, ['The header is not base64url.', 'The claims are not', 'The signature is not']],
    ['..', {}, ['The header is no JSON.', 'The claims are no JSON.']],
    ['bbb.b.b.b.b', {}, ['this has 5.', 'The header is no JSON.']],
  ])('names what is broken in %j, and shows the rest', (token, readable, flaws) => {
    const { obstacle = '', ...rest } = readTokenParts(token);
    expect(rest).toEqual(readable);
    for (const flaw of flaws) expect(obstacle).toContain(flaw);
    expect(obstacle).toMatch(/Was the token copied whole and unchanged\?$/);
    expect(obstacle).not.toContain('opaque');
  });

  it('takes whatever is pasted', () => {
    const text = fc.string({ unit: fc.constantFrom(...'aeJ09-_.= {"é'.split('')), maxLength: 40 });
    fc.assert(
      fc.property(fc.oneof(text, fc.string({ unit: 'binary' })), (token) => {
        const { header, claims, obstacle } = readTokenParts(token);
        expect([header, claims, obstacle]).not.toEqual([undefined, undefined, undefined]);
      }),
    );
  });
});
