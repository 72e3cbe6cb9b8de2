import * as v from 'valibot';
import { longestTexts } from './longest-texts.js';
import { anyObject, strictObject } from './object-schemas.js';
import { proofOfPossession } from './proof-of-possession.js';
import { reservedScopes } from './reserved-scopes.js';
import { invalid } from './tenant-error.js';
import { withoutControls, withoutControlsOrJoiners } from './without-controls.js';

/** How the access tokens of an API look. */
const tokenDialects = [
  'access_token',
  'access_token_authz',
  'rfc9068_profile',
  'rfc9068_profile_authz',
] as const;
export type TokenDialect = (typeof tokenDialects)[number];

const { api: longest, permission: longestOfPermission } = longestTexts;

const signingAlgorithms = ['HS256', 'RS256', 'RS512', 'PS256'] as const;

const policy = <const Policies extends readonly string[]>(policies: Policies) =>
  v.exactOptional(strictObject({ policy: v.picklist(policies) }));

const lifetime = v.pipe(
  v.number(),
  v.integer('Expected type integer but found type number'),
  v.minValue(0),
  v.maxValue(2_592_000),
);

const changes = {
  name: v.exactOptional(
    v.pipe(
      v.string(),
      v.maxLength(longest.name),
      v.regex(/^[^<>]*$/, 'Name must not contain < or >'),
      withoutControls('Name'),
    ),
  ),
  scopes: v.exactOptional(
    v.pipe(
      v.array(
        strictObject({
          value: v.pipe(v.string(), v.minLength(1), v.maxLength(longestOfPermission.value)),
          description: v.exactOptional(
            v.pipe(v.string(), v.maxLength(longestOfPermission.description), withoutControls('Description')),
          ),
        }),
      ),
      v.maxLength(1000),
    ),
  ),
  signing_alg: v.exactOptional(v.picklist(signingAlgorithms)),
  signing_secret: v.exactOptional(v.pipe(v.string(), v.minLength(16))),
  allow_offline_access: v.exactOptional(v.boolean()),
  allow_online_access: v.exactOptional(v.boolean()),
  skip_consent_for_verifiable_first_party_clients: v.exactOptional(v.boolean()),
  token_lifetime: v.exactOptional(lifetime),
  token_lifetime_for_web: v.exactOptional(lifetime),
  enforce_policies: v.exactOptional(v.boolean()),
  token_dialect: v.exactOptional(v.picklist(tokenDialects)),
  token_encryption: v.exactOptional(v.nullable(anyObject)),
  consent_policy: v.exactOptional(v.nullable(v.string())),
  authorization_details: v.exactOptional(v.nullable(v.array(anyObject))),
  authorization_policy: v.exactOptional(v.nullable(anyObject)),
  proof_of_possession: proofOfPossession,
  subject_type_authorization: v.exactOptional(
    strictObject({
      user: policy(['allow_all', 'deny_all', 'require_client_grant']),
      client: policy(['deny_all', 'require_client_grant']),
    }),
  ),
};
/** The body that changes an API. */
export const updateSchema = strictObject(changes);
/** The body that creates an API. */
export const createSchema = strictObject({
  identifier: v.pipe(
    v.string(),
    v.minLength(1),
    v.maxLength(longest.identifier),
    withoutControlsOrJoiners('Identifier'),
  ),
  ...changes,
});

/** What an API is created with. */
export type ApiInput = v.InferOutput<typeof createSchema>;

/** @throws TenantError: a scope that means something else already, cannot be one, or is there twice. */
export function checkScopes(scopes: ApiInput['scopes'] = []): void {
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
