import { AuthError, InvalidDpopProofError, TemporarilyUnavailableError } from './errors.js';
import type { EventListener } from './events.js';

/** Tells the application that a request was refused. Outages are told by the keys that are away, once an attempt. */
export function reportRefusal(error: unknown, issuer: string | undefined, emit: EventListener): void {
  if (!(error instanceof AuthError) || error instanceof TemporarilyUnavailableError) return;
  const { reason = error.code, statusCode } = error;
  if (statusCode === undefined) return;
  const expectedUrl = error instanceof InvalidDpopProofError ? error.expectedUrl : undefined;
  emit({
    type: 'refusal',
    reason,
    statusCode,
    ...(issuer !== undefined && { issuer }),
    ...(expectedUrl !== undefined && { expectedUrl }),
  });
}
