import { findApi, scopeNames, type Api } from '../../tenant/apis.js';
import { reservedScopes } from '../../tenant/reserved-scopes.js';
import type { Application } from '../../tenant/applications.js';
import { findClientGrant, grantedScopes } from '../../tenant/client-grants.js';
import { userPermissions } from '../../tenant/permissions.js';
import type { Tenant } from '../../tenant/tenant.js';

/** The scopes that mean something to OpenID Connect and not to an API. */
const oidcScopes: ReadonlySet<string> = new Set(
  [...reservedScopes].filter((scope) => scope !== 'offline_access'),
);

/** Reads the `scope` parameter (RFC 6749 section 3.3): a list without empty words or repetitions. */
export function readScopes(scope: string | undefined): string[] {
  return [...new Set((scope ?? '').split(' ').filter((word) => word !== ''))];
}

/**
 * What an application may have in its own name: all of its grant, or those of it that were asked for.
 *
 * @returns Nothing if there is no grant.
 */
export function applicationScopes(
  tenant: Tenant,
  application: Application,
  api: Api,
  requested: readonly string[],
): string[] | undefined {
  if (api.subject_type_authorization.client.policy === 'deny_all') return undefined;
  const grant = findClientGrant(tenant, application.client_id, api, 'client');
  if (grant === undefined) return undefined;
  const granted = grantedScopes(grant, api);
  return requested.length === 0 ? granted : granted.filter((scope) => requested.includes(scope));
}

/** Whether it takes a client grant to act for users at an API: where that API wants one, and for an API that calls it. */
export function isUserGrantNeeded({ app_type: type }: Application, api: Api): boolean {
  return type === 'resource_server' || api.subject_type_authorization.user.policy === 'require_client_grant';
}

/** Whether an application may act for users at an API at all, whoever they are. */
export function isUserAccessAllowed(tenant: Tenant, application: Application, api: Api): boolean {
  if (api.subject_type_authorization.user.policy === 'deny_all') return false;
  if (!isUserGrantNeeded(application, api)) return true;
  return findClientGrant(tenant, application.client_id, api, 'user') !== undefined;
}

/**
 * What an application may have in a user's name: requested ∩ defined by the API ∩ the grant, where it takes one, ∩ the
 * user's permissions, where the API enforces them; and of OpenID Connect what was asked for.
 *
 * @param api - None for the user's profile alone.
 * @returns Nothing if the application may not act for users at this API.
 */
export function userScopes(
  tenant: Tenant,
  { application, api, userId }: { application: Application; api: Api | undefined; userId: string },
  requested: readonly string[],
): string[] | undefined {
  const oidc = requested.filter((scope) => oidcScopes.has(scope));
  if (api === undefined) return [...oidc, ...requested.filter((scope) => scope === 'offline_access')];

  if (!isUserAccessAllowed(tenant, application, api)) return undefined;
  const grant = findClientGrant(tenant, application.client_id, api, 'user');
  const limits = [
    scopeNames(api),
    ...(isUserGrantNeeded(application, api) && grant !== undefined ? [grantedScopes(grant, api)] : []),
    // The Management API lets users have permissions for their own profile only, and here it has none of these.
    ...(api.is_system ? [[]] : []),
    ...(api.enforce_policies ? [userPermissions(tenant, userId, api.identifier)] : []),
  ];
  const ofApi = requested.filter((scope) => limits.every((limit) => limit.includes(scope)));
  const offline = requested.filter((scope) => scope === 'offline_access' && api.allow_offline_access);
  return [...oidc, ...ofApi, ...offline];
}

/** The API that an `audience` parameter names, if there is one of it. */
export function findRequestedApi(tenant: Tenant, audience: string | undefined): Api | undefined {
  return audience === undefined ? undefined : findApi(tenant, audience);
}
