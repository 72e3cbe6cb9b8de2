import type { RefusalContext } from '../errors.js';
import { spokenSchemes } from '../verify/read-credentials.js';
import type { BindingPolicy } from './binding-policy.js';
import { nonceHeaders } from './nonce/nonce-headers.js';
import type { Scheme } from './presented.js';

/** How a request that used a scheme is refused: a challenge for each scheme that is spoken, and a fresh nonce. */
export function refusalContext({ dpop }: BindingPolicy, used: Scheme): RefusalContext {
  const { mode, proofs } = dpop;
  return {
    challenges: { schemes: spokenSchemes[mode], used, algorithms: [...proofs.algorithms] },
    headers: nonceHeaders(dpop, used),
  };
}
