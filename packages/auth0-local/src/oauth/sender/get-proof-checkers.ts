import { randomBytes } from 'node:crypto';
import { memoryReplayStore } from '@auth0/auth0-api-js';
import { ProofChecker } from '@auth0/auth0-api-js/adapter';
import type { Tenant } from '../../tenant/tenant.js';

/** The signature algorithms of proofs that are accepted. */
export const proofAlgorithms: readonly string[] = ['ES256'];

/** Who checks the DPoP proofs that a tenant gets. */
export interface ProofCheckers {
  readonly withoutNonce: ProofChecker;
  readonly withNonce: ProofChecker;
}

const known = new WeakMap<Tenant, ProofCheckers>();

/**
 * The same for all listeners of a tenant: with an issuer of its own it has one name on each of them, and a proof that
 * names it must not be good once on each.
 */
export function getProofCheckers(tenant: Tenant): ProofCheckers {
  const checkers = known.get(tenant) ?? createProofCheckers(tenant);
  known.set(tenant, checkers);
  return checkers;
}

function createProofCheckers({ now }: Tenant): ProofCheckers {
  const surroundings = { now, onEvent: () => {} };
  const shared = { algorithms: proofAlgorithms, replay: memoryReplayStore() };
  return {
    withoutNonce: new ProofChecker(shared, surroundings),
    withNonce: new ProofChecker({ ...shared, nonce: { secret: randomBytes(32) } }, surroundings),
  };
}
