import type { LogInput } from '../../log/tenant-log.js';
import { scopeNames, type Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import { findClientGrant, grantedScopes } from '../../tenant/client-grants.js';
import { userPermissions } from '../../tenant/permissions.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { User } from '../../tenant/users.js';
import { fixApiScopes, fixGrantedScopes, fixGrantType, fixOfflineAccess, fixPermission } from '../fixes.js';
import { isUserGrantNeeded } from './decide-scopes.js';

/** Scopes that were asked for, and who asked for them. */
export interface ScopeRequest {
  readonly application: Application;
  readonly api: Api;
  /** In whose name; the application's own without. */
  readonly user?: User | undefined;
  readonly requested: readonly string[];
  readonly granted: readonly string[];
}

/** Why scopes are not given, and what gives them. */
interface Reason {
  readonly scopes: readonly string[];
  readonly text: string;
  readonly fix: string | undefined;
}

const finders = [findOffline, findUndefined, findUngranted, findUnassigned] as const;

/**
 * What the log says of scopes that were asked for and not given: silence would leave their user guessing. Each stands
 * there with the first thing that is in its way; the fix is that of the first reason.
 */
export function explainDroppedScopes(
  tenant: Tenant,
  request: ScopeRequest,
): Pick<LogInput, 'description' | 'fix'> {
  const dropped = request.requested.filter((scope) => !request.granted.includes(scope));
  const reasons = finders.reduce<readonly Reason[]>((found, find) => {
    const left = dropped.filter((scope) => !found.some(({ scopes }) => scopes.includes(scope)));
    const reason = find(tenant, request, left);
    return reason.scopes.length === 0 ? found : [...found, reason];
  }, []);
  const [first] = reasons;
  if (first === undefined) return {};
  return {
    description: `An access token ${reasons.map(describeReason).join('; ')}`,
    ...(first.fix !== undefined && { fix: first.fix }),
  };
}

function describeReason({ scopes, text }: Reason): string {
  return `without ${scopes.join(' ')}: ${text}`;
}

function findOffline(
  _tenant: Tenant,
  { application, api }: ScopeRequest,
  dropped: readonly string[],
): Reason {
  const { client_id: clientId, grant_types: grantTypes } = application;
  const scopes = dropped.filter((scope) => scope === 'offline_access');
  return api.allow_offline_access
    ? {
        scopes,
        text: 'the application may not use the grant type refresh_token',
        fix: fixGrantType(clientId, grantTypes, 'refresh_token'),
      }
    : { scopes, text: 'the API does not allow offline access', fix: fixOfflineAccess(api.identifier) };
}

function findUndefined(_tenant: Tenant, { api }: ScopeRequest, dropped: readonly string[]): Reason {
  const defined = scopeNames(api);
  const scopes = dropped.filter((scope) => !defined.includes(scope));
  const fix = api.is_system ? undefined : fixApiScopes(api.identifier, [...defined, ...scopes]);
  return { scopes, text: `the API does not define ${pronoun(scopes)}`, fix };
}

function findUngranted(
  tenant: Tenant,
  { application, api, user }: ScopeRequest,
  dropped: readonly string[],
): Reason {
  const grant = findClientGrant(tenant, application.client_id, api, user === undefined ? 'client' : 'user');
  const granted = grant === undefined ? [] : grantedScopes(grant, api);
  const isLimit = user === undefined || isUserGrantNeeded(application, api);
  const scopes = isLimit ? dropped.filter((scope) => !granted.includes(scope)) : [];
  const fix = grant === undefined ? undefined : fixGrantedScopes(grant.id, [...granted, ...scopes]);
  return { scopes, text: `the client grant does not have ${pronoun(scopes)}`, fix };
}

function findUnassigned(tenant: Tenant, { api, user }: ScopeRequest, dropped: readonly string[]): Reason {
  if (user === undefined || !api.enforce_policies) return { scopes: [], text: '', fix: undefined };
  const held = userPermissions(tenant, user.user_id, api.identifier);
  const scopes = dropped.filter((scope) => !held.includes(scope));
  return {
    scopes,
    text: `the API enforces permissions, and the user does not have ${pronoun(scopes)}`,
    fix: fixPermission(user.user_id, api.identifier, scopes),
  };
}

function pronoun(scopes: readonly string[]): string {
  return scopes.length === 1 ? 'it' : 'them';
}
