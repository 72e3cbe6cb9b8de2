import * as v from 'valibot';
import { randomHex, randomSecret } from './ids.js';
import { readBody } from './read-body.js';
import { managementIdentifier, type Tenant } from './tenant.js';
import { invalid, TenantError } from './tenant-error.js';

/** How the access tokens of an API look. */
export const tokenDialects = [
  'access_token',
  'access_token_authz',
  'rfc9068_profile',
  'rfc9068_profile_authz',
] as const;
export type TokenDialect = (typeof tokenDialects)[number];

export const apiSigningAlgorithms = ['HS256', 'RS256', 'RS512', 'PS256'] as const;

/** Names that mean something in OpenID Connect and cannot be permissions. */
export const reservedScopes: ReadonlySet<string> = new Set([
  'address',
  'created_at',
  'email',
  'email_verified',
  'family_name',
  'given_name',
  'identities',
  'name',
  'nickname',
  'offline_access',
  'openid',
  'phone',
  'picture',
  'profile',
]);

const policy = <const Policies extends readonly string[]>(policies: Policies) =>
  v.exactOptional(v.strictObject({ policy: v.picklist(policies) }));

const lifetime = v.pipe(
  v.number(),
  v.integer('Expected type integer but found type number'),
  v.minValue(0),
  v.maxValue(2_592_000),
);

const changes = {
  name: v.exactOptional(
    v.pipe(v.string(), v.maxLength(200), v.regex(/^[^<>]*$/, 'Name must not contain < or >')),
  ),
  scopes: v.exactOptional(
    v.pipe(
      v.array(
        v.strictObject({
          value: v.pipe(v.string(), v.minLength(1), v.maxLength(280)),
          description: v.exactOptional(v.pipe(v.string(), v.maxLength(500))),
        }),
      ),
      v.maxLength(1000),
    ),
  ),
  signing_alg: v.exactOptional(v.picklist(apiSigningAlgorithms)),
  signing_secret: v.exactOptional(v.pipe(v.string(), v.minLength(16))),
  allow_offline_access: v.exactOptional(v.boolean()),
  allow_online_access: v.exactOptional(v.boolean()),
  skip_consent_for_verifiable_first_party_clients: v.exactOptional(v.boolean()),
  token_lifetime: v.exactOptional(lifetime),
  token_lifetime_for_web: v.exactOptional(lifetime),
  enforce_policies: v.exactOptional(v.boolean()),
  token_dialect: v.exactOptional(v.picklist(tokenDialects)),
  token_encryption: v.exactOptional(v.nullable(v.looseObject({}))),
  consent_policy: v.exactOptional(v.nullable(v.string())),
  authorization_details: v.exactOptional(v.nullable(v.array(v.looseObject({})))),
  authorization_policy: v.exactOptional(v.nullable(v.looseObject({}))),
  proof_of_possession: v.exactOptional(v.nullable(v.looseObject({}))),
  subject_type_authorization: v.exactOptional(
    v.strictObject({
      user: policy(['allow_all', 'deny_all', 'require_client_grant']),
      client: policy(['deny_all', 'require_client_grant']),
    }),
  ),
};
const updateSchema = v.strictObject(changes);
const createSchema = v.strictObject({
  identifier: v.pipe(v.string(), v.minLength(1), v.maxLength(600)),
  ...changes,
});

type ApiInput = v.InferOutput<typeof createSchema> & { is_system?: true };

/** A permission that an API defines. */
export interface ApiScope {
  readonly value: string;
  readonly description?: string | undefined;
}

/** An API, in the Management API's words a resource server. */
export interface Api extends Omit<ApiInput, 'subject_type_authorization'> {
  readonly id: string;
  readonly allow_offline_access: boolean;
  readonly skip_consent_for_verifiable_first_party_clients: boolean;
  readonly subject_type_authorization: {
    readonly user: { readonly policy: 'allow_all' | 'deny_all' | 'require_client_grant' };
    readonly client: { readonly policy: 'deny_all' | 'require_client_grant' };
  };
  readonly token_lifetime: number;
  readonly token_lifetime_for_web: number;
  readonly signing_alg: (typeof apiSigningAlgorithms)[number];
  readonly is_system?: true;
}

/** @throws TenantError: something in the body is not acceptable, or an API has this identifier. */
export function createApi(tenant: Tenant, body: unknown): Api {
  const input = readBody(createSchema, body);
  checkScopes(input.scopes);
  if (findApi(tenant, input.identifier) !== undefined) {
    throw new TenantError(
      'conflict',
      'resource_server_conflict',
      'A resource server with the same identifier already exists',
    );
  }
  const api = withDefaults(randomHex(24), input);
  tenant.store.apis.put(api.id, api);
  return api;
}

