import type { Application, RefreshTokenPolicy } from '../tenant/applications.js';
import { createArtifact, readArtifact, updateArtifact, type Artifact } from '../tenant/artifacts.js';
import type { Tenant } from '../tenant/tenant.js';
import type { User } from '../tenant/users.js';
import type { UserAccess } from './user-access.js';

/** Behind a refresh token. Its artifact has the client, the user and the family. */
export interface RefreshTokenData {
  readonly access: UserAccess;
  /** The thumbprint of the key without which it is good for nothing (RFC 9449 section 5). */
  readonly jkt?: string;
  /** When the first token of the family was issued, in milliseconds since 1970. */
  readonly issued_at: number;
  /** When this one was exchanged for the next, in milliseconds since 1970: then it is only good within the leeway. */
  readonly rotated_at?: number;
}

/** What a refresh token is issued for. */
export interface RefreshTokenRequest {
  readonly application: Application;
  readonly user: User;
  readonly access: UserAccess;
  /** The thumbprint of the key that it is bound to. */
  readonly jkt: string | undefined;
  /** What is revoked together. */
  readonly family: string;
}

const hundredYearsMs = 100 * 365 * 24 * 3600 * 1000;

/** Issues the first refresh token of a family. */
export function createRefreshToken(
  tenant: Tenant,
  { application, user, access, jkt, family }: RefreshTokenRequest,
): string {
  const issuedAt = tenant.now();
  return createArtifact<RefreshTokenData>(tenant, 'refresh_token', {
    lifetimeSeconds: lifetimeMs(application.refresh_token, issuedAt, issuedAt) / 1000,
    client_id: application.client_id,
    user_id: user.user_id,
    family,
    data: { access, ...(jkt !== undefined && { jkt }), issued_at: issuedAt },
  });
}

/** Finds a refresh token that was issued to an application, also one that was exchanged for the next. */
export function readRefreshToken(
  tenant: Tenant,
  application: Application,
  token: string,
): Artifact<RefreshTokenData> | undefined {
  const artifact = readArtifact<RefreshTokenData>(tenant, 'refresh_token', token);
  return artifact?.client_id === application.client_id ? artifact : undefined;
}

/** Whether a refresh token comes back that was exchanged for the next, and not just now: then somebody has a copy. */
export function isReused(
  { now }: Tenant,
  { refresh_token: { leeway } }: Application,
  { data: { rotated_at: rotatedAt } }: Artifact<RefreshTokenData>,
): boolean {
  return rotatedAt !== undefined && now() >= rotatedAt + leeway * 1000;
}

/**
 * Notes that a refresh token was used.
 *
 * @returns The one to use from now on, if the application's tokens rotate.
 */
export function renewRefreshToken(
  tenant: Tenant,
  application: Application,
  token: string,
  artifact: Artifact<RefreshTokenData>,
): string | undefined {
  const { store, now } = tenant;
  const { refresh_token: policy } = application;
  const { expires_at: _, kind, data, ...owner } = artifact;
  const leftMs = lifetimeMs(policy, data.issued_at, now());
  if (policy.rotation_type === 'non-rotating') {
    updateArtifact(tenant, token, { ...artifact, expires_at: now() + leftMs });
    return undefined;
  }
  return store.transaction(() => {
    updateArtifact(tenant, token, { ...artifact, data: { ...data, rotated_at: data.rotated_at ?? now() } });
    return createArtifact<RefreshTokenData>(tenant, kind, {
      ...owner,
      lifetimeSeconds: leftMs / 1000,
      data: withoutRotation(data),
    });
  });
}

function withoutRotation({ rotated_at: _, ...data }: RefreshTokenData): RefreshTokenData {
  return data;
}

/** Revokes everything that came from one login. */
export function revokeFamily({ store }: Tenant, { family }: Artifact): void {
  if (family !== undefined) store.artifacts.deleteWhere({ family });
}

/** How long a token lives that is used now: to the end of its family's time, or of its idle time. */
function lifetimeMs(policy: RefreshTokenPolicy, issuedAt: number, now: number): number {
  if (policy.expiration_type === 'non-expiring') return hundredYearsMs;
  return Math.min(
    policy.infinite_token_lifetime ? hundredYearsMs : issuedAt + policy.token_lifetime * 1000 - now,
    policy.infinite_idle_token_lifetime ? hundredYearsMs : policy.idle_token_lifetime * 1000,
  );
}
