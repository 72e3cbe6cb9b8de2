import { InvalidConfigurationError } from '../errors.js';

/** The error of an option that cannot work, in the words that all of them share. */
export function invalidOption(group: string, what: string): InvalidConfigurationError {
  return new InvalidConfigurationError(`Invalid ${group} configuration: ${what}`);
}
