const names: Readonly<Record<string, string>> = {
  agent: "'customFetch'",
  authRequired: 'requiresAuth() on the routes that need a token, and nothing on the others',
  cache: "'keys.freshSeconds' or 'discoveryCache', in seconds (milliseconds there)",
  cacheMaxAge: "'keys.freshSeconds', in seconds (milliseconds there)",
  clockTolerance: "'clockToleranceSeconds'",
  cooldownDuration: "'keys.unknownKeyCooldownSeconds', in seconds (milliseconds there)",
  dpop: 'nothing yet: tokens that are bound to a key are refused',
  getCertificate: 'nothing yet: tokens that are bound to a certificate are refused',
  issuer: "'domain', or issuers: [{ issuer }]",
  issuerBaseURL: "'domain', or issuers: [{ issuer }] for an address with a path",
  jwksUri: 'issuers: [{ issuer, jwksUri }], without domain for that issuer',
  maxTokenAge: "'maxTokenAgeSeconds'",
  mtls: 'nothing yet: tokens that are bound to a certificate are refused',
  mcd: "'domains' or 'issuers'",
  publicKey: 'issuers: [{ issuer, publicKey }], without domain for that issuer',
  secret: 'issuers: [{ issuer, secret }], without domain for that issuer',
  strict: "profile: 'rfc9068'",
  timeoutDuration: "'keys.deadlineSeconds', in seconds (milliseconds there)",
  tokenSigningAlg: "'algorithms', a list",
  validators: "'claims' or 'validate'",
};

/** What stands here for the options of `express-oauth2-jwt-bearer`, by their names there: the cure of an unknown option. */
export const migrationHints: ReadonlyMap<string, string> = new Map(
  Object.entries(names).map(([name, here]) => [name, `Here it is ${here}: see docs/migration.md.`]),
);
