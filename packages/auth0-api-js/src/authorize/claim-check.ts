import { createRefusal } from '../errors.js';
import type { MisuseReason } from '../events.js';
import { callCustom, describeThrown } from './call-custom.js';
import type { ClaimAuthOptions } from './claims-check.js';
import { readErrorMessage } from './read-claim-options.js';

/** What a custom check may answer: only `true` passes. */
export type ClaimCheckResult = boolean | undefined | Promise<boolean | undefined>;

/** Tells the programmer what is wrong with the check. */
type ReportMisuse = (reason: MisuseReason, message: string) => void;

/** A custom decision about a request and its verified claims, prepared once. */
export type CustomCheck<Request, Claims> = (
  request: Request,
  claims: Claims | undefined,
  report: ReportMisuse,
) => void | Promise<void>;

/**
 * Prepares a check by the application's own function. Only `true` passes; what it throws is a refusal for the caller and
 * an event for the programmer.
 *
 * @param options - The message for the caller, alone or in an object.
 * @throws TypeError at once: `fn` is no function.
 */
export function createClaimCheck<Request, Claims>(
  fn: (request: Request, claims: Claims) => ClaimCheckResult,
  options: string | ClaimAuthOptions = {},
): CustomCheck<Request, Claims> {
  if (typeof fn !== 'function') throw new TypeError("'fn' must be a function");
  const errorMessage = readErrorMessage(
    typeof options === 'string' ? { errorMessage: options } : options,
    'claimCheck',
  );

  return function checkClaim(request, claims, report) {
    if (claims === undefined) throw createRefusal('not_authenticated');
    const refuse = (): never => {
      throw createRefusal('claim_check_failed', errorMessage);
    };
    const decide = (result: unknown): void => {
      if (result === true) return;
      if (result !== false && result !== undefined) report('claim_check_result', describeResult(fn, result));
      refuse();
    };
    const fail = (error: unknown): never => {
      report('claim_check_threw', describeError(fn, error));
      return refuse();
    };
    return callCustom(() => fn(request, claims), decide, fail);
  };
}

function describeResult(fn: { readonly name: string }, result: unknown): string {
  return `claimCheck(${fn.name}): the function returned a value of type ${typeof result}. Only true lets a request pass: return a boolean.`;
}

function describeError(fn: { readonly name: string }, error: unknown): string {
  return `claimCheck(${fn.name}): the function threw (${describeThrown(error)}). The request was refused: handle claims that are missing or of another type.`;
}
