import {
  createHmac,
  generateKeyPairSync,
  randomUUID,
  sign,
  X509Certificate,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { ApiClient, type ApiClientOptions, type StaticKeyOptions } from '@auth0/auth0-api-js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import {
  audience,
  claimsText,
  headerText,
  issuer,
  rsaKey,
  segment,
  signRaw,
  signWithSecret,
} from '../support/bench.js';
import { configurationError } from '../support/configuration-error.js';
import { createCertificate } from '../support/create-certificate.js';
import { reasonOf } from '../support/reason-of.js';

/** Keys that are given need no network. */
const customFetch = (): never => expect.unreachable();

function createClient(keys: StaticKeyOptions, options: Partial<ApiClientOptions> = {}): ApiClient {
  return new ApiClient({ audience, customFetch, issuers: [{ issuer, ...keys }], ...options });
}

const errorOf = (keys: object, algorithms: readonly string[] = ['RS256']): string =>
  configurationError({ algorithms, issuers: [{ issuer, ...keys }] });

const pem = (key: TestKey): string => key.publicKey.export({ type: 'spki', format: 'pem' }).toString();
const tokenOf = (key: TestKey, header: Readonly<Record<string, unknown>> = {}): string =>
  signRaw(key, headerText(key, header), claimsText());

describe('D, keys that are given', () => {
  const { kid: _kid, alg: _alg, use: _use, ...bareJwk } = rsaKey.publicJwk;

  it.each<[string, StaticKeyOptions]>([
    ['PEM (SPKI)', { publicKey: pem(rsaKey) }],
    [
      'PEM with CRLF and text around it',
      { publicKey: `# key\r\n${pem(rsaKey).replaceAll('\n', '\r\n')}\r\n` },
    ],
    ['a JWK', { publicKey: rsaKey.publicJwk }],
    ['a JWK of nothing but the key', { publicKey: bareJwk }],
    ['a KeyObject', { publicKey: rsaKey.publicKey }],
    ['a JWK set', { jwks: { keys: [createTestKey('ES256').publicJwk, rsaKey.publicJwk] } }],
  ])('D9 accepts a token by a key given as %s, and no other', async (_what, keys) => {
    const client = createClient(keys);
    expect(await reasonOf(client, tokenOf(rsaKey))).toBe('accepted');
    const stranger = createTestKey('RS256');
    expect(await reasonOf(client, tokenOf(stranger, { kid: rsaKey.kid }))).toBe('signature_invalid');
    expect(
      await reasonOf(client, `${tokenOf(rsaKey).replace(/[^.]*$/, '')}${segment(Buffer.alloc(256))}`),
    ).toBe('signature_invalid');
  });

  it.each(['PS256', 'RS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'])(
    'D3 takes a PEM for %s, which algorithms must ask for',
    async (alg) => {
      const key = createTestKey(alg);
      const client = createClient({ publicKey: pem(key) }, { algorithms: [alg] });
      expect(await reasonOf(client, tokenOf(key))).toBe('accepted');
      expect(await reasonOf(client, tokenOf(rsaKey))).toBe('algorithm_not_allowed');
    },
  );

  it('D9 takes a certificate for its public key', async () => {
    const pair = generateKeyPairSync('ed25519');
    const certificate = createCertificate(pair);
    expect(new X509Certificate(certificate).verify(pair.publicKey)).toBe(true);
    const key = {
      alg: 'EdDSA',
      kid: randomUUID(),
      sign: (text: string) => sign(null, Buffer.from(text), pair.privateKey),
    };
    const client = createClient({ publicKey: certificate }, { algorithms: ['EdDSA'] });
    expect(await reasonOf(client, tokenOf(key as TestKey))).toBe('accepted');
    expect(await reasonOf(client, tokenOf(createTestKey('EdDSA')))).toBe('signature_invalid');
  });

  it('takes a single key without an id for the one that a token means, whatever id it names', async () => {
    const client = createClient({ publicKey: pem(rsaKey) });
    for (const kid of [undefined, '', 'anything'])
      expect(await reasonOf(client, tokenOf(rsaKey, { kid }))).toBe('accepted');
  });

  it('goes by the id of a key that has one, and by any other in vain', async () => {
    for (const keys of [{ publicKey: rsaKey.publicJwk }, { jwks: { keys: [rsaKey.publicJwk] } }]) {
      const client = createClient(keys);
      expect(await reasonOf(client, tokenOf(rsaKey, { kid: undefined }))).toBe('accepted');
      expect(await reasonOf(client, tokenOf(rsaKey, { kid: 'other' }))).toBe('unknown_key');
    }
  });

  it('D14 does not choose among several keys for a token without an id', async () => {
    const client = createClient({ jwks: { keys: [rsaKey.publicJwk, createTestKey('RS256').publicJwk] } });
    expect(await reasonOf(client, tokenOf(rsaKey, { kid: undefined }))).toBe('unknown_key');
    expect(await reasonOf(client, tokenOf(rsaKey))).toBe('accepted');
  });

  it('are usable at once, do not age, and are not exported', async () => {
    const client = createClient({ secret: 'x'.repeat(32) });
    const health = { issuer, state: 'static', isUsable: true, keyCount: 1, isFetching: false };
    expect(client.health()).toEqual({ isUsable: true, isComplete: true, issuers: [health] });
    await expect(client.ready({ timeoutSeconds: 0 })).resolves.toMatchObject({ isUsable: true });
    expect(client.exportKeys()).toEqual({ version: 1, issuers: [] });
    client.close();
    expect(await reasonOf(client, signWithSecret('x'.repeat(32), claimsText()))).toBe('accepted');
  });
});

