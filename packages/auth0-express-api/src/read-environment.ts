import type { ApiClientOptions, IssuerOptions } from '@auth0/auth0-api-js';

/** The options that can come from the environment. */
export type EnvironmentOptions = Pick<
  ApiClientOptions,
  'domain' | 'issuers' | 'audience' | 'algorithms' | 'clientId' | 'clientSecret' | 'clientAssertionSigningKey'
>;

/** Where each option that is a single text is looked for, first name first. */
const variables = {
  domain: ['AUTH0_DOMAIN'],
  audience: ['AUTH0_AUDIENCE', 'AUDIENCE'],
  clientId: ['AUTH0_CLIENT_ID'],
  clientSecret: ['AUTH0_CLIENT_SECRET'],
  clientAssertionSigningKey: ['AUTH0_CLIENT_ASSERTION_SIGNING_KEY'],
} as const satisfies Partial<Record<keyof EnvironmentOptions, readonly string[]>>;

type Variable = keyof typeof variables;

/**
 * Reads the options that the environment has. A variable that is empty counts as absent. Where `AUTH0_DOMAIN` is absent,
 * those of `express-oauth2-jwt-bearer` say which issuer is trusted: `docs/migration.md`.
 *
 * @param isIssuerGiven - Whether the program itself says which issuers it trusts. Those variables then say nothing.
 */
export function readEnvironment(environment: NodeJS.ProcessEnv, isIssuerGiven: boolean): EnvironmentOptions {
  const options: EnvironmentOptions = {};
  for (const [option, names] of Object.entries(variables)) {
    const value = readFirst(environment, names);
    if (value !== undefined) options[option as Variable] = value;
  }
  const isNamed = isIssuerGiven || options.domain !== undefined;
  return isNamed ? options : { ...options, ...readOlderIssuer(environment) };
}

function readOlderIssuer(environment: NodeJS.ProcessEnv): EnvironmentOptions {
  const [base, issuer, jwksUri, secret, algorithm] = (
    ['ISSUER_BASE_URL', 'ISSUER', 'JWKS_URI', 'SECRET', 'TOKEN_SIGNING_ALG'] as const
  ).map((name) => readFirst(environment, [name]));
  const algorithms = algorithm === undefined ? {} : { algorithms: [algorithm] };
  if (base !== undefined) return { ...readBase(base), ...algorithms };
  if (issuer === undefined) return {};
  const trusted: IssuerOptions = {
    issuer,
    ...(jwksUri !== undefined && { jwksUri }),
    ...(secret !== undefined && { secret }),
    ...algorithms,
  };
  return { issuers: [trusted] };
}

/** An issuer with a path is no domain of a tenant. */
function readBase(base: string): EnvironmentOptions {
  const hasPath = URL.canParse(base) && new URL(base).pathname !== '/';
  return hasPath ? { issuers: [{ issuer: base }] } : { domain: base };
}

function readFirst(environment: NodeJS.ProcessEnv, names: readonly string[]): string | undefined {
  return names.map((name) => environment[name]).find((text) => text !== undefined && text !== '');
}
