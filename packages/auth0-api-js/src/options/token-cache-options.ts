import { readOptions } from '../read-options.js';
import type { VerdictLimits } from '../verify/verdicts.js';
import { checkDefined } from './check-defined.js';
import { invalidOption } from './invalid-option.js';
import { readNumber } from './read-number.js';

/** How many tokens that were found good are remembered, so that their signature is checked once. */
export interface TokenCacheOptions {
  /** How many at most: 10,000 by default, up to 1,000,000. The half of them that was used last is always known. */
  maxEntries?: number;
  /** How much memory they may take, in bytes, by estimate: 32 MiB by default, from 1 MiB to 4 GiB. */
  maxBytes?: number;
}

const group = 'tokenCache';
const mebibyte = 1024 ** 2;
const defaults: VerdictLimits = { maxEntries: 10_000, maxBytes: 32 * mebibyte };
const fewestEntries = 2;
const mostEntries = 1_000_000;
const mostBytes = 4096 * mebibyte;
const optionNames = ['maxEntries', 'maxBytes'] as const satisfies readonly (keyof TokenCacheOptions)[];

/**
 * Reads the `tokenCache` option.
 *
 * @returns Nothing where no token is to be remembered.
 * @throws InvalidConfigurationError: a value that cannot work, or a name that is none.
 */
export function readTokenCache(given: TokenCacheOptions | 'off' | undefined): VerdictLimits | undefined {
  if (given === 'off') return undefined;
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    throw invalidOption(group, `"tokenCache" must be 'off' or an object, such as { maxEntries: 5000 }`);
  const options = readOptions(given ?? {}, optionNames, group);
  checkDefined(options, optionNames, group);
  const { maxEntries, maxBytes } = { ...defaults, ...options };
  return {
    maxEntries: readWhole(maxEntries, 'maxEntries', fewestEntries, mostEntries),
    maxBytes: readWhole(maxBytes, 'maxBytes', mebibyte, mostBytes),
  };
}

function readWhole(value: number, name: keyof TokenCacheOptions, min: number, max: number): number {
  const number = readNumber(value, { group, name }, min, max);
  if (Number.isInteger(number)) return number;
  throw invalidOption(group, `"${name}" must be a whole number`);
}