describe('D, keys that are given and cannot be used', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const exportPem = (key: KeyObject, type: 'pkcs1' | 'pkcs8' | 'sec1' | 'spki'): string =>
    key.export({ type: type as 'pkcs8', format: 'pem' }).toString();
  const privateJwk = rsa.privateKey.export({ format: 'jwk' });
  const encrypted = rsa.privateKey
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'p' })
    .toString();
  const small = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;

  it.each<[string, unknown, string]>([
    ['a private PEM (PKCS #8)', exportPem(rsa.privateKey, 'pkcs8'), 'it holds a PRIVATE key'],
    ['a private PEM (PKCS #1)', exportPem(rsa.privateKey, 'pkcs1'), 'it holds a PRIVATE key'],
    ['a private PEM (SEC 1)', exportPem(ec.privateKey, 'sec1'), 'it holds a PRIVATE key'],
    ['a private PEM under a passphrase', encrypted, 'it holds a PRIVATE key'],
    [
      'a PEM of the private and the public key',
      exportPem(rsa.privateKey, 'pkcs8') + exportPem(rsa.publicKey, 'spki'),
      'it holds a PRIVATE key',
    ],
    ['a private KeyObject', rsa.privateKey, 'it is a PRIVATE key'],
    ['a private JWK', privateJwk, 'it holds a PRIVATE key'],
    ['a JWK with d alone', { ...rsaKey.publicJwk, d: 'AQAB' }, 'it holds a PRIVATE key'],
    ['a symmetric JWK', { kty: 'oct', k: segment('x'.repeat(32)) }, 'it is symmetric'],
    [
      'a PEM of PKCS #1',
      exportPem(rsa.publicKey, 'pkcs1'),
      'a PEM must begin with -----BEGIN PUBLIC KEY-----',
    ],
    ['a text', 'secret', 'a PEM must begin with'],
    ['an empty text', '', 'a PEM must begin with'],
    ['a JWK as text', JSON.stringify(rsaKey.publicJwk), 'a PEM must begin with'],
    ['a cut PEM', exportPem(rsa.publicKey, 'spki').slice(0, 100), ''],
    ['RSA with 1024 bits', small, 'its modulus has 1024 bits'],
    ['a JWK for encryption', { ...rsaKey.publicJwk, use: 'enc' }, 'its "use" is not "sig"'],
    ['DER', rsaKey.publicKey.export({ type: 'spki', format: 'der' }), 'a PEM must begin with'],
    ['null', null, 'it is not an object'],
    ['a number', 7, 'it is not an object'],
    ['a list', [rsaKey.publicJwk], 'it is not an object'],
  ])('D5 D9 D11 refuse %s as publicKey', (_what, publicKey, why) => {
    const message = errorOf({ publicKey });
    expect(message).toContain(
      'Invalid issuers[0] configuration: "publicKey" must be a public key as PEM (SPKI), JWK or KeyObject',
    );
    expect(message).toContain(why);
    expect(message).not.toContain(String(privateJwk.d).slice(0, 20));
  });

  it.each<[string, unknown, string]>([
    ['a private key in it', { keys: [rsaKey.publicJwk, privateJwk] }, '(number 1: it holds a PRIVATE key'],
    [
      'two keys that cannot be used',
      { keys: [{}, { kty: 'oct' }] },
      '(number 0: its type or curve is not supported; number 1: it is symmetric)',
    ],
    ['no keys', { keys: [] }, '"jwks" must be a JWK Set of public signature keys that can be used'],
    [
      'more than 100 keys',
      { keys: Array.from({ length: 101 }, () => rsaKey.publicJwk) },
      '"jwks" must be a JWK Set',
    ],
    ['no list', { keys: {} }, '"jwks" must be a JWK Set'],
    ['a JWK', rsaKey.publicJwk, '"jwks" must be a JWK Set'],
    ['a list', [rsaKey.publicJwk], '"jwks" must be a JWK Set'],
    ['a text', JSON.stringify({ keys: [rsaKey.publicJwk] }), '"jwks" must be a JWK Set'],
    ['null', null, '"jwks" must be a JWK Set'],
  ])('D5 refuse jwks with %s', (_what, jwks, message) => {
    expect(errorOf({ jwks })).toContain('Invalid issuers[0] configuration: "jwks" must be');
    expect(errorOf({ jwks })).toContain(message);
  });
});

