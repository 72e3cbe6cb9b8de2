import { createRefusal, createRequestRefusal } from '../../errors.js';
import type { EventListener } from '../../events.js';
import type { JsonObject } from '../../verify/read-json-object.js';
import type { DpopPolicy } from '../binding-policy.js';
import type { BoundRequest } from '../check-binding.js';
import type { UsedProof } from '../replay/replay-store.js';
import { checkProof } from './check-proof.js';
import { resolveRequestUrl } from './resolve-request-url.js';

/**
 * Checks a token against the scheme and the proof it came with (RFC 9449 sections 7.1 and 7.2): a bound token needs a
 * proof by its key, and a proof needs a bound token.
 *
 * @returns The proof, for the replay store; nothing where none was asked for.
 */
export function checkDpopBinding(
  confirmation: JsonObject | undefined,
  { token, presented }: BoundRequest,
  policy: DpopPolicy,
  emit: EventListener,
): UsedProof | undefined {
  const isBound = confirmation !== undefined && Object.hasOwn(confirmation, 'jkt');
  if (presented.scheme === 'bearer') {
    if (isBound) checkUnproven(policy, emit);
    else if (policy.mode === 'allowed' && presented.proofs.length > 0)
      throw createRequestRefusal('proof_with_bearer');
    return undefined;
  }
  if (!isBound) throw createRefusal('dpop_binding_missing');
  const { method } = presented;
  if (method === undefined || method === '') throw createRequestRefusal('http_method_missing');
  return checkProof(presented.proofs, policy.proofs, {
    method,
    url: resolveRequestUrl(presented.request, policy.baseUrl),
    accessToken: token,
    thumbprint: readThumbprint(confirmation),
  });
}

/** A bound token without a proof is what a thief has. */
function checkUnproven({ mode }: DpopPolicy, emit: EventListener): void {
  if (mode !== 'disabled') throw createRefusal('dpop_bound_token');
  emit({ type: 'binding_ignored', method: 'dpop' });
}

function readThumbprint({ jkt }: JsonObject): string {
  if (typeof jkt === 'string') return jkt;
  throw createRefusal('dpop_binding_mismatch');
}
