import * as v from 'valibot';
import { printableText } from '../unprintable.js';
import { longestTexts } from './longest-texts.js';
import { anyObject, looseObject, record, strictObject } from './object-schemas.js';
import { withoutControls, withoutControlsOrJoiners } from './without-controls.js';

export const appTypes = ['native', 'spa', 'regular_web', 'non_interactive', 'resource_server'] as const;
export type AppType = (typeof appTypes)[number];

/** The grant types an application can be allowed to use. */
const grantTypes = [
  'authorization_code',
  'implicit',
  'refresh_token',
  'client_credentials',
  'password',
  'http://auth0.com/oauth/grant-type/password-realm',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:ietf:params:oauth:grant-type:token-exchange',
] as const;

const { application: longest } = longestTexts;

const url = v.pipe(v.string(), v.minLength(1), v.maxLength(longest.url), withoutControlsOrJoiners('URL'));
const urls = v.exactOptional(v.array(url));
const seconds = v.exactOptional(
  v.pipe(v.number(), v.integer('Expected type integer but found type number'), v.minValue(0)),
);
const optionalObject = v.exactOptional(v.nullable(anyObject));

const changes = {
  description: v.exactOptional(
    v.pipe(v.string(), v.maxLength(longest.description), withoutControls('Description')),
  ),
  logo_uri: v.exactOptional(v.pipe(v.string(), withoutControlsOrJoiners('URL'))),
  callbacks: urls,
  allowed_origins: urls,
  web_origins: urls,
  allowed_logout_urls: urls,
  client_aliases: urls,
  allowed_clients: urls,
  initiate_login_uri: v.exactOptional(v.pipe(v.string(), withoutControlsOrJoiners('URL'))),
  grant_types: v.exactOptional(v.array(v.picklist(grantTypes))),
  app_type: v.exactOptional(v.picklist(appTypes)),
  token_endpoint_auth_method: v.exactOptional(
    v.nullable(v.picklist(['none', 'client_secret_post', 'client_secret_basic'])),
  ),
  client_authentication_methods: v.exactOptional(
    v.nullable(
      looseObject({
        private_key_jwt: v.exactOptional(looseObject({ credentials: v.array(v.unknown()) })),
      }),
    ),
  ),
  is_first_party: v.exactOptional(v.boolean()),
  oidc_conformant: v.exactOptional(v.boolean()),
  sso: v.exactOptional(v.boolean()),
  sso_disabled: v.exactOptional(v.boolean()),
  cross_origin_auth: v.exactOptional(v.boolean()),
  cross_origin_authentication: v.exactOptional(v.boolean()),
  cross_origin_loc: v.exactOptional(v.string()),
  is_token_endpoint_ip_header_trusted: v.exactOptional(v.boolean()),
  custom_login_page_on: v.exactOptional(v.boolean()),
  require_proof_of_possession: v.exactOptional(v.boolean()),
  require_pushed_authorization_requests: v.exactOptional(v.boolean()),
  organization_usage: v.exactOptional(v.nullable(v.picklist(['deny', 'allow', 'require']))),
  organization_require_behavior: v.exactOptional(v.nullable(v.string())),
  client_metadata: v.exactOptional(
    v.pipe(
      record(v.nullable(v.pipe(v.string(), v.maxLength(255), withoutControls('Metadata')))),
      v.check(
        (metadata) => Object.keys(metadata).every((key) => printableText.test(key)),
        'Names of metadata must not contain control characters',
      ),
    ),
  ),
  jwt_configuration: v.exactOptional(
    looseObject({
      lifetime_in_seconds: seconds,
      alg: v.exactOptional(v.picklist(['HS256', 'RS256', 'PS256'])),
    }),
  ),
  refresh_token: v.exactOptional(
    v.nullable(
      looseObject({
        rotation_type: v.exactOptional(v.picklist(['rotating', 'non-rotating'])),
        expiration_type: v.exactOptional(v.picklist(['expiring', 'non-expiring'])),
        leeway: seconds,
        token_lifetime: seconds,
        idle_token_lifetime: seconds,
        infinite_token_lifetime: v.exactOptional(v.boolean()),
        infinite_idle_token_lifetime: v.exactOptional(v.boolean()),
      }),
    ),
  ),
  default_organization: optionalObject,
  mobile: optionalObject,
  addons: optionalObject,
  encryption_key: optionalObject,
  native_social_login: optionalObject,
  oidc_logout: optionalObject,
  signed_request_object: optionalObject,
  session_transfer: optionalObject,
  token_exchange: v.exactOptional(
    v.nullable(looseObject({ allow_any_profile_of_type: v.exactOptional(v.array(v.string())) })),
  ),
};
const name = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(longest.name),
  v.regex(/^[^<>]*$/, 'Name must not contain < or >'),
  withoutControls('Name'),
);
const secret = v.exactOptional(v.pipe(v.string(), v.minLength(1)));

/** The body that creates an application. */
export const createSchema = strictObject({
  name,
  ...changes,
  client_secret: secret,
  resource_server_identifier: v.exactOptional(v.pipe(v.string(), withoutControlsOrJoiners('Identifier'))),
});
/** The body that changes an application. */
export const updateSchema = strictObject({
  name: v.exactOptional(name),
  ...changes,
  client_secret: secret,
});

/** What an application is created with. */
export type ApplicationInput = v.InferOutput<typeof createSchema>;
