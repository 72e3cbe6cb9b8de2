import { errors, jwtVerify, type JWTPayload } from 'jose';
import type { Api } from '../../tenant/apis.js';
import type { Tenant } from '../../tenant/tenant.js';
import { readActors, type Delegation } from '../../tokens/delegation.js';
import { findVerificationKey } from '../../tokens/find-verification-key.js';
import { fixToken } from '../fixes.js';
import { OAuthError } from '../oauth-error.js';

/** Whose access token is exchanged, and who has acted for them so far: at least the client that it was issued to. */
export interface Subject extends Delegation {
  readonly userId: string;
}

/**
 * Verifies an access token of a user for an API: signed by the tenant as that API has it, for that API, not expired.
 *
 * @throws OAuthError: it is anything else. The caller does not learn what; the log does.
 */
export async function readSubjectToken(tenant: Tenant, api: Api, token: string): Promise<Subject> {
  const payload = await verify(tenant, api, token);
  const { sub = '', org_id: orgId } = payload;
  const clientId = readClientId(payload);
  const actors = readActors(payload['act']);
  // An ID token has neither `azp` nor `client_id`: it is no access token, whatever an API calls itself.
  if (clientId === undefined || actors === undefined) throw refuse('it is no access token of this tenant');
  if (sub === `${clientId}@clients`) {
    throw refuse('it is the token of an application, and not of a user', findFix(tenant, api, payload));
  }
  return {
    userId: sub,
    actors: actors.length > 0 ? actors : [clientId],
    ...(typeof orgId === 'string' && { orgId }),
  };
}

async function verify(tenant: Tenant, api: Api, token: string): Promise<JWTPayload> {
  try {
    const { payload } = await jwtVerify(
      token,
      (header) => findVerificationKey(tenant, header, api.signing_secret),
      {
        algorithms: [api.signing_alg],
        issuer: [...tenant.issuers],
        audience: api.identifier,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(tenant.now()),
      },
    );
    return payload;
  } catch (error) {
    throw explain(tenant, api, error);
  }
}

/** Claims are looked at only after the signature: what these errors tell is what the tenant itself has said. */
function explain(tenant: Tenant, api: Api, error: unknown): OAuthError {
  if (error instanceof errors.JWTExpired) {
    return refuse('it has expired', findFix(tenant, api, error.payload));
  }
  if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'aud') {
    const reason = `it is not for ${api.identifier}, the API that the application is`;
    return refuse(reason, findFix(tenant, api, error.payload));
  }
  return refuse('it is no access token of this tenant');
}

/** Lets a user log in again to the application that the token was issued to, if users can. */
function findFix({ store }: Tenant, { identifier }: Api, payload: JWTPayload): string | undefined {
  const { client_id: clientId, app_type: type } = store.applications.get(readClientId(payload) ?? '') ?? {};
  const hasUsers = type !== 'non_interactive' && type !== 'resource_server';
  return clientId !== undefined && hasUsers ? fixToken(identifier, clientId) : undefined;
}

function readClientId({ azp, client_id: clientId }: JWTPayload): string | undefined {
  const id = azp ?? clientId;
  return typeof id === 'string' ? id : undefined;
}

/** RFC 8693 section 2.2.2 has the code, the real tenant the status; the words are not published. */
function refuse(reason: string, fix?: string): OAuthError {
  return new OAuthError({
    statusCode: 401,
    error: 'invalid_request',
    description: 'Invalid or expired subject_token.',
  }).about({ description: `The subject token is not good: ${reason}`, fix });
}
