import { describe, expect, it } from 'vitest';
import { readTokenParts } from '../../../../dashboard/components/token-parts.ts';

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const header = encode('{"alg":"RS256"}');

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
    [`${header}.${header}`, {}, 'opaque'],
    [`${header}.e.e.e.e`, { header: '{\n  "alg": "RS256"\n}' }, 'encrypted'],
    [`${header}.${encode('{"sub":')}.c2ln`, { header: '{\n  "alg": "RS256"\n}' }, 'no JSON'],
    [
      `${header}.${Buffer.from([0x22, 0xff, 0x22]).toString('base64url')}.c2ln`,
      { header: '{\n  "alg": "RS256"\n}' },
      'no JSON',
    ],
  ])('says what cannot be read in %j', (token, readable, obstacle) => {
    expect(readTokenParts(token)).toEqual({
      ...readable,
      obstacle: expect.stringContaining(obstacle) as string,
    });
  });
});
