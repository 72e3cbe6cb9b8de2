import { answer, type Answer } from './answer.js';
import { hintAtDpop } from './binding/hint-at-dpop.js';
import { refusalContext } from './binding/refusal-context.js';
import { internalsOf, type ApiClient } from './api-client.js';
import { addContext } from './errors.js';
import { createEmitter, type EventListener, type MisuseReason } from './events.js';
import { createEventLog } from './log-events.js';
import { reportRefusal } from './report-refusal.js';
import { readScheme } from './verify/read-credentials.js';

/** Where events go while there is no client: a program that forgot to create one. */
const logWithoutClient: EventListener = createEmitter(createEventLog());

/**
 * Turns an error into the response it gets, and tells the application of the refusal.
 *
 * @param authorization - Every `Authorization` line of the request.
 * @returns Nothing if the error is none of this library's: it belongs to the framework's error handler.
 */
export function refuse(
  error: unknown,
  client: ApiClient | undefined,
  authorization: readonly string[],
): Answer | undefined {
  const internals = client && internalsOf(client);
  reportRefusal(error, internals?.verifier.issuers.only?.issuer, internals?.emit ?? logWithoutClient);
  if (internals === undefined) return answer(error);
  const { verifier } = internals;
  const used = readScheme(authorization);
  hintAtDpop(verifier, used);
  const context = refusalContext(verifier.binding, used);
  // Express's own error handler, and others, answer with the headers of the error.
  addContext(error, context);
  return answer(error, context);
}

/** Tells the programmer of a mistake that shows only while a request is served. */
export function reportMisuse(reason: MisuseReason, message: string, client: ApiClient | undefined): void {
  const emit = (client && internalsOf(client)?.emit) ?? logWithoutClient;
  emit({ type: 'misuse', reason, message });
}