describe('D, a secret', () => {
  const secret = 'correct horse battery staple 32b';

  it.each<[string, string | Uint8Array]>([
    ['32 characters', secret],
    ['16 characters of two bytes', 'é'.repeat(16)],
    ['32 bytes', Buffer.from(secret)],
    ['a part of a larger buffer', new Uint8Array(Buffer.from(`..${secret}..`)).subarray(2, 34)],
    ['64 bytes', Buffer.alloc(64, 5)],
  ])('D4 verifies HS256 with %s', async (_what, given) => {
    const client = createClient({ secret: given });
    expect(await reasonOf(client, signWithSecret(given, claimsText()))).toBe('accepted');
    expect(await reasonOf(client, signWithSecret(given, claimsText(), { kid: 'any' }))).toBe('accepted');
    expect(await reasonOf(client, signWithSecret('x'.repeat(32), claimsText()))).toBe('signature_invalid');
  });

  it.each<[string, unknown]>([
    ['31 characters', 'x'.repeat(31)],
    ['31 bytes', Buffer.alloc(31, 1)],
    ['nothing', ''],
    ['no bytes', new Uint8Array()],
    ['null', null],
    ['a number', 7],
    ['a list of numbers', Array.from({ length: 32 }, () => 7)],
    ['an object', { length: 32 }],
  ])('D4 D6 is no secret: %s', (_what, given) => {
    expect(errorOf({ secret: given })).toBe(
      'Invalid issuers[0] configuration: "secret" must be at least 32 bytes, as text or bytes (RFC 7518 section 3.2)',
    );
  });

  it.each<[string, string | Uint8Array]>([
    ['a PEM', pem(rsaKey)],
    ['a PEM in a Buffer', Buffer.from(pem(rsaKey))],
    ['a PEM as bytes', new Uint8Array(Buffer.from(pem(rsaKey)))],
    ['a JWK', JSON.stringify(rsaKey.publicJwk)],
    ['a JWK set', JSON.stringify({ keys: [rsaKey.publicJwk] }, null, 2)],
  ])('D4 is no secret, but what anybody has: %s', (_what, given) => {
    expect(errorOf({ secret: given })).toBe(
      'Invalid issuers[0] configuration: "secret" looks like a public key. Anybody has that: give it as "publicKey" or "jwks"',
    );
  });

  it.each([[['RS256']], [['HS256', 'RS256']], [['HS384']], [[]], ['HS256'], [null]])(
    'D4 is for HS256 only: algorithms %j contradict it',
    (algorithms) => {
      expect(configurationError({ issuers: [{ issuer, secret, algorithms }] })).toBe(
        'Invalid issuers[0] configuration: "secret" is for HS256 only, and "algorithms" say otherwise. Leave them out',
      );
    },
  );

  it('D4 does not mind HS256 said of its own issuer, and of nobody else', () => {
    expect(configurationError({ issuers: [{ issuer, secret, algorithms: ['HS256'] }] })).toBe('none');
    const refused = 'symmetric algorithms are not allowed';
    expect(configurationError({ algorithms: ['HS256'], issuers: [{ issuer, secret }] })).toContain(refused);
    expect(
      configurationError({
        issuers: [
          { issuer, secret },
          { issuer: 'https://b.test/', algorithms: ['HS256'] },
        ],
      }),
    ).toContain(refused);
  });

  it('D4 cannot be asked for by a call', async () => {
    const client = createClient({ secret });
    await expect(
      client.verifyAccessToken({ accessToken: signWithSecret(secret, claimsText()), algorithms: ['HS256'] }),
    ).rejects.toThrow('symmetric algorithms are not allowed');
  });

  it('refuses signatures that are cut, longer, empty or of other bytes', async () => {
    const client = createClient({ secret });
    const token = signWithSecret(secret, claimsText());
    const [head = '', body = '', mac = ''] = token.split('.');
    const bytes = Buffer.from(mac, 'base64url');
    const signatures = [
      bytes.subarray(0, 31),
      Buffer.concat([bytes, Buffer.alloc(1)]),
      Buffer.alloc(0),
      Buffer.alloc(32),
    ];
    for (const signature of signatures)
      expect(await reasonOf(client, `${head}.${body}.${segment(signature)}`)).toBe('signature_invalid');
    expect(await reasonOf(client, `${head}.${segment(claimsText({ sub: 'x' }))}.${mac}`)).toBe(
      'signature_invalid',
    );
  });

  it.each([
    ['HS384', 'sha384', 'algorithm_symmetric'],
    ['HS512', 'sha512', 'algorithm_symmetric'],
    ['hs256', 'sha256', 'algorithm_symmetric'],
    ['none', 'sha256', 'algorithm_not_allowed'],
  ])('D1 D2 D4 verifies no %s', async (alg, digest, reason) => {
    const signingInput = `${segment(JSON.stringify({ alg, typ: 'at+jwt' }))}.${segment(claimsText())}`;
    const mac = createHmac(digest, secret).update(signingInput).digest('base64url');
    const client = createClient({ secret });
    expect(await reasonOf(client, `${signingInput}.${mac}`)).toBe(reason);
    expect(await reasonOf(client, `${signingInput}.`)).toBe(reason);
  });
});

