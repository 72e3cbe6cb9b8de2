import { callCustom, describeThrown } from '../authorize/call-custom.js';
import { createRefusal, TemporarilyUnavailableError, VerifyAccessTokenError } from '../errors.js';
import type { EventListener } from '../events.js';
import { descriptions } from '../reasons.js';
import type { RequestContext } from '../request-context.js';
import { isPromiseLike } from '../when-ready.js';
import type { Claims } from './access-token.js';
import { isJsonObject, type JsonObject } from './read-json-object.js';

/** Why the application refuses a token. */
export interface ClaimsRefusal {
  /** A stable code of the application's own, for events: small letters, digits and `_`, at most 64. */
  readonly reason: string;
  /** What the caller reads; a fixed sentence by default. */
  readonly description?: string;
}

/** What the claims of a token are judged with. */
export interface ValidationContext {
  /** The issuer that signed the token. */
  readonly issuer: string;
  /** The protected header of the token. */
  readonly header: JsonObject;
  /** The request it came with, if the caller of `verifyAccessToken()` or the framework's adapter told. */
  readonly request: RequestContext;
}

/** Only `true` accepts. */
export type ValidationResult = boolean | ClaimsRefusal;

/**
 * The application's own decision about a token that has passed every other check.
 *
 * @param claims - A copy of its own: to change it changes nothing.
 */
export type ValidateClaims = (
  claims: Claims,
  context: ValidationContext,
) => ValidationResult | Promise<ValidationResult>;

/**
 * Asks the application's own functions, one after the other, until one refuses. What one throws is a refusal for the
 * caller and an event for the programmer; only a `TemporarilyUnavailableError` is what it says: an outage.
 */
export function validateClaims(
  functions: readonly ValidateClaims[],
  claims: () => Claims,
  context: ValidationContext,
  emit: EventListener,
): void | Promise<void> {
  for (const [index, validate] of functions.entries()) {
    const asked = ask(validate, claims(), context, emit);
    if (!isPromiseLike(asked)) continue;
    return asked.then(() => validateClaims(functions.slice(index + 1), claims, context, emit));
  }
}

function ask(
  validate: ValidateClaims,
  claims: Claims,
  context: ValidationContext,
  emit: EventListener,
): void | Promise<void> {
  const decide = (result: unknown): void => {
    if (result === true) return;
    if (result === false) throw createRefusal('claims_rejected');
    const refusal = readRefusal(result);
    if (refusal !== undefined) throw refusal;
    const message =
      'validate() returned neither a boolean nor { reason, description }. Only true lets a request pass; a reason has small letters, digits and _.';
    emit({ type: 'misuse', reason: 'validate_result', message });
    throw createRefusal('claims_rejected');
  };
  const fail = (error: unknown): never => {
    if (error instanceof TemporarilyUnavailableError) throw error;
    const message = `validate() threw (${describeThrown(error)}). The token was refused: handle claims that are missing, and throw a TemporarilyUnavailableError where something that it needs is away.`;
    emit({ type: 'misuse', reason: 'validate_threw', message });
    throw createRefusal('claims_rejected');
  };
  return callCustom(() => validate(claims, context), decide, fail);
}

function readRefusal(result: unknown): VerifyAccessTokenError | undefined {
  if (!isJsonObject(result)) return undefined;
  const { reason, description = descriptions.claims_rejected } = result;
  if (typeof reason !== 'string' || !/^[a-z][a-z\d_]{0,63}$/.test(reason)) return undefined;
  if (typeof description !== 'string' || description.trim() === '') return undefined;
  return new VerifyAccessTokenError(description, { reason });
}
