import { calculateJwkThumbprint } from 'jose';
import { describe, expect, it } from 'vitest';
import { keyThumbprint } from '../../../src/binding/dpop/key-thumbprint.js';
import { readPublicJwk } from '../../../src/keys/read-public-jwk.js';
import { createTestKey } from '../../../src/testing/create-test-key.js';
import { algorithms } from '../../../src/verify/algorithms.js';
import { rfc9449Thumbprint } from '../../support/rfc9449.js';

const thumbprintOf = (jwk: unknown): string => keyThumbprint(readPublicJwk(jwk).members);

/** The key of RFC 7638 section 3.1. */
const rfc7638Key = {
  kty: 'RSA',
  n:
    '0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhM' +
    'stn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6Cf0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5' +
    'hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4vMQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw',
  e: 'AQAB',
  alg: 'RS256',
  kid: '2011-04-29',
};

describe('keyThumbprint', () => {
  it('is that of the example of RFC 7638 section 3.1', () => {
    expect(thumbprintOf(rfc7638Key)).toBe('NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs');
  });

  it('is that of the example of RFC 8037 appendix A.3', () => {
    const x = '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo';
    expect(thumbprintOf({ kty: 'OKP', crv: 'Ed25519', x })).toBe(
      'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    );
  });

  it('is that of the example of RFC 9449 section 6.1', () => {
    const x = 'l8tFrhx-34tV3hRICRDY9zCkDlpBhF42UQUfWVAWBFs';
    const y = '9VE4jf_Ok_o64zbTTlcuNJajHmt6v9TDVrU0CdvGRDA';
    expect(thumbprintOf({ kty: 'EC', x, y, crv: 'P-256' })).toBe(rfc9449Thumbprint);
  });

  it.each([...algorithms.keys()])(
    'is what jose says, for a key of %s in any order of its members',
    async (alg) => {
      const { publicJwk } = createTestKey(alg);
      const expected = await calculateJwkThumbprint(publicJwk);
      expect(thumbprintOf(publicJwk)).toBe(expected);
      expect(thumbprintOf(Object.fromEntries(Object.entries(publicJwk).reverse()))).toBe(expected);
    },
  );
});