describe('D, a secret beside public keys', () => {
  const secret = 'correct horse battery staple 32b';
  const secretIssuer = 'https://secret.test/';
  const jwk = rsaKey.publicJwk;

  /** The issuer with a public key, in each of the ways to give one. */
  const clients: readonly ApiClient[] = [
    { publicKey: pem(rsaKey) },
    { publicKey: rsaKey.publicKey },
    { jwks: { keys: [jwk] } },
  ].map(
    (keys) =>
      new ApiClient({
        audience,
        customFetch,
        issuers: [
          { issuer, ...keys },
          { issuer: secretIssuer, secret },
        ],
      }),
  );

  it('accepts the tokens of each', async () => {
    for (const client of clients) {
      expect(await reasonOf(client, tokenOf(rsaKey))).toBe('accepted');
      expect(await reasonOf(client, signWithSecret(secret, claimsText({ iss: secretIssuer })))).toBe(
        'accepted',
      );
    }
  });

  it.each<[string, string | Uint8Array]>([
    ['its PEM', pem(rsaKey)],
    ['its PEM without the last line end', pem(rsaKey).trim()],
    ['its PEM behind a byte', `\0${pem(rsaKey)}`],
    ['its SPKI', rsaKey.publicKey.export({ type: 'spki', format: 'der' })],
    ['its PKCS #1', rsaKey.publicKey.export({ type: 'pkcs1', format: 'der' })],
    ['its JWK', JSON.stringify(jwk)],
    ['its JWK set', JSON.stringify({ keys: [jwk] })],
    ['its modulus', Buffer.from(String(jwk['n']), 'base64url')],
    ['its modulus as text', String(jwk['n'])],
    ['nothing', ''],
    ['the secret of the other issuer', secret],
  ])('D4 F3 F4 refuses HS256 by %s for the issuer with a public key', async (_what, hmacKey) => {
    for (const client of clients) {
      for (const kid of [undefined, rsaKey.kid]) {
        const token = signWithSecret(hmacKey, claimsText(), { kid });
        expect(await reasonOf(client, token)).toBe('algorithm_symmetric');
        expect(await reasonOf(client, token, { algorithms: ['RS256'] })).toBe('algorithm_symmetric');
      }
    }
  });

  it('D3 F4 refuses RS256 for the issuer with a secret, by whatever key', async () => {
    for (const client of clients) {
      for (const kid of [undefined, rsaKey.kid]) {
        const token = signRaw(rsaKey, headerText(rsaKey, { kid }), claimsText({ iss: secretIssuer }));
        expect(await reasonOf(client, token)).toBe('algorithm_not_allowed');
        expect(await reasonOf(client, token, { algorithms: ['RS256'] })).toBe('unknown_key');
      }
    }
  });

  it('F3 refuses what one issuer has signed in the name of the other', async () => {
    const other = createTestKey('RS256');
    const client = new ApiClient({
      audience,
      customFetch,
      issuers: [
        { issuer, publicKey: pem(rsaKey) },
        { issuer: 'https://other.test/', publicKey: pem(other) },
        { issuer: secretIssuer, secret },
        { issuer: 'https://secret2.test/', secret: secret.toUpperCase() },
      ],
    });
    const crossed = signRaw(other, headerText(other), claimsText());
    expect(await reasonOf(client, crossed)).toBe('signature_invalid');
    const macs = signWithSecret(secret, claimsText({ iss: 'https://secret2.test/' }));
    expect(await reasonOf(client, macs)).toBe('signature_invalid');
  });
});
