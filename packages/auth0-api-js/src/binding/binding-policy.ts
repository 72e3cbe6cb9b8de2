import type { RequestContext } from '../request-context.js';
import type { ProofPolicy } from './dpop/check-proof.js';
import type { MtlsPolicy } from './mtls/check-certificate-binding.js';
import type { ReplayGuard } from './replay/replay-guard.js';

/** The public address of the API, or how it is told from a request. */
export type BaseUrl = string | ((request: RequestContext) => string);

/**
 * What becomes of DPoP: `off` where a program does not speak it, so that bound tokens are refused; `disabled` where it
 * accepts them without a proof, in so many words.
 */
export type DpopPolicyMode = 'allowed' | 'required' | 'disabled' | 'off';

/** How proofs are asked for. */
export interface DpopPolicy {
  readonly mode: DpopPolicyMode;
  readonly proofs: ProofPolicy;
  readonly baseUrl: BaseUrl | undefined;
  /** None where the check for replay is switched off. */
  readonly replay: ReplayGuard | undefined;
}

/** How tokens that are bound to a sender are treated. */
export interface BindingPolicy {
  readonly dpop: DpopPolicy;
  readonly mtls: MtlsPolicy;
  /** Whether a token that is bound in a way unknown to this library is refused, instead of the way being ignored. */
  readonly refusesUnknown: boolean;
}
