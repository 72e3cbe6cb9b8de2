import { createPrivateKey, createPublicKey, generateKeyPairSync, randomUUID, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** What is known of each algorithm: how its key is made, and how it signs. */
const algorithms = {
  RS256: { make: () => generateKeyPairSync('rsa', { modulusLength: 2048 }), digest: 'sha256', options: {} },
  PS256: {
    make: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
    digest: 'sha256',
    options: { padding: 6, saltLength: 32 },
  },
  ES256: {
    make: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
    digest: 'sha256',
    options: { dsaEncoding: 'ieee-p1363' },
  },
  EdDSA: { make: () => generateKeyPairSync('ed25519'), digest: undefined, options: {} },
};

/** The algorithms that tokens can be made with. */
export const algorithmNames = Object.keys(algorithms);

/** How many tokens are used again and again where a token is one that was seen before. */
export const warmTokenCount = 500;

const issuer = 'https://tenant.example.com/';
const audience = 'https://api.example.com';
const signLater = promisify(sign);

/**
 * Makes an issuer with one key, and tokens of it that a user's application would have. All live for some hours,
 * and no two are the same.
 *
 * @param {{ alg: string, count: number, claims?: (number: number) => object, issuer?: string }} settings
 * @returns {Promise<{ issuer: string, audience: string, alg: string, jwk: object, tokens: string[] }>} Plain data, for
 *   other processes.
 */
export async function createTokens({ alg, count, claims, issuer: name }) {
  const { create, ...described } = createSigningIssuer({ alg, claims, issuer: name });
  return { ...described, tokens: await create(0, count) };
}

/**
 * Makes an issuer with one key, for whoever needs more tokens than memory should hold at a time.
 *
 * @param {{ alg: string, claims?: (number: number) => object, issuer?: string }} settings
 * @returns {{ issuer: string, audience: string, alg: string, jwk: object, create: (first: number, count: number) => Promise<string[]> }}
 *   `create` signs the tokens with these numbers: one token for each number. With EdDSA, and claims that fix the times, a
 *   number has the same token each time.
 */
export function createSigningIssuer({ alg, claims = () => ({}), issuer: name = issuer }) {
  const { make, digest, options } = algorithms[alg];
  const { privateKey, publicKey } = exportKeys(make());
  const kid = randomUUID();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' };
  const header = encode({ alg, typ: 'JWT', kid });
  const key = { ...options, key: privateKey };
  const createOne = async (number) => {
    const signed = `${header}.${encode({ ...describeUser(name, number), ...claims(number) })}`;
    const signature = await signLater(digest, Buffer.from(signed), key);
    return `${signed}.${signature.toString('base64url')}`;
  };
  const create = (first, count) =>
    Promise.all(Array.from({ length: count }, (_, index) => createOne(first + index)));
  return { issuer: name, audience, alg, jwk, create };
}

/** Keys that were read anew. Node.js 20 can stop for ever where it exports as JWK a key that it has just generated. */
function exportKeys({ privateKey }) {
  const der = privateKey.export({ format: 'der', type: 'pkcs8' });
  const read = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { privateKey: read, publicKey: createPublicKey(read) };
}

function encode(value) {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

/** The claims of a user's access token as a tenant writes them. */
function describeUser(iss, number) {
  const iat = Math.floor(Date.now() / 1000);
  return {
    iss,
    sub: `auth0|${number.toString(16).padStart(24, '0')}`,
    aud: [audience, `${iss}userinfo`],
    iat,
    exp: iat + 3600 * 4,
    scope: 'openid profile email read:messages write:messages offline_access',
    azp: 'aW7fDq2mT5yKcR8vLx3nB0sJhUeZ4gPo',
    org_id: 'org_Zk3vN8qLw5tYb2Rf',
    permissions: ['read:messages', 'write:messages', 'delete:messages', 'read:reports'],
    'https://myapp.example.com/tier': 'premium',
  };
}
