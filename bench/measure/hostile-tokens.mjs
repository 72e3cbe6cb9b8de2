import { randomBytes, randomUUID } from 'node:crypto';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';

/** As long as a token may be, and about as long as Node.js lets a header be. */
const length = 16_384;
const signatureBytes = 256;
const signatureLength = Math.ceil((signatureBytes * 4) / 3);
/** Of each shape, so that not every token is the same. */
const variants = 4;

/** Bad tokens that every library refuses. Beside them there are some that only a stricter one finds bad. */
const badTokenNames = [
  'expired',
  'not-yet-valid',
  'without-expiry',
  'wrong-audience',
  'wrong-issuer',
  'unknown-key',
  'wrong-key',
  'tampered',
  'without-signature',
  'alg-none',
  'alg-hs256-with-public-key',
];

/**
 * Makes an issuer, and a good token of it, and tokens that are made to keep a verifier busy. All of those must be refused.
 *
 * @returns {Promise<{ settings: object, good: string, tokens: { shape: string, token: string }[] }>} Plain data, for other processes.
 */
export async function createHostileTokens() {
  const issuer = await createTestIssuer({ lifetimeSeconds: 4 * 3600 });
  const [jwk] = issuer.keys;
  const alg = 'RS256';
  const header = { alg, typ: 'JWT', kid: jwk.kid };
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer.issuer, aud: issuer.audience, sub: 'a user', iat: now, exp: now + 4 * 3600 };
  const padding = 'x'.repeat(11_000);
  const shapes = {
    ...createShapes(header, claims),
    ...Object.fromEntries(
      badTokenNames.map((name) => [`bad token: ${name}`, () => issuer.badToken(name, { padding })]),
    ),
  };
  const tokens = Object.entries(shapes).flatMap(([shape, create]) =>
    Array.from({ length: variants }, () => ({ shape, token: create() })),
  );
  const settings = { issuer: issuer.issuer, audience: issuer.audience, alg, jwk };
  return { settings, good: issuer.accessToken(), tokens };
}

function createShapes(header, claims) {
  const start = `${JSON.stringify(claims).slice(0, -1)},"a":`;
  const inPayload = (write) => () => sign(JSON.stringify(header), (room) => write(room - start.length - 1));
  const inClaims = (write) => inPayload((room) => `${start}${write(room)}}`);
  const inHeader = (write) => () =>
    sign(`${JSON.stringify(header).slice(0, -1)},"a":${write(11_000)}}`, () => JSON.stringify(claims));
  return {
    'random characters': () => createJunk(length),
    'random characters in three parts': () => [400, 15_000, 900].map(createJunk).join('.'),
    'nothing but periods': () => '.'.repeat(length),
    'a letter and a period, again and again': () => 'a.'.repeat(length / 2),
    'lists in lists': inClaims(nestLists),
    'objects in objects': inClaims(nestObjects),
    'lists that never end': inPayload((room) => `${start}${'['.repeat(room)}`),
    'many members': inClaims(writeMembers),
    'one member, many times': inClaims((room) => `0${',"a":0'.repeat(room / 6)}`),
    'many items': inClaims((room) => `[${'0,'.repeat(room / 2 - 2)}0]`),
    'a long number': inClaims((room) => '9'.repeat(room)),
    backslashes: inClaims((room) => `"${'\\\\'.repeat(room / 2 - 2)}"`),
    'backslashes that never end': inPayload((room) => `${start}"${'\\'.repeat(room)}`),
    quotes: inClaims((room) => `"${'\\"'.repeat(room / 2 - 2)}"`),
    'quotes and nothing else': inPayload((room) => '"'.repeat(room)),
    'many spaces': inClaims((room) => `${' '.repeat(room - 1)}0`),
    'bytes that are no UTF-8': () => sign(JSON.stringify(header), (room) => randomBytes(room)),
    'lists in lists, in the header': inHeader(nestLists),
    'many members, in the header': inHeader(writeMembers),
    'a key that nobody has, with a long name': () =>
      sign(JSON.stringify({ ...header, kid: randomUUID().repeat(300) }), () => JSON.stringify(claims)),
    'a key that nobody has': () =>
      sign(
        JSON.stringify({ ...header, kid: randomUUID() }),
        (room) => `${start}${writeMembers(room - start.length - 1)}}`,
      ),
    'a second spelling of the last character': () => respell(inClaims(writeMembers)()),
    'the letters of the other base64': () =>
      inClaims(writeMembers)().replaceAll('-', '+').replaceAll('_', '/'),
    'padding at the end of each part': () =>
      inClaims(writeMembers)().slice(0, -6).replaceAll('.', '==.').concat('=='),
  };
}

/** A token with a signature that nobody has made; the payload is told how many bytes make the token as long as it may be. */
function sign(header, writePayload) {
  const first = encode(header);
  const room = Math.floor(((length - first.length - signatureLength - 2) * 3) / 4);
  return `${first}.${encode(writePayload(room))}.${encode(randomBytes(signatureBytes))}`;
}

function encode(bytes) {
  return Buffer.from(bytes).toString('base64url');
}

function createJunk(characters) {
  return encode(randomBytes(characters)).slice(0, characters);
}

function nestLists(room) {
  const depth = Math.floor(room / 2);
  return `${'['.repeat(depth)}${']'.repeat(depth)}`;
}

function nestObjects(room) {
  const depth = Math.floor((room - 1) / 6);
  return `${'{"a":'.repeat(depth)}0${'}'.repeat(depth)}`;
}

function writeMembers(room) {
  const members = Array.from(
    { length: Math.floor(room / 10) },
    (_, number) => `"${String(number).padStart(5, 'k')}":0`,
  );
  return `{${members.join(',')}}`;
}

/** Sets bits of the last character that no byte has. */
function respell(token) {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return token.slice(0, -1) + alphabet[alphabet.indexOf(token.at(-1)) | 1];
}
