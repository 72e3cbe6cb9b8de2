import type { Api, Application } from './management.ts';

/** Whether users reach an API with an application only where it is authorised; an API that calls another always is. */
export function isUserGrantNeeded(
  { subject_type_authorization: { user } }: Api,
  { app_type: type, grant_types: grantTypes }: Application,
): boolean {
  const servesUsers = grantTypes.some((grantType) => grantType !== 'client_credentials');
  const isAsked = user.policy === 'require_client_grant' || type === 'resource_server';
  return servesUsers && isAsked && user.policy !== 'deny_all';
}
