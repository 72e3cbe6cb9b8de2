import type { EventListener } from '../events.js';
import type { BindingSettings } from '../options/binding-options.js';
import type { DpopSettings } from '../options/dpop-options.js';
import type { BindingPolicy, DpopPolicy } from './binding-policy.js';
import { ProofKeys } from './dpop/proof-keys.js';
import { Nonces } from './nonce/nonces.js';
import { ReplayGuard } from './replay/replay-guard.js';

/** What senders are judged with beside the options. */
interface Surroundings {
  /** Tells the time, in milliseconds since 1970; the system's clock by default. */
  readonly now: (() => number) | undefined;
  readonly emit: EventListener;
}

/** Prepares everything that senders of bound tokens are judged with. */
export function createBinding(
  { dpop, mtls, refusesUnknown }: BindingSettings,
  surroundings: Surroundings,
): BindingPolicy {
  return { dpop: createDpopPolicy(dpop, surroundings), mtls, refusesUnknown };
}

/** Prepares what proofs are judged with. */
export function createDpopPolicy(
  { mode, algorithms, iatOffset, iatLeeway, nonce, replay, baseUrl }: DpopSettings,
  { now, emit }: Surroundings,
): DpopPolicy {
  const nonces = nonce && new Nonces({ ...nonce, now });
  return {
    mode,
    proofs: { algorithms, iatOffset, iatLeeway, nonces, keys: new ProofKeys(), now },
    baseUrl,
    replay: replay && new ReplayGuard({ ...replay, emit }),
  };
}
