import * as v from 'valibot';
import { canonicalIdentifier, findApi, scopeNames, type Api } from './apis.js';
import { randomAlphanumerics } from './ids.js';
import { strictObject } from './object-schemas.js';
import { readBody } from './read-body.js';
import type { Tenant } from './tenant.js';
import { invalid, TenantError } from './tenant-error.js';

export type SubjectType = 'client' | 'user';

const details = {
  scope: v.exactOptional(v.nullable(v.array(v.pipe(v.string(), v.minLength(1), v.maxLength(280))))),
  allow_all_scopes: v.exactOptional(v.boolean()),
  organization_usage: v.exactOptional(v.nullable(v.picklist(['deny', 'allow', 'require']))),
  allow_any_organization: v.exactOptional(v.nullable(v.boolean())),
  authorization_details_types: v.exactOptional(v.array(v.string())),
};
const createSchema = strictObject({
  client_id: v.pipe(v.string(), v.minLength(1)),
  audience: v.pipe(v.string(), v.minLength(1)),
  subject_type: v.exactOptional(v.picklist(['client', 'user'])),
  ...details,
});
const updateSchema = strictObject(details);

/** That an application may have tokens for an API: in its own name, or in a user's. */
export interface ClientGrant {
  readonly id: string;
  readonly client_id: string;
  /** The identifier of the API. */
  readonly audience: string;
  readonly subject_type: SubjectType;
  /** Absent where all scopes are allowed, now and later. */
  readonly scope?: readonly string[];
  readonly allow_all_scopes?: boolean;
  readonly organization_usage?: 'deny' | 'allow' | 'require' | null | undefined;
  readonly allow_any_organization?: boolean | null | undefined;
  readonly authorization_details_types?: readonly string[] | undefined;
}

/** @throws TenantError: the application or the API does not exist, a scope is not the API's, or the grant is there. */
export function createClientGrant(tenant: Tenant, body: unknown): ClientGrant {
  const {
    client_id: clientId,
    audience,
    subject_type: subjectType = 'client',
    ...input
  } = readBody(createSchema, body);
  if (tenant.store.applications.get(clientId) === undefined) {
    throw new TenantError('missing', 'inexistent_client', 'The client does not exist');
  }
  const api = findApi(tenant, audience);
  if (api === undefined) {
    throw new TenantError(
      'missing',
      'inexistent_resource_server',
      `Resource server with identifier "${audience}" does not exist`,
    );
  }
  if (findClientGrant(tenant, clientId, api, subjectType) !== undefined) {
    throw new TenantError(
      'conflict',
      'client_grant_conflict',
      `A client grant already exists between ${clientId} and ${audience}`,
    );
  }
  const grant = withScope(api, {
    id: `cgr_${randomAlphanumerics(16)}`,
    client_id: clientId,
    audience: api.identifier,
    subject_type: subjectType,
    ...input,
    scope: input.scope ?? [],
  });
  tenant.store.clientGrants.put(grant.id, grant);
  return grant;
}

/** @throws TenantError `inexistent_client_grant`. */
export function getClientGrant({ store }: Tenant, id: string): ClientGrant {
  const grant = store.clientGrants.get(id);
  if (grant === undefined) {
    throw new TenantError('missing', 'inexistent_client_grant', 'The client grant does not exist.');
  }
  return grant;
}

export function updateClientGrant(tenant: Tenant, id: string, body: unknown): ClientGrant {
  const grant = getClientGrant(tenant, id);
  const input = readBody(updateSchema, body);
  const api = findApi(tenant, grant.audience);
  if (api === undefined) throw new Error(`The API of client grant ${id} is gone.`);
  const { scope = grant.scope } = input;
  const updated = withScope(api, { ...grant, ...input, scope: scope ?? [] });
  tenant.store.clientGrants.put(id, updated);
  return updated;
}

/** Deletes a grant. What is not there is no error. */
export function deleteClientGrant({ store }: Tenant, id: string): void {
  store.clientGrants.delete(id);
}

/** What a list of grants is narrowed by. */
export interface ClientGrantFilter {
  readonly client_id?: string;
  readonly audience?: string;
  readonly subject_type?: string;
}

/** The grants a filter fits; an audience may be any of the Management API's names. */
export function clientGrantFilter(tenant: Tenant, filter: ClientGrantFilter): ClientGrantFilter {
  const { audience } = filter;
  return audience === undefined ? filter : { ...filter, audience: canonicalIdentifier(tenant, audience) };
}

export function findClientGrant(
  { store }: Tenant,
  clientId: string,
  api: Api,
  subjectType: SubjectType,
): ClientGrant | undefined {
  return store.clientGrants.find({
    client_id: clientId,
    audience: api.identifier,
    subject_type: subjectType,
  });
}

/** The scopes a grant allows. */
export function grantedScopes(grant: ClientGrant, api: Api): string[] {
  const defined = scopeNames(api);
  return grant.allow_all_scopes ? defined : defined.filter((name) => grant.scope?.includes(name));
}

function withScope(api: Api, { scope = [], ...grant }: ClientGrant): ClientGrant {
  const defined = new Set(scopeNames(api));
  if (!scope.every((name) => defined.has(name))) {
    throw invalid('Payload validation error: scope must be a subset of resource server scopes');
  }
  return grant.allow_all_scopes ? grant : { ...grant, scope: [...new Set(scope)] };
}
