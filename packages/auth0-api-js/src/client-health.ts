import type { KeySourceHealth } from './keys/key-source.js';
import type { TrustedIssuers } from './verify/trusted-issuers.js';

/** Where the keys of one issuer stand. */
export interface IssuerHealth extends KeySourceHealth {
  readonly issuer: string;
}

/** Where a client stands, in plain data: for readiness probes, never for callers, since URLs are in it. */
export interface ClientHealth {
  /** Whether tokens of every issuer known so far can be verified now. */
  readonly isUsable: boolean;
  readonly issuers: readonly IssuerHealth[];
}

/** Looks at the keys of all issuers. Nothing is fetched for it. */
export function readHealth(trusted: TrustedIssuers): ClientHealth {
  const issuers = trusted.list().map(({ issuer, keys }) => ({ issuer, ...keys.health() }));
  return { isUsable: issuers.every(({ isUsable }) => isUsable), issuers };
}
