import { applicationTypes } from '../tenant/application-types.js';
import { BooleanOption } from './command-line/boolean-option.js';
import type { CliCommand } from './command-line/cli-command.js';
import { CommandError } from './command-line/command-error.js';
import { addOutputOptions } from './command-line/global-options.js';
import { readJsonObject, readList, readPairs } from './command-line/option-values.js';
import { appResource } from './resource/app-resource.js';
import { addRevealOption } from './resource/secrets.js';

/** What can be said of an application. */
export interface AppOptions {
  readonly name?: string;
  readonly description?: string;
  readonly type?: string;
  readonly callbacks?: readonly string[];
  readonly origins?: readonly string[];
  readonly webOrigins?: readonly string[];
  readonly logoutUrls?: readonly string[];
  readonly authMethod?: string;
  readonly grants?: readonly string[];
  readonly allowAnyProfileOfType?: readonly string[];
  readonly isFirstParty?: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly refreshToken?: object;
}

/** Adds the options of `apps create` and `apps update`. */
export function addAppOptions(command: CliCommand): CliCommand {
  command
    .option('-n, --name <name>', 'Its name.')
    .option('-d, --description <text>', 'What it is.')
    .option(
      '-t, --type <type>',
      'native (mobile, desktop, command line), spa (in the browser), regular (web server), m2m (machine to machine) or resource_server (an API as a client).',
    )
    .option('-c, --callbacks <urls>', 'Where users may come back to after the login.', readList)
    .option('-l, --logout-urls <urls>', 'Where users may come back to after the logout.', readList)
    .option(
      '-o, --origins <origins>',
      'Which pages may call the tenant, beside those of the callbacks.',
      readList,
    )
    .option('-w, --web-origins <origins>', 'Which pages may have tokens without a redirect.', readList)
    .option('-a, --auth-method <method>', 'How it shows its secret: Post, Basic, or None if it has none.')
    .option(
      '-g, --grants <grants>',
      'What it gets tokens for: code, implicit, refresh-token, credentials, password, password-realm, device-code, token-exchange, or names of the standard.',
      readList,
    )
    .option(
      '-p, --allow-any-profile-of-type <types>',
      'Which tokens it may exchange: custom_authentication, on_behalf_of_token_exchange.',
      readList,
    )
    .addOption(
      new BooleanOption('-f, --is-first-party', 'Whether it is your own, and users need not consent.'),
    )
    .option('--metadata <name=value>', 'What you want to note of it. Can be given several times.', readPairs)
    .option(
      '-z, --refresh-token <json>',
      'How long its refresh tokens live.',
      readJsonObject('--refresh-token'),
    );
  addRevealOption(command, appResource);
  return addOutputOptions(command);
}

/** The body of the request. */
export function readAppBody(options: AppOptions): Readonly<Record<string, unknown>> {
  const { type, authMethod, grants, allowAnyProfileOfType } = options;
  return {
    name: options.name,
    description: options.description,
    app_type: type === undefined ? undefined : findAppType(type).appType,
    callbacks: options.callbacks,
    allowed_logout_urls: options.logoutUrls,
    allowed_origins: options.origins,
    web_origins: options.webOrigins,
    token_endpoint_auth_method: authMethod === undefined ? undefined : readAuthMethod(authMethod),
    grant_types: grants?.map((grant) => grantNames[grant.toLowerCase()] ?? grant),
    token_exchange: allowAnyProfileOfType && { allow_any_profile_of_type: allowAnyProfileOfType },
    is_first_party: options.isFirstParty,
    client_metadata: options.metadata,
    refresh_token: options.refreshToken,
  };
}

/** @throws CommandError: there is no such type. */
export function findAppType(type: string): (typeof applicationTypes)[keyof typeof applicationTypes] {
  const found = Object.entries(applicationTypes).find(
    ([name, { appType }]) => name === type || appType === type,
  );
  if (found !== undefined) return found[1];
  throw new CommandError(
    `There is no type ${JSON.stringify(type)}. The types are ${Object.keys(applicationTypes).join(', ')}`,
  );
}

const authMethods: Readonly<Record<string, string>> = {
  none: 'none',
  post: 'client_secret_post',
  basic: 'client_secret_basic',
};

function readAuthMethod(method: string): string {
  const found = authMethods[method.toLowerCase()];
  if (found !== undefined) return found;
  if (Object.values(authMethods).includes(method)) return method;
  throw new CommandError(
    `There is no auth method ${JSON.stringify(method)}. The methods are None, Post, Basic`,
  );
}

/** Short names of grant types; everything else is taken for the name itself. */
const grantNames: Readonly<Record<string, string>> = {
  code: 'authorization_code',
  'authorization-code': 'authorization_code',
  'refresh-token': 'refresh_token',
  credentials: 'client_credentials',
  'client-credentials': 'client_credentials',
  'password-realm': 'http://auth0.com/oauth/grant-type/password-realm',
  'mfa-oob': 'http://auth0.com/oauth/grant-type/mfa-oob',
  'mfa-otp': 'http://auth0.com/oauth/grant-type/mfa-otp',
  'mfa-recovery-code': 'http://auth0.com/oauth/grant-type/mfa-recovery-code',
  'device-code': 'urn:ietf:params:oauth:grant-type:device_code',
  'token-exchange': 'urn:ietf:params:oauth:grant-type:token-exchange',
};
