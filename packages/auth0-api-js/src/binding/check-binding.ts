import { createRefusal } from '../errors.js';
import type { EventListener } from '../events.js';
import { isJsonObject, type JsonObject } from '../verify/read-json-object.js';
import type { BindingPolicy } from './binding-policy.js';
import { checkDpopBinding } from './dpop/check-dpop-binding.js';
import { checkCertificateBinding } from './mtls/check-certificate-binding.js';
import type { Presented } from './presented.js';
import type { UsedProof } from './replay/replay-store.js';

/** A request as far as its token may be bound to its sender. */
export interface BoundRequest {
  readonly token: string;
  readonly presented: Presented;
}

const knownMethods: ReadonlySet<string> = new Set(['jkt', 'x5t#S256']);

/**
 * Checks that whoever sends a token is the one it is bound to: by a DPoP proof (RFC 9449 section 7.1), by a client
 * certificate (RFC 8705 section 3), by both where the token asks for both.
 *
 * @returns The proof, for the replay store; nothing where there was none to check.
 */
export function checkBinding(
  claims: JsonObject,
  request: BoundRequest,
  policy: BindingPolicy,
  emit: EventListener,
): UsedProof | undefined {
  const confirmation = readConfirmation(claims);
  if (policy.refusesUnknown) checkMethods(confirmation);
  const proof = checkDpopBinding(confirmation, request, policy.dpop, emit);
  checkCertificateBinding(confirmation, policy.mtls, request.presented, emit);
  return proof;
}

/** The `cnf` claim (RFC 7800 section 3.1). */
function readConfirmation(claims: JsonObject): JsonObject | undefined {
  if (!Object.hasOwn(claims, 'cnf')) return undefined;
  const confirmation = claims['cnf'];
  if (!isJsonObject(confirmation)) throw createRefusal('confirmation_invalid');
  return confirmation;
}

/** Unknown methods are to be ignored (RFC 7800 section 3.1) unless the application wants to know of each. */
function checkMethods(confirmation: JsonObject | undefined): void {
  const isUnknown = Object.keys(confirmation ?? {}).some((method) => !knownMethods.has(method));
  if (isUnknown) throw createRefusal('confirmation_unknown');
}
