const names: Readonly<Record<string, string>> = {
  agent: "'customFetch'",
  authRequired: 'requiresAuth() on the routes that need a token, and nothing on the others',
  cache: "'keys.freshSeconds' or 'discoveryCache', in seconds (milliseconds there)",
  cacheMaxAge: "'keys.freshSeconds', in seconds (milliseconds there)",
  clockTolerance: "'clockToleranceSeconds'",
  cooldownDuration: "'keys.unknownKeyCooldownSeconds', in seconds (milliseconds there)",
  getCertificate: "'mtls.getCertificate'",
  issuer: "'domain', or issuers: [{ issuer }]",
  issuerBaseURL: "'domain', or issuers: [{ issuer }] for an address with a path",
  jwksUri: 'issuers: [{ issuer, jwksUri }], without domain for that issuer',
  maxTokenAge: "'maxTokenAgeSeconds'",
  mcd: "'domains' or 'issuers'",
  publicKey: 'issuers: [{ issuer, publicKey }], without domain for that issuer',
  secret: 'issuers: [{ issuer, secret }], without domain for that issuer',
  strict: "profile: 'rfc9068'",
  timeoutDuration: "'keys.deadlineSeconds', in seconds (milliseconds there)",
  tokenSigningAlg: "'algorithms', a list",
  validators: "'claims' or 'validate'",
};

const bindingNames: Readonly<Record<string, string>> = {
  enabled: "'mode'. 'allowed' is its default",
  required: "mode: 'required'",
};

/** What stands here for the options of `express-oauth2-jwt-bearer`, by their names there: the cure of an unknown option. */
export const migrationHints: ReadonlyMap<string, string> = createHints(names);

/** The same for what is inside of `dpop` and `mtls`. */
export const bindingHints: ReadonlyMap<string, string> = createHints(bindingNames);

function createHints(from: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(from).map(([name, here]) => [name, `Here it is ${here}: see docs/migration.md.`]),
  );
}
