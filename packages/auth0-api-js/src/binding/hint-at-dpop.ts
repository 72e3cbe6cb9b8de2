import type { Verifier } from '../verify/access-token.js';
import type { Scheme } from './presented.js';

const hinted = new WeakSet<Verifier>();

/** A client speaks DPoP to a program that does not: said once, because all its requests look as if they had no token. */
export function hintAtDpop(verifier: Verifier, used: Scheme): void {
  if (verifier.binding.dpop.mode !== 'off' || used !== 'dpop' || hinted.has(verifier)) return;
  hinted.add(verifier);
  const message =
    'A request came with the scheme DPoP, which this API does not take. The option dpop: {} lets it: see docs/sender-constrained-tokens.md.';
  verifier.emit({ type: 'misuse', reason: 'dpop_not_enabled', message });
}
