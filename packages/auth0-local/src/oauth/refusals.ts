import type { LogInput } from '../log/tenant-log.js';
import type { Api } from '../tenant/apis.js';
import type { Application } from '../tenant/applications.js';
import type { SubjectType } from '../tenant/client-grants.js';
import { fixConsent, fixMissingApi, fixMissingGrant, fixSubjectType } from './fixes.js';
import { OAuthError } from './oauth-error.js';

/** The refusals of the token endpoint that several grants share, in the real tenant's words. */

/** The application may not use a grant type. */
export function forbiddenGrantType(grantType: string, log: Partial<LogInput>): OAuthError {
  return new OAuthError({
    statusCode: 403,
    error: 'unauthorized_client',
    description: `Grant type '${grantType}' not allowed for the client.`,
    uri: 'https://auth0.com/docs/clients/client-grant-types',
    log,
  });
}

/** No API has the audience as its identifier. */
export function missingApi(audience: string): OAuthError {
  return new OAuthError({
    statusCode: 403,
    error: 'access_denied',
    description: `Service not enabled within domain: ${audience}`,
    log: { audience, fix: fixMissingApi(audience) },
  });
}

/** The application may not have tokens for the API, in its own name or in a user's. */
export function missingGrant(
  { client_id: clientId }: Application,
  api: Api,
  { audience, subjectType }: { readonly audience: string; readonly subjectType: SubjectType },
): OAuthError {
  const isDenied = api.subject_type_authorization[subjectType].policy === 'deny_all';
  const description = `Client "${clientId}" is not authorized to access resource server "${audience}".`;
  return new OAuthError({
    statusCode: 403,
    error: 'access_denied',
    description: isDenied
      ? description
      : `${description} You need to create a "client-grant" associated to this API.`,
    log: {
      audience,
      fix: isDenied ? fixSubjectType(api, subjectType) : fixMissingGrant(clientId, audience, subjectType),
    },
  });
}

/** The user would have to be asked, and there is no page to ask on. An API can waive it for the tenant's own applications. */
export function consentRequired({ is_first_party: isFirstParty }: Application, api?: Api): OAuthError {
  return new OAuthError({
    statusCode: 403,
    error: 'consent_required',
    description: 'Consent required',
    ...(isFirstParty && api !== undefined && { log: { fix: fixConsent(api.id) } }),
  });
}

/** What came back was not issued here, not to this application, or its time is up (RFC 6749 section 5.2). */
export function invalidGrant(description: string): OAuthError {
  return new OAuthError({ statusCode: 403, error: 'invalid_grant', description });
}

/** The request itself is wrong. */
export function invalidRequest(description: string): OAuthError {
  return new OAuthError({ statusCode: 400, error: 'invalid_request', description });
}
