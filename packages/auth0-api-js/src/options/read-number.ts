import { invalidOption } from './invalid-option.js';

/** Where an option stands. */
export interface OptionPlace {
  /** The option it is a part of, or its own name. */
  readonly group: string;
  readonly name: string;
  /** What it counts, where its name does not say so. */
  readonly unit?: string;
}

/**
 * Reads an option that is a number, finite and within bounds.
 *
 * @throws InvalidConfigurationError: anything else.
 */
export function readNumber(
  value: unknown,
  { group, name, unit }: OptionPlace,
  min = 0,
  max?: number,
): number {
  if (typeof value !== 'number') throw invalidOption(group, `"${name}" must be a number`);
  if (!Number.isFinite(value) || value < 0)
    throw invalidOption(group, `"${name}" must be a non-negative number`);
  if (value < min || value > (max ?? value)) {
    const bounds = max === undefined ? `at least ${min}` : `from ${min} to ${max}`;
    throw invalidOption(group, `"${name}" must be ${bounds}${unit === undefined ? '' : ` ${unit}`}`);
  }
  return value;
}
