import { ApiClient, InvalidConfigurationError, type ApiClientOptions } from '@auth0/auth0-api-js';
import { apiClientOptionNames, dpopOff, migrationHints, readOptions } from '@auth0/auth0-api-js/adapter';
import type { Router } from 'express';
import { createRouter } from './create-router.js';
import { passErrors } from './passed-errors.js';
import { issuerOptions, issuerVariables, readEnvironment } from './read-environment.js';
import './request-auth.js';

/** The options of `createAuth0Api()`: those of the core's `ApiClient`, and what becomes of a request that may not pass. */
export interface Auth0ApiOptions extends ApiClientOptions {
  /**
   * `'answer'` (the default): a refusal or an outage is answered. `'next'`: it goes to the application's error handler as
   * the `AuthError` it is, after its status and headers were set; the body is the handler's to write.
   */
  errors?: 'answer' | 'next';
}

/** What `createAuth0Api()` returns: a router, with the client that its routes verify with. */
export interface Auth0Api extends Router {
  /** For `ready()` before the server listens, `health()` in a readiness probe, and `close()`. */
  readonly client: ApiClient;
}

const optionNames = [...apiClientOptionNames, 'errors'] as const;

/**
 * Creates the router that every protected route needs before it: it sets `req.auth0` on every request. It protects
 * nothing by itself; `requiresAuth()` does.
 *
 * @param given - What is left out is read from the environment: `AUTH0_DOMAIN` and `AUTH0_AUDIENCE`, then the variables of
 *   `express-oauth2-jwt-bearer`. Where `domain`, `domains` or `issuers` is given, no variable names an issuer.
 * @throws InvalidConfigurationError: `domain` or `audience` is in neither place, an option cannot work, or a name is none.
 */
export function createAuth0Api(given: Partial<Auth0ApiOptions> = {}): Auth0Api {
  const { errors, ...clientOptions } = readOptions(given, optionNames, 'createAuth0Api', migrationHints);
  const client = createClient(clientOptions);
  if (isPassing(errors)) passErrors(client);
  return Object.assign(createRouter(client), { client });
}

/** DPoP is spoken only by programs that ask for it. */
function createClient(options: Partial<ApiClientOptions>): ApiClient {
  try {
    return new ApiClient({ dpop: dpopOff, ...withEnvironment(options) });
  } catch (error) {
    throw nameVariables(error, options);
  }
}

/** What the core says of options that the environment can stand for. */
const aboutIssuer = /^Invalid (?:domain|issuers|algorithms)\b/;

/** The core names the option that cannot work. Whoever wrote a variable looks for that. */
function nameVariables(error: unknown, options: Partial<ApiClientOptions>): unknown {
  if (!(error instanceof InvalidConfigurationError) || !aboutIssuer.test(error.message)) return error;
  const isOfProgram = [...issuerOptions, 'algorithms'].some((name) => Object.hasOwn(options, name));
  const names = issuerVariables.filter((name) => (process.env[name] ?? '') !== '');
  if (isOfProgram || names.length === 0 || names.some((name) => error.message.includes(name))) return error;
  return new InvalidConfigurationError(`${error.message}. The environment says this by ${names.join(', ')}.`);
}

function isPassing(errors: unknown): boolean {
  if (errors === undefined || errors === '' || errors === 'answer') return false;
  if (errors === 'next') return true;
  throw new InvalidConfigurationError(`Invalid errors configuration: "errors" must be 'answer' or 'next'`);
}

/** The options that the environment can stand for. Only they may be undefined or empty: of all others, the core decides. */
const environmentOptions: readonly string[] = [
  'domain',
  'issuers',
  'audience',
  'algorithms',
  'clientId',
  'clientSecret',
  'clientAssertionSigningKey',
];

function withEnvironment(options: Partial<ApiClientOptions>): ApiClientOptions {
  const present = Object.entries(options).filter(
    ([name, value]) => !environmentOptions.includes(name) || (value !== undefined && value !== ''),
  );
  const given = new Set(present.filter(([, value]) => value !== undefined).map(([name]) => name));
  const merged: ApiClientOptions = Object.assign(
    Object.create(null),
    readEnvironment(process.env, given),
    Object.fromEntries(present),
  );
  const { domain, domains, issuers, audience } = merged;
  const isTenantNamed = domain !== undefined || domains !== undefined;
  if (!isTenantNamed && issuers === undefined) throw missingOption('domain', 'AUTH0_DOMAIN');
  // Issuers that the program names may have audiences of their own.
  const isAudienceNeeded = isTenantNamed || !given.has('issuers');
  if (isAudienceNeeded && audience === undefined) throw missingOption('audience', 'AUTH0_AUDIENCE');
  return merged;
}

function missingOption(option: string, variable: string): InvalidConfigurationError {
  return new InvalidConfigurationError(
    `'${option}' is required. Provide it via config or ${variable} environment variable. ` +
      'createAuth0Api() needs AUTH0_DOMAIN and AUTH0_AUDIENCE, or the older names ISSUER_BASE_URL and AUDIENCE: ' +
      'put both in a file named .env, ' +
      "and load it with import 'dotenv/config' in the first line of the server.",
  );
}
