import type { ReplayStoreReason } from '../../events.js';

/** A DPoP proof that has passed every check, as a store remembers it. */
export interface UsedProof {
  /** What no other proof has: a hash of the client's key, the URL and `jti`, in base64url; 43 characters. */
  readonly id: string;
  /** The thumbprint of the client's key (RFC 7638). */
  readonly client: string;
  /** For how long it must be remembered, in seconds. */
  readonly lifetimeSeconds: number;
  /** The earliest moment at which it can have been used before, in seconds since 1970. */
  readonly usableSince: number;
}

/** Remembers which proofs were used (RFC 9449 section 11.1). Two processes that share one accept each proof once. */
export interface ReplayStore {
  /**
   * Remembers a proof, in one atomic step.
   *
   * @returns Whether it is new: exactly one call for each `id` is told `true`.
   * @throws Or rejects, where that cannot be told: an outage.
   */
  register(proof: UsedProof): boolean | Promise<boolean>;
}

/** A store that cannot tell, and why. Any other error of a store counts as `replay_store_failed`. */
export class ReplayStoreError extends Error {
  override readonly name = 'ReplayStoreError';
  readonly reason: ReplayStoreReason;
  /** After which trying again makes sense. */
  readonly retryAfterSeconds: number;

  /** @param message - What happened and what helps, for the operator. */
  constructor(reason: ReplayStoreReason, message: string, retryAfterSeconds = 1) {
    super(message);
    this.reason = reason;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
