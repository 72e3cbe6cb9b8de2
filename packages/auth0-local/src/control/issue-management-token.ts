import { signToken } from '../tokens/sign-token.js';
import { managementScopes } from '../tenant/management-api.js';
import { managementIdentifier, nowSeconds } from '../tenant/tenant.js';
import type { Site } from '../site.js';

const lifetimeSeconds = 3600;

/** A token of the Management API with all its scopes, for the owner of the process: no application is needed. */
export async function issueManagementToken({ tenant, issuer }: Site): Promise<{
  readonly access_token: string;
  readonly token_type: 'Bearer';
  readonly expires_in: number;
}> {
  const iat = nowSeconds(tenant);
  const claims = {
    iss: issuer,
    sub: 'auth0-local@clients',
    aud: managementIdentifier(issuer),
    iat,
    exp: iat + lifetimeSeconds,
    scope: managementScopes.join(' '),
    azp: 'auth0-local',
    gty: 'client-credentials',
  };
  const token = await signToken(tenant, claims, { alg: 'RS256', typ: 'JWT' });
  return { access_token: token, token_type: 'Bearer', expires_in: lifetimeSeconds };
}
