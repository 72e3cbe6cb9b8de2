import { createArtifact } from '../../tenant/artifacts.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { AuthorizationCodeData } from '../flow-data.js';
import type { Session } from '../login/session.js';
import { readGrantedScopes } from './read-granted-scopes.js';
import type { AuthorizeRequest } from './read-request.js';

/** Long enough for a redirect and a request, and too short for anything else (RFC 6749 section 4.1.2). */
const lifetimeSeconds = 60;

/** Issues the code that the application exchanges for tokens, once. */
export function issueCode(
  tenant: Tenant,
  request: AuthorizeRequest,
  { user, auth_time: authTime, sid }: Session,
): string {
  const { application, audience, redirectUri, challenge, nonce, dpopJkt } = request;
  return createArtifact<AuthorizationCodeData>(tenant, 'authorization_code', {
    lifetimeSeconds,
    client_id: application.client_id,
    user_id: user.user_id,
    data: {
      redirect_uri: redirectUri,
      ...challenge,
      ...(nonce !== undefined && { nonce }),
      ...(dpopJkt !== undefined && { dpop_jkt: dpopJkt }),
      access: {
        ...(audience !== undefined && { audience }),
        scopes: readGrantedScopes(tenant, request, user),
        auth_time: authTime,
        sid,
      },
    },
  });
}
