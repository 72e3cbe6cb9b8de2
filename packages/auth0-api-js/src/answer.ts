import { challenge, wireError } from './challenge.js';
import { AuthError, noContext, TemporarilyUnavailableError, type RefusalContext } from './errors.js';

/** A response in plain data, for an adapter to copy. */
export interface Answer {
  readonly statusCode: number;
  /** Header names as they are written; a list means one header line for each item. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  /** The JSON body; none means an empty body. */
  readonly body?: { readonly error: string; readonly error_description: string };
}

/**
 * The response to an error of the way of a request, or nothing if the error is no refusal and no outage: then it is
 * a mistake in the program, and belongs to the framework's error handler.
 */
export function answer(error: unknown, context: RefusalContext = noContext): Answer | undefined {
  if (error instanceof TemporarilyUnavailableError) return answerOutage(error);
  if (error instanceof AuthError && error.statusCode !== undefined)
    return answerRefusal(error, error.statusCode, context);
  return undefined;
}

function answerRefusal(
  refusal: AuthError,
  statusCode: number,
  { challenges, headers: others }: RefusalContext,
): Answer {
  const error = wireError(refusal);
  const headers = {
    'WWW-Authenticate': challenge(refusal, challenges),
    'Cache-Control': 'no-store',
    ...others,
  };
  if (error === undefined) return { statusCode, headers };
  return { statusCode, headers, body: { error, error_description: refusal.message } };
}

function answerOutage(outage: TemporarilyUnavailableError): Answer {
  return {
    statusCode: 503,
    headers: { 'Retry-After': String(outage.retryAfterSeconds), 'Cache-Control': 'no-store' },
    body: { error: outage.code, error_description: outage.message },
  };
}
