const names: Readonly<Record<string, string>> = {
  agent: "'customFetch'",
  authRequired: 'requiresAuth() on the routes that need a token, and nothing on the others',
  cacheMaxAge: "'keys.freshSeconds', in seconds",
  clockTolerance: "'clockToleranceSeconds'",
  cooldownDuration: "'keys.unknownKeyCooldownSeconds', in seconds",
  issuer: "'domain', or issuers: [{ issuer }]",
  issuerBaseURL: "'domain', or issuers: [{ issuer }] for an address with a path",
  jwksUri: 'issuers: [{ issuer, jwksUri }]',
  maxTokenAge: "'maxTokenAgeSeconds'",
  mcd: "'domains' or 'issuers'",
  publicKey: 'issuers: [{ issuer, publicKey }]',
  secret: 'issuers: [{ issuer, secret }]',
  strict: "profile: 'rfc9068'",
  timeoutDuration: "'keys.deadlineSeconds', in seconds",
  tokenSigningAlg: "'algorithms', a list",
  validators: "'claims' or 'validate'",
};

/** What stands here for the options of `express-oauth2-jwt-bearer`, by their names there: the cure of an unknown option. */
export const migrationHints: ReadonlyMap<string, string> = new Map(
  Object.entries(names).map(([name, here]) => [name, `Here it is ${here}: see docs/migration.md.`]),
);
