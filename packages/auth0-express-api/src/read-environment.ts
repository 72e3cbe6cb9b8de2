/** The options that can come from the environment. */
export interface EnvironmentOptions {
  domain?: string;
  audience?: string;
  clientId?: string;
  clientSecret?: string;
  clientAssertionSigningKey?: string;
}

/** Where each option is looked for, first name first. */
const variables = {
  domain: ['AUTH0_DOMAIN', 'ISSUER_BASE_URL'],
  audience: ['AUTH0_AUDIENCE', 'AUDIENCE'],
  clientId: ['AUTH0_CLIENT_ID'],
  clientSecret: ['AUTH0_CLIENT_SECRET'],
  clientAssertionSigningKey: ['AUTH0_CLIENT_ASSERTION_SIGNING_KEY'],
} as const satisfies Record<keyof EnvironmentOptions, readonly string[]>;

/** Reads the options that the environment has. A variable that is empty counts as absent. */
export function readEnvironment(environment: NodeJS.ProcessEnv): EnvironmentOptions {
  const options: EnvironmentOptions = {};
  for (const [option, names] of Object.entries(variables)) {
    const value = names.map((name) => environment[name]).find((text) => text !== undefined && text !== '');
    if (value !== undefined) options[option as keyof EnvironmentOptions] = value;
  }
  return options;
}
