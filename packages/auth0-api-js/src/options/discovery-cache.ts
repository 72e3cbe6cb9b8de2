import { readOptions } from '../read-options.js';
import { readNumber } from './read-number.js';

/** How long what the issuer publishes is kept. `keys` says the same, and more. */
export interface DiscoveryCacheOptions {
  /** Seconds, whatever the issuer's answers say; 0 asks the issuer every time. By default `keys` decides. */
  ttl?: number;
  /** How many issuers that `domains` resolves to are remembered; 100 by default. */
  maxEntries?: number;
}

/** Reads the `discoveryCache` option. */
export function readDiscoveryCache(given: DiscoveryCacheOptions | undefined): DiscoveryCacheOptions {
  const options = readOptions(given ?? {}, ['ttl', 'maxEntries'], 'discoveryCache');
  for (const name of ['ttl', 'maxEntries'] as const) {
    if (options[name] !== undefined) readNumber(options[name], { group: 'discoveryCache', name });
  }
  return options;
}
