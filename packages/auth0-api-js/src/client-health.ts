import type { KeySourceHealth } from './keys/key-source.js';
import type { TrustedIssuers } from './verify/trusted-issuers.js';

/** Where the keys of one issuer stand. */
export interface IssuerHealth extends KeySourceHealth {
  readonly issuer: string;
}

/** Where a client stands, in plain data: for readiness probes, never for callers, since URLs are in it. */
export interface ClientHealth {
  /** Whether tokens of at least one issuer that the options name can be verified now; true if they name none. */
  readonly isUsable: boolean;
  /** Whether those of all of them can. Issuers that a function in `domains` brings do not count: callers choose them. */
  readonly isComplete: boolean;
  readonly issuers: readonly IssuerHealth[];
}

/** Looks at the keys of all issuers. Nothing is fetched for it. */
export function readHealth(trusted: TrustedIssuers): ClientHealth {
  const issuers = trusted.list().map(({ issuer, keys }) => ({ issuer, ...keys.health() }));
  const usable = trusted.configured().map(({ keys }) => keys.health().isUsable);
  const isComplete = usable.every(Boolean);
  return { isUsable: isComplete || usable.some(Boolean), isComplete, issuers };
}
