import type { BaseUrl } from '../binding/binding-policy.js';
import { normalizeBaseUrl } from '../binding/dpop/normalize-base-url.js';
import { invalidOption } from './invalid-option.js';

/**
 * Reads the option `baseUrl`: a function, or an address, which is made ready for paths to be appended. Plain http is fine
 * on any host: nothing is fetched from there, it is what clients call.
 *
 * @throws InvalidConfigurationError: anything else.
 */
export function readBaseUrl(given: unknown): BaseUrl {
  if (typeof given === 'function') return given as BaseUrl;
  const base = normalizeBaseUrl(given instanceof URL ? given.href : given);
  if (base !== undefined) return base;
  throw invalidOption(
    'dpop',
    '"baseUrl" must be an http or https URL, without user-info, query and fragment, such as ' +
      'https://api.example.com/orders, or a function of the request that returns one',
  );
}
