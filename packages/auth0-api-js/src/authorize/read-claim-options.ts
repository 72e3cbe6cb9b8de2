import { readOptions } from '../read-options.js';
import type { ClaimAuthOptions } from './claims-check.js';

/** Checks the name of a claim. */
export function readClaimName(claim: unknown): string {
  if (typeof claim !== 'string' || claim === '') throw new TypeError("'claim' must be a string");
  return claim;
}

/**
 * Checks the options of a claim check.
 *
 * @returns The caller's message, if there is one.
 */
export function readErrorMessage(options: ClaimAuthOptions, where: string): string | undefined {
  const { errorMessage } = readOptions(options, ['errorMessage'], where);
  if (errorMessage !== undefined && (typeof errorMessage !== 'string' || errorMessage.trim() === '')) {
    throw new TypeError("'errorMessage' must be a non-empty string");
  }
  return errorMessage;
}
