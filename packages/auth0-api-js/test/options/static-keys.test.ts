import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { readStaticKeys } from '../../src/options/static-keys.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { rsaKey } from '../support/bench.js';
import { configurationError } from '../support/configuration-error.js';
import { createCertificate } from '../support/create-certificate.js';

const other = createTestKey('RS256');
const encryption = { ...other.publicJwk, kid: 'enc', use: 'enc', alg: 'RSA-OAEP' };
const pem = (key: typeof rsaKey): string => String(key.publicKey.export({ type: 'spki', format: 'pem' }));
const spki = rsaKey.publicKey.export({ type: 'spki', format: 'der' });
const pkcs1 = rsaKey.publicKey.export({ type: 'pkcs1', format: 'der' });
const certificate = new X509Certificate(createCertificate(generateKeyPairSync('ed25519'))).raw;
const errorOf = (keys: object): string =>
  configurationError({ issuers: [{ issuer: 'https://partner.example.com/', ...keys }] });

describe('the option jwks', () => {
  it('leaves out public keys for encryption, as a set that is fetched does', () => {
    const x25519 = { kty: 'OKP', crv: 'X25519', x: 'AAAA', use: 'enc' };
    const jwks = { keys: [encryption, rsaKey.publicJwk, x25519] };
    const keys = readStaticKeys({ jwks }, 'issuers[0]')?.keys ?? [];
    expect(keys.map(({ kid }) => kid)).toEqual([rsaKey.publicJwk.kid]);
    expect(errorOf({ jwks })).toBe('none');
  });

  it.each<[string, object, string]>([
    ['private', { ...encryption, d: 'AQAB' }, 'number 1: it holds a PRIVATE key'],
    ['symmetric', { kty: 'oct', k: 'AQAB', use: 'enc' }, 'number 1: it is symmetric'],
    ['broken', { ...other.publicJwk, n: 'AQAB' }, 'number 1: its modulus'],
    ['of another use', { ...other.publicJwk, use: 'ENC' }, 'number 1: its "use" is not "sig"'],
  ])('leaves out no key that is %s', (_what, key, message) => {
    expect(errorOf({ jwks: { keys: [rsaKey.publicJwk, key, encryption] } })).toContain(message);
  });

  it.each([
    [[rsaKey.publicJwk], '"jwks" must be a JWK Set, and a list is none. Write { keys: [...] }'],
    [{ keys: [] }, '"jwks" must be a JWK Set of public signature keys that can be used, from 1 to 100'],
    [
      { keys: [encryption] },
      '"jwks" must be a JWK Set of public signature keys that can be used, from 1 to 100',
    ],
    [
      { keys: {} },
      '"jwks" must be a JWK Set of public signature keys that can be used: an object with "keys", a list',
    ],
  ])('says what it must be, case %#', (jwks, message) => {
    expect(errorOf({ jwks })).toBe(`Invalid issuers[0] configuration: ${message}`);
  });
});

describe('the option publicKey', () => {
  it.each([
    ['text', pem(rsaKey)],
    ['a Buffer', Buffer.from(pem(rsaKey))],
    ['bytes', new Uint8Array(Buffer.from(pem(rsaKey)))],
  ])('takes a PEM as %s', (_what, publicKey) => {
    const keys = readStaticKeys({ publicKey }, 'issuers[0]')?.keys ?? [];
    expect(keys.map(({ keyObject }) => keyObject.equals(rsaKey.publicKey))).toEqual([true]);
  });

  it('is one key: several belong into jwks', () => {
    expect(errorOf({ publicKey: pem(rsaKey) + pem(other) })).toContain(
      'it holds 2 PEM blocks. Give several keys as "jwks"',
    );
  });

  it('says what becomes of a certificate', () => {
    expect(errorOf({ publicKey: 'x' })).toContain(
      'a certificate is taken for its key only, and its expiry is not checked',
    );
  });
});

describe('the option secret', () => {
  const body = spki.toString('base64');
  it.each<[string, string | Uint8Array]>([
    ['the DER of a public key', spki],
    ['the DER of PKCS #1', pkcs1],
    ['the body of a PEM in one line', body],
    ['the body of a PEM in lines', body.replace(/.{64}/g, '$&\n')],
    ['the body of a PEM as bytes', Buffer.from(body)],
    ['that in base64url', spki.toString('base64url')],
    ['the body of a PEM of PKCS #1', pkcs1.toString('base64')],
    ['a whole PEM in base64', Buffer.from(pem(rsaKey)).toString('base64')],
    ['a JWK in base64', Buffer.from(JSON.stringify(rsaKey.publicJwk)).toString('base64')],
    ['an elliptic key', createTestKey('ES256').publicKey.export({ type: 'spki', format: 'der' })],
    ['the DER of a certificate', certificate],
    ['the body of a PEM certificate', certificate.toString('base64')],
  ])('is not %s, which anybody has', (_what, secret) => {
    expect(errorOf({ secret })).toBe(
      'Invalid issuers[0] configuration: "secret" looks like a public key. Anybody has that: give it as "publicKey" or "jwks"',
    );
  });
});
