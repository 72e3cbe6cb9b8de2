import { answer, type Answer } from './answer.js';
import { internalsOf, type ApiClient } from './api-client.js';
import { createEmitter, type EventListener, type MisuseReason } from './events.js';
import { createEventLog } from './log-events.js';
import { reportRefusal } from './report-refusal.js';

/** Where events go while there is no client: a program that forgot to create one. */
const logWithoutClient: EventListener = createEmitter(createEventLog());

/**
 * Turns an error into the response it gets, and tells the application of the refusal.
 *
 * @returns Nothing if the error is none of this library's: it belongs to the framework's error handler.
 */
export function refuse(error: unknown, client: ApiClient | undefined): Answer | undefined {
  const internals = client && internalsOf(client);
  reportRefusal(error, internals?.verifier.issuers.only?.issuer, internals?.emit ?? logWithoutClient);
  return answer(error);
}

/** Tells the programmer of a mistake that shows only while a request is served. */
export function reportMisuse(reason: MisuseReason, message: string, client: ApiClient | undefined): void {
  const emit = (client && internalsOf(client)?.emit) ?? logWithoutClient;
  emit({ type: 'misuse', reason, message });
}
