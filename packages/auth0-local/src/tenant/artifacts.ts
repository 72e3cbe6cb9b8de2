import { createHash } from 'node:crypto';
import { randomSecret } from './ids.js';
import type { Tenant } from './tenant.js';

/** What kinds of secrets are handed out and come back. */
export type ArtifactKind =
  | 'authorization_code'
  | 'refresh_token'
  | 'device_code'
  | 'user_code'
  | 'opaque_token'
  | 'client_assertion'
  | 'session'
  | 'login';

/** What the tenant remembers of a secret that it handed out. The secret itself is not stored, only its hash. */
export interface Artifact<Data = unknown> {
  readonly kind: ArtifactKind;
  /** Milliseconds since 1970. */
  readonly expires_at: number;
  readonly client_id?: string;
  readonly user_id?: string;
  /** What is revoked together: the refresh tokens that came from one login. */
  readonly family?: string;
  readonly data: Data;
}

/** What an artifact is made with. */
export interface ArtifactInput<Data> extends Omit<Artifact<Data>, 'kind' | 'expires_at'> {
  readonly lifetimeSeconds: number;
  /** The secret, where it is not a random one: a code that people type. */
  readonly secret?: string;
}

/** Whoever can send a request can begin these: beyond so many of a kind, the oldest go. */
const openToEverybody: ReadonlySet<ArtifactKind> = new Set(['login', 'device_code', 'user_code']);
const mostOfThem = 1000;

/** Remembers something under a new secret. */
export function createArtifact<Data>(
  { store, now }: Tenant,
  kind: ArtifactKind,
  { lifetimeSeconds, secret = randomSecret(32), ...artifact }: ArtifactInput<Data>,
): string {
  store.artifacts.put(artifactId(kind, secret), {
    ...artifact,
    kind,
    expires_at: now() + lifetimeSeconds * 1000,
  });
  if (openToEverybody.has(kind)) store.artifacts.keepNewest(mostOfThem, { kind });
  return secret;
}

/** What is remembered under a secret, if it has not expired. */
export function readArtifact<Data>(
  { store, now }: Tenant,
  kind: ArtifactKind,
  secret: string,
): Artifact<Data> | undefined {
  const artifact = store.artifacts.get(artifactId(kind, secret));
  return artifact !== undefined && artifact.expires_at > now() ? (artifact as Artifact<Data>) : undefined;
}

/** Takes what is remembered under a secret: of several callers only one gets it. */
export function takeArtifact<Data>(
  tenant: Tenant,
  kind: ArtifactKind,
  secret: string,
): Artifact<Data> | undefined {
  const artifact = readArtifact<Data>(tenant, kind, secret);
  return tenant.store.artifacts.delete(artifactId(kind, secret)) ? artifact : undefined;
}

/** Replaces what is remembered under a secret; its time does not change. */
export function updateArtifact<Data>({ store }: Tenant, secret: string, artifact: Artifact<Data>): void {
  store.artifacts.put(artifactId(artifact.kind, secret), artifact);
}

/** Forgets a secret. */
export function deleteArtifact({ store }: Tenant, kind: ArtifactKind, secret: string): boolean {
  return store.artifacts.delete(artifactId(kind, secret));
}

/** Forgets what has expired. */
export function deleteExpiredArtifacts({ store, now }: Tenant): void {
  store.artifacts.deleteExpired(now());
}

function artifactId(kind: ArtifactKind, secret: string): string {
  return createHash('sha256').update(`${kind}:${secret}`).digest('base64url');
}
