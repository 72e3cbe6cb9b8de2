import { createPublicKey } from 'node:crypto';
import { decodeJwt, decodeProtectedHeader, jwtVerify, type JWTPayload } from 'jose';
import type { Site } from '../../site.js';
import type { Application } from '../../tenant/applications.js';
import { createArtifact, readArtifact } from '../../tenant/artifacts.js';
import type { Credential } from '../../tenant/credentials.js';
import type { Tenant } from '../../tenant/tenant.js';

const clockToleranceSeconds = 5;

/** An assertion is for one request: one that lives longer is refused, so that the memory of those used is short. */
const longestLifetimeSeconds = 3600;

/** The client that an assertion says it comes from. Nothing is verified. */
export function readAssertedClientId(assertion: string): string | undefined {
  try {
    const { sub } = decodeJwt(assertion);
    return typeof sub === 'string' ? sub : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Verifies an assertion of a client (RFC 7523 section 3): signed with one of its keys by that key's algorithm, issued by
 * and about the client, for this tenant, not expired, and seen for the first time.
 */
export async function isAssertionOf(
  { tenant }: Site,
  application: Application | undefined,
  assertion: string,
): Promise<boolean> {
  if (application === undefined) return false;
  for (const credential of findCredentials(tenant, application, assertion)) {
    const claims = await verify(tenant, application, { credential, assertion });
    if (claims !== undefined) return isFirstUse(tenant, application, claims);
  }
  return false;
}

function findCredentials({ now }: Tenant, { credentials }: Application, assertion: string): Credential[] {
  const kid = readKeyId(assertion);
  return credentials
    .filter((credential) => kid === undefined || credential.kid === kid)
    .filter(({ expires_at: expiresAt }) => expiresAt === undefined || Date.parse(expiresAt) > now());
}

function readKeyId(assertion: string): string | undefined {
  try {
    return decodeProtectedHeader(assertion).kid;
  } catch {
    return undefined;
  }
}

async function verify(
  { issuers, now }: Tenant,
  { client_id: clientId }: Application,
  { credential, assertion }: { readonly credential: Credential; readonly assertion: string },
): Promise<JWTPayload | undefined> {
  try {
    const { payload } = await jwtVerify(assertion, createPublicKey(credential.pem), {
      algorithms: [credential.alg],
      issuer: clientId,
      subject: clientId,
      audience: issuers.flatMap((issuer) => [issuer, `${issuer}oauth/token`]),
      clockTolerance: clockToleranceSeconds,
      currentDate: new Date(now()),
    });
    return payload;
  } catch {
    return undefined;
  }
}

/** Remembers an assertion for as long as it is good: whoever has read it cannot send it again. */
function isFirstUse(
  tenant: Tenant,
  { client_id: clientId }: Application,
  { jti, exp = Infinity }: JWTPayload,
): boolean {
  const lifetimeSeconds = exp + clockToleranceSeconds - tenant.now() / 1000;
  if (typeof jti !== 'string' || jti === '' || lifetimeSeconds > longestLifetimeSeconds) return false;
  const secret = JSON.stringify([clientId, jti]);
  if (readArtifact(tenant, 'client_assertion', secret) !== undefined) return false;
  createArtifact(tenant, 'client_assertion', { secret, client_id: clientId, lifetimeSeconds, data: {} });
  return true;
}
