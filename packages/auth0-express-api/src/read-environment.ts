import { InvalidConfigurationError, type ApiClientOptions } from '@auth0/auth0-api-js';

/** The options that can come from the environment. */
export type EnvironmentOptions = Pick<
  ApiClientOptions,
  'domain' | 'issuers' | 'audience' | 'algorithms' | 'clientId' | 'clientSecret' | 'clientAssertionSigningKey'
>;

/** Where each option that is a single text and names no issuer is looked for, first name first. */
const variables = {
  audience: ['AUTH0_AUDIENCE', 'AUDIENCE'],
  clientId: ['AUTH0_CLIENT_ID'],
  clientSecret: ['AUTH0_CLIENT_SECRET'],
  clientAssertionSigningKey: ['AUTH0_CLIENT_ASSERTION_SIGNING_KEY'],
} as const satisfies Partial<Record<keyof EnvironmentOptions, readonly string[]>>;

type Variable = keyof typeof variables;

/** The options that say which issuers are trusted. */
export const issuerOptions = ['domain', 'domains', 'issuers'] as const;

/** The variables of `express-oauth2-jwt-bearer` that say which issuer is trusted, by what is said with them. */
const olderVariables = {
  base: 'ISSUER_BASE_URL',
  issuer: 'ISSUER',
  jwksUri: 'JWKS_URI',
  secret: 'SECRET',
  algorithm: 'TOKEN_SIGNING_ALG',
} as const;

/** The variables that say which issuer is trusted, and how. */
export const issuerVariables: readonly string[] = ['AUTH0_DOMAIN', ...Object.values(olderVariables)];

type OlderIssuer = Readonly<Partial<Record<keyof typeof olderVariables, string>>>;

const contradicting = [
  ['base', 'issuer'],
  ['base', 'jwksUri'],
  ['base', 'secret'],
  ['jwksUri', 'secret'],
] as const;

/**
 * Reads the options that the environment has. A variable that is empty counts as absent. The environment names an issuer
 * only where the program names none: `AUTH0_DOMAIN`, or else the variables of `express-oauth2-jwt-bearer`, see
 * `docs/migration.md`.
 *
 * @param given - The names of the options that the program gives.
 * @throws InvalidConfigurationError: older variables that contradict each other, or lack one.
 */
export function readEnvironment(
  environment: NodeJS.ProcessEnv,
  given: ReadonlySet<string>,
): EnvironmentOptions {
  const options: EnvironmentOptions = {};
  for (const [option, names] of Object.entries(variables)) {
    const value = readFirst(environment, names);
    if (value !== undefined) options[option as Variable] = value;
  }
  if (issuerOptions.some((name) => given.has(name))) return options;
  const domain = readFirst(environment, ['AUTH0_DOMAIN']);
  if (domain !== undefined) return { ...options, domain };
  return { ...options, ...readOlderIssuer(environment, given.has('algorithms')) };
}

function readOlderIssuer(environment: NodeJS.ProcessEnv, areAlgorithmsGiven: boolean): EnvironmentOptions {
  const older: OlderIssuer = Object.fromEntries(
    Object.entries(olderVariables).map(([what, name]) => [what, readFirst(environment, [name])]),
  );
  checkOlderIssuer(older, areAlgorithmsGiven);
  const { base, issuer, jwksUri, secret, algorithm } = older;
  // A secret is for HS256 whatever else is said. As an option for all issuers HS256 is refused, and must be.
  const algorithms = algorithm === undefined || secret !== undefined ? {} : { algorithms: [algorithm] };
  if (base !== undefined) return { ...readBase(base), ...algorithms };
  if (issuer === undefined) return {};
  const keys = { ...(jwksUri !== undefined && { jwksUri }), ...(secret !== undefined && { secret }) };
  return { issuers: [{ issuer, ...keys }], ...algorithms };
}

function checkOlderIssuer(older: OlderIssuer, areAlgorithmsGiven: boolean): void {
  const { base, issuer, secret, algorithm } = older;
  const isGiven = (what: keyof OlderIssuer): boolean => older[what] !== undefined;
  const pair = contradicting.find((both) => both.every(isGiven));
  if (pair !== undefined) {
    throw invalidEnvironment(
      `${pair.map((what) => olderVariables[what]).join(' and ')} contradict each other. Set one`,
    );
  }
  const keys = (['jwksUri', 'secret'] as const).find(isGiven);
  if (keys !== undefined && base === undefined && issuer === undefined)
    throw invalidEnvironment(`${olderVariables[keys]} needs ISSUER, the issuer whose tokens it verifies`);
  if (secret === undefined) return;
  if (algorithm !== undefined && algorithm !== 'HS256')
    throw invalidEnvironment('SECRET is for HS256 only, and TOKEN_SIGNING_ALG says otherwise. Leave it out');
  if (areAlgorithmsGiven)
    throw invalidEnvironment(
      'SECRET is for HS256 only, and the option "algorithms" says otherwise. Give one',
    );
}

/** Others than this package read variables of such names as well. */
function invalidEnvironment(what: string): InvalidConfigurationError {
  const cure = 'None of these variables is read where AUTH0_DOMAIN or an option names the issuer.';
  return new InvalidConfigurationError(`Invalid environment: ${what}. ${cure}`);
}

/** An issuer with a path is no domain of a tenant. */
function readBase(base: string): EnvironmentOptions {
  // To the URL parser alone, the host of `issuer.test:8443` is a scheme.
  const address = base.includes('://') ? base : `https://${base}`;
  const hasPath = URL.canParse(address) && new URL(address).pathname !== '/';
  return hasPath ? { issuers: [{ issuer: base }] } : { domain: base };
}

function readFirst(environment: NodeJS.ProcessEnv, names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((text) => text !== undefined && text !== '');
}