/** Finds an API by its identifier; the Management API also by what the other listeners call it. */
export function findApi(tenant: Tenant, identifier: string): Api | undefined {
  return tenant.store.apis.find({ identifier: canonicalIdentifier(tenant, identifier) });
}

/** The identifier as it is stored: that of the Management API has a form for each listener. */
export function canonicalIdentifier({ issuers }: Tenant, identifier: string): string {
  const isManagement = issuers.some((issuer) => managementIdentifier(issuer) === identifier);
  return isManagement ? managementIdentifier(issuers[0] ?? '') : identifier;
}

/**
 * @param key - The id or the identifier.
 * @throws TenantError `inexistent_resource_server`.
 */
export function getApi(tenant: Tenant, key: string): Api {
  const api = tenant.store.apis.get(key) ?? findApi(tenant, key);
  if (api === undefined) {
    throw new TenantError('missing', 'inexistent_resource_server', 'The resource server does not exist');
  }
  return api;
}

/** @throws TenantError: unknown, a system API, or something in the body is not acceptable. */
export function updateApi(tenant: Tenant, key: string, body: unknown): Api {
  const api = getApi(tenant, key);
  checkNotSystem(api, 'updated');
  const input = readBody(updateSchema, body);
  checkScopes(input.scopes);
  const { subject_type_authorization: access } = input;
  const updated = withDefaults(api.id, {
    ...api,
    ...input,
    subject_type_authorization: { ...api.subject_type_authorization, ...access },
  });
  tenant.store.transaction(() => {
    tenant.store.apis.put(api.id, updated);
    dropRemovedScopes(tenant, updated);
  });
  return updated;
}

/** Deletes an API with the grants and permissions for it. */
export function deleteApi(tenant: Tenant, key: string): void {
  const { store } = tenant;
  const api = getApi(tenant, key);
  checkNotSystem(api, 'deleted');
  store.transaction(() => {
    store.clientGrants.deleteWhere({ audience: api.identifier });
    store.permissions.deleteWhere({ identifier: api.identifier });
    store.apis.delete(api.id);
  });
}

/** The names of the permissions an API defines. */
export function scopeNames(api: Api): string[] {
  return (api.scopes ?? []).map(({ value }) => value);
}

function withDefaults(id: string, { name, identifier, ...input }: ApiInput): Api {
  const { subject_type_authorization: access, signing_alg: algorithm = 'RS256' } = input;
  const secret = input.signing_secret ?? (algorithm === 'HS256' ? randomSecret(24) : undefined);
  return {
    ...(name !== undefined && { name }),
    identifier,
    ...input,
    id,
    allow_offline_access: input.allow_offline_access ?? false,
    skip_consent_for_verifiable_first_party_clients:
      input.skip_consent_for_verifiable_first_party_clients ?? false,
    subject_type_authorization: {
      user: { policy: access?.user?.policy ?? 'allow_all' },
      client: { policy: access?.client?.policy ?? 'require_client_grant' },
    },
    token_lifetime: input.token_lifetime ?? 86_400,
    token_lifetime_for_web: input.token_lifetime_for_web ?? Math.min(7200, input.token_lifetime ?? 7200),
    signing_alg: algorithm,
    ...(secret !== undefined && { signing_secret: secret }),
  };
}

function checkScopes(scopes: ApiInput['scopes'] = []): void {
  const seen = new Set<string>();
  for (const { value } of scopes) {
    if (reservedScopes.has(value)) {
      throw invalid(`Scope '${value}' is reserved by OpenID Connect and cannot be a permission of an API`);
    }
    // RFC 6749 section 3.3: what a scope may be made of.
    if (!/^[\x21\x23-\x5B\x5D-\x7E]+$/.test(value)) {
      throw invalid(
        `Scope ${JSON.stringify(value)} has characters that a scope cannot have (white space, quotes, backslash)`,
      );
    }
    if (seen.has(value)) throw invalid(`Scope '${value}' is there twice`);
    seen.add(value);
  }
}

/** A permission that an API no longer defines is nobody's. */
function dropRemovedScopes({ store }: Tenant, api: Api): void {
  const left = new Set(scopeNames(api));
  for (const permission of store.permissions.list({ identifier: api.identifier })) {
    if (!left.has(permission.permission_name)) store.permissions.delete(permission.id);
  }
  for (const grant of store.clientGrants.list({ audience: api.identifier })) {
    const scope = grant.scope?.filter((name) => left.has(name));
    if (scope !== undefined && scope.length !== grant.scope?.length) {
      store.clientGrants.put(grant.id, { ...grant, scope });
    }
  }
}

function checkNotSystem(api: Api, what: string): void {
  if (api.is_system) {
    throw new TenantError('forbidden', 'system_resource_server', `System resource servers cannot be ${what}`);
  }
}
