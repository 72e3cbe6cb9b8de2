import type { ClaimRule } from './check-claim-rules.js';
import type { ValidateClaims } from './validate-claims.js';

/** What a token of one issuer must be like. */
export interface TokenPolicy {
  /** The signature algorithms that are accepted. */
  readonly algorithms: ReadonlySet<string>;
  /** The values of `typ` that are accepted, in lower case; the empty text stands for a token without one. */
  readonly types: ReadonlySet<string>;
  /** One of these must be in `aud`. */
  readonly audiences: readonly string[];
  /** How far the issuer's clock and ours may be apart. */
  readonly clockToleranceSeconds: number;
  /** How long ago a token may have been issued; without it, as long ago as its `exp` allows. */
  readonly maxTokenAgeSeconds: number | undefined;
  /** How long a token may be valid from `iat` to `exp`; without it, as long as its issuer says. */
  readonly maxTokenLifetimeSeconds: number | undefined;
  /** Claims that must be there, whatever their value. */
  readonly requiredClaims: readonly string[];
  /** Whether a token must be a JWT access token of RFC 9068. */
  readonly isRfc9068: boolean;
  /** What single claims must say. */
  readonly claimRules: readonly ClaimRule[];
  /** The application's own decisions, in order. */
  readonly validate: readonly ValidateClaims[];
  /** The clock to judge by, in milliseconds since 1970; the system's by default. */
  readonly now: (() => number) | undefined;
}
