import { createHash, createPrivateKey, generateKeyPair, X509Certificate, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import { createCertificate } from '../tls/create-certificate.js';
import { randomAlphanumerics } from './ids.js';
import type { Tenant } from './tenant.js';
import { invalid, TenantError } from './tenant-error.js';

/** A key that tokens are signed with, with its certificate. */
export interface SigningKey {
  readonly kid: string;
  /** `next` becomes `current` at a rotation, `current` becomes `previous`. */
  readonly state: 'current' | 'next' | 'previous';
  readonly private_pem: string;
  readonly cert: string;
  readonly fingerprint: string;
  readonly thumbprint: string;
  readonly current_since?: string;
  readonly current_until?: string;
  readonly revoked: boolean;
  readonly revoked_at?: string;
}

const generate = promisify(generateKeyPair);

/** Makes the first two keys of a tenant: the one that signs and the one that will. */
export function createSigningKeys(tenant: Tenant): Promise<SigningKey[]> {
  return Promise.all([createSigningKey(tenant, 'current'), createSigningKey(tenant, 'next')]);
}

/** The keys in the order of their making. */
export function listSigningKeys({ store }: Tenant): SigningKey[] {
  return store.signingKeys.list();
}

/** The keys to publish: every one that is not revoked, the current one first. */
export function publishedKeys(tenant: Tenant): SigningKey[] {
  const order = ['current', 'next', 'previous'];
  return listSigningKeys(tenant)
    .filter(({ revoked }) => !revoked)
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
}

/** The key that signs. */
export function currentKey(tenant: Tenant): SigningKey {
  const key = listSigningKeys(tenant).find(({ state }) => state === 'current');
  if (key === undefined) throw new Error('The tenant has no current signing key: it was not initialised.');
  return key;
}

/** @throws TenantError `inexistent_signing_key`. */
export function getSigningKey({ store }: Tenant, kid: string): SigningKey {
  const key = store.signingKeys.get(kid);
  if (key === undefined)
    throw new TenantError('missing', 'inexistent_signing_key', 'The signing key does not exist.');
  return key;
}

/** How many of the keys that signed before are kept: clients take a hundred keys at most. */
const mostPrevious = 10;

/** Lets the next key sign from now on. Tokens signed by the old one stay good until it is revoked or ten are newer. */
export async function rotateSigningKeys(tenant: Tenant): Promise<SigningKey> {
  const spare = await createSigningKey(tenant, 'next');
  const { store } = tenant;
  return store.transaction(() => {
    const at = new Date(tenant.now()).toISOString();
    let rotated = spare;
    for (const key of listSigningKeys(tenant)) {
      if (key.state === 'current')
        store.signingKeys.put(key.kid, { ...key, state: 'previous', current_until: at });
      if (key.state === 'next') {
        rotated = { ...key, state: 'current', current_since: at };
        store.signingKeys.put(key.kid, rotated);
      }
    }
    store.signingKeys.put(spare.kid, spare);
    const previous = listSigningKeys(tenant).filter(({ state }) => state === 'previous');
    for (const key of previous.slice(0, -mostPrevious)) store.signingKeys.delete(key.kid);
    return rotated;
  });
}

/**
 * Withdraws a key: it is no longer published, and what it signed is no longer good.
 *
 * @throws TenantError: unknown, or the key that signs now, which must be rotated first.
 */
export async function revokeSigningKey(tenant: Tenant, kid: string): Promise<SigningKey> {
  const { store } = tenant;
  const { state } = getRevocableKey(tenant, kid);
  const spare = state === 'next' ? await createSigningKey(tenant, 'next') : undefined;
  return store.transaction(() => {
    // Meanwhile it may have become the one that signs, or somebody else may have revoked it.
    const key = getRevocableKey(tenant, kid);
    if (key.revoked) return key;
    const revoked: SigningKey = {
      ...key,
      state: 'previous',
      revoked: true,
      revoked_at: new Date(tenant.now()).toISOString(),
    };
    store.signingKeys.put(kid, revoked);
    if (spare !== undefined && key.state === 'next') store.signingKeys.put(spare.kid, spare);
    return revoked;
  });
}

function getRevocableKey(tenant: Tenant, kid: string): SigningKey {
  const key = getSigningKey(tenant, kid);
  if (key.state !== 'current') return key;
  throw invalid(
    'The current signing key cannot be revoked. Rotate the signing keys first.',
    'operation_not_supported',
  );
}

const privateKeys = new WeakMap<Tenant, Map<string, KeyObject>>();

/** The private half of a key, read once. */
export function privateKey(tenant: Tenant, { kid, private_pem: pem }: SigningKey): KeyObject {
  const known = privateKeys.get(tenant) ?? new Map<string, KeyObject>();
  privateKeys.set(tenant, known);
  const key = known.get(kid) ?? createPrivateKey(pem);
  known.set(kid, key);
  return key;
}

async function createSigningKey(tenant: Tenant, state: 'current' | 'next'): Promise<SigningKey> {
  const pair = await generate('rsa', { modulusLength: 2048 });
  const cert = createCertificate({
    commonName: new URL(tenant.issuers[0] ?? 'http://localhost/').hostname,
    publicKey: pair.publicKey,
    signingKey: pair.privateKey,
    notBefore: new Date(tenant.now()),
    years: 14,
  });
  const { raw } = new X509Certificate(cert);
  return {
    kid: randomAlphanumerics(21),
    state,
    private_pem: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert,
    fingerprint: hexPairs(createHash('sha1').update(raw).digest('hex')),
    thumbprint: createHash('sha1').update(raw).digest('hex').toUpperCase(),
    ...(state === 'current' && { current_since: new Date(tenant.now()).toISOString() }),
    revoked: false,
  };
}

function hexPairs(hex: string): string {
  return (hex.match(/../g) ?? []).join(':').toUpperCase();
}
