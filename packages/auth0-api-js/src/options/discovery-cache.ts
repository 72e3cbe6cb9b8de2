import { readOptions } from '../read-options.js';
import { readLifetime } from './read-lifetime.js';
import { readNumber } from './read-number.js';

/** How long what the issuer publishes is kept. `keys` says the same, and more. */
export interface DiscoveryCacheOptions {
  /**
   * Seconds, whatever the issuer's answers say: from 1 to 86400, or 0, which asks the issuer every time. By default `keys`
   * decides.
   */
  ttl?: number;
  /** How many issuers that a function in `domains` brings are remembered; 100 by default. Without one it changes nothing. */
  maxEntries?: number;
}

/** The `discoveryCache` option after its check. */
export interface DiscoveryCacheSettings {
  /** Without it, `keys` decides. */
  readonly ttl: number | undefined;
  readonly maxEntries: number;
}

const group = 'discoveryCache';
const defaultMaxEntries = 100;

/** Reads the `discoveryCache` option. */
export function readDiscoveryCache(given: DiscoveryCacheOptions | undefined): DiscoveryCacheSettings {
  const { ttl, maxEntries } = readOptions(given ?? {}, ['ttl', 'maxEntries'], group);
  return {
    ttl: ttl === undefined ? undefined : readLifetime(ttl, { group, name: 'ttl' }),
    maxEntries:
      maxEntries === undefined ? defaultMaxEntries : readNumber(maxEntries, { group, name: 'maxEntries' }),
  };
}
