import { createHash, createHmac } from 'node:crypto';
import type { RefusalReason } from '../reasons.js';
import { accessTokenClaims, encode, mintToken, type TokenClaims, type TokenDefaults } from './mint-token.js';
import { createTestKey, type TestKey } from './create-test-key.js';

/** What a bad token is made from. */
interface BadTokenIngredients {
  readonly key: TestKey;
  readonly defaults: TokenDefaults;
  readonly claims: TokenClaims;
}

/** The name of a bad token: what is wrong with it. */
export type BadTokenName =
  | 'expired'
  | 'not-yet-valid'
  | 'issued-in-future'
  | 'without-expiry'
  | 'wrong-audience'
  | 'wrong-issuer'
  | 'issuer-without-slash'
  | 'id-token'
  | 'unknown-key'
  | 'wrong-key'
  | 'tampered'
  | 'without-signature'
  | 'alg-none'
  | 'alg-hs256-with-public-key'
  | 'critical-header'
  | 'logout-token'
  | 'dpop-bound'
  | 'certificate-bound'
  | 'encrypted'
  | 'opaque';

interface BadToken {
  /** The reason code it is refused with. */
  readonly reason: RefusalReason;
  readonly mint: (ingredients: BadTokenIngredients) => string;
}

/** A good token with other claims, signed as it should be. */
function withClaims(change: (defaults: TokenDefaults) => TokenClaims): BadToken['mint'] {
  return ({ key, defaults, claims }) =>
    mintToken(key, { claims: { ...accessTokenClaims(defaults, claims), ...change(defaults) } });
}

/** A good token with other header members, signed as it should be. */
function withHeader(header: Readonly<Record<string, unknown>>): BadToken['mint'] {
  return ({ key, defaults, claims }) =>
    mintToken(key, { claims: accessTokenClaims(defaults, claims), header });
}

function goodToken({ key, defaults, claims }: BadTokenIngredients): string {
  return mintToken(key, { claims: accessTokenClaims(defaults, claims) });
}

const seconds = (fromNow: number): number => Math.floor(Date.now() / 1000) + fromNow;

/** Every bad token there is, by name: how it is made, and the reason it is refused with. */
export const badTokens: Readonly<Record<BadTokenName, BadToken>> = {
  expired: {
    reason: 'token_expired',
    mint: withClaims(() => ({ iat: seconds(-7200), exp: seconds(-3600) })),
  },
  'not-yet-valid': { reason: 'token_not_yet_valid', mint: withClaims(() => ({ nbf: seconds(3600) })) },
  'issued-in-future': {
    reason: 'issued_in_future',
    mint: withClaims(() => ({ iat: seconds(3600), exp: seconds(7200) })),
  },
  'without-expiry': { reason: 'expiry_missing', mint: withClaims(() => ({ exp: undefined })) },
  'wrong-audience': {
    reason: 'audience_mismatch',
    mint: withClaims(() => ({ aud: 'https://another-api.example.com' })),
  },
  'wrong-issuer': {
    reason: 'issuer_mismatch',
    mint: withClaims(() => ({ iss: 'https://another-issuer.example.com/' })),
  },
  'issuer-without-slash': {
    reason: 'issuer_mismatch',
    mint: withClaims(({ issuer }) => ({ iss: issuer.slice(0, -1) })),
  },
  'id-token': {
    reason: 'id_token',
    mint: withClaims(() => ({
      aud: 'test-client',
      nonce: 'n-0S6_WzA2Mj',
      scope: undefined,
      email: 'user@example.com',
    })),
  },
  'unknown-key': {
    reason: 'unknown_key',
    mint: (ingredients) => goodToken({ ...ingredients, key: createTestKey(ingredients.key.alg) }),
  },
  'wrong-key': {
    reason: 'signature_invalid',
    mint: (ingredients) =>
      goodToken({ ...ingredients, key: { ...createTestKey(ingredients.key.alg), kid: ingredients.key.kid } }),
  },
  tampered: { reason: 'signature_invalid', mint: tamperedToken },
  'without-signature': {
    reason: 'signature_invalid',
    mint: (ingredients) => goodToken(ingredients).replace(/[^.]*$/, ''),
  },
  'alg-none': { reason: 'algorithm_not_allowed', mint: unsignedToken },
  'alg-hs256-with-public-key': { reason: 'algorithm_symmetric', mint: confusedToken },
  'critical-header': { reason: 'critical_header', mint: withHeader({ crit: ['exp'] }) },
  'logout-token': { reason: 'type_not_accepted', mint: withHeader({ typ: 'logout+jwt' }) },
  'dpop-bound': {
    reason: 'dpop_bound_token',
    mint: withClaims(() => ({ cnf: { jkt: thumbprint('a key of the client') } })),
  },
  'certificate-bound': {
    reason: 'certificate_bound_token',
    mint: withClaims(() => ({ cnf: { 'x5t#S256': thumbprint('a certificate of the client') } })),
  },
  encrypted: {
    reason: 'token_encrypted',
    mint: () => `${encode({ alg: 'dir', enc: 'A256GCM' })}..iv.text.tag`,
  },
  opaque: { reason: 'token_opaque', mint: () => 'o6tBqNtMKnWqVaSUmzrfsTX1VQ8C1' },
};

/** A good token whose subject was changed after signing. */
function tamperedToken(ingredients: BadTokenIngredients): string {
  const [header, , signature] = goodToken(ingredients).split('.');
  const claims = accessTokenClaims(ingredients.defaults, {
    ...ingredients.claims,
    sub: 'auth0|somebody-else',
  });
  return `${header}.${encode(claims)}.${signature}`;
}

function unsignedToken({ key, defaults, claims }: BadTokenIngredients): string {
  return `${encode({ alg: 'none', typ: 'JWT', kid: key.kid })}.${encode(accessTokenClaims(defaults, claims))}.`;
}

/** Signed by HMAC with the public key as the secret: good to a verifier that lets the token choose how to read its key. */
function confusedToken({ key, defaults, claims }: BadTokenIngredients): string {
  const header = encode({ alg: 'HS256', typ: 'JWT', kid: key.kid });
  const signingInput = `${header}.${encode(accessTokenClaims(defaults, claims))}`;
  const secret = key.publicKey.export({ type: 'spki', format: 'pem' });
  return `${signingInput}.${createHmac('sha256', secret).update(signingInput).digest('base64url')}`;
}

/** The SHA-256 of some bytes in base64url: the form of thumbprints in `cnf`. */
function thumbprint(bytes: string): string {
  return createHash('sha256').update(bytes).digest('base64url');
}
