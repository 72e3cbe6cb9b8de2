import type { webcrypto } from 'node:crypto';
import { InvalidConfigurationError, MissingRequiredArgumentError } from './errors.js';
import { createEmitter, type EventListener } from './events.js';
import type { Fetch } from './keys/fetch-json.js';
import { createEventLog } from './log-events.js';
import { readDomain } from './read-domain.js';
import { readOptions } from './read-options.js';
import { algorithms as supportedAlgorithms } from './verify/algorithms.js';

/** The options of `ApiClient`. */
export interface ApiClientOptions {
  /**
   * The tenant that issues the tokens: a host (`tenant.us.auth0.com`) or an `https://` URL of it. `http://` is taken for
   * this machine only: `localhost`, `127.0.0.0/8`, `[::1]`.
   */
  domain: string;
  /** The identifier of this API, which tokens must name in `aud`. */
  audience: string;
  /**
   * The signature algorithms to accept: `['RS256']` by default. RS, PS and ES with 256, 384 and 512, `Ed25519` and
   * `EdDSA` can be asked for.
   */
  algorithms?: readonly string[];
  /** Fetches the issuer's metadata and keys; the global `fetch` by default. It must honour `signal` and `redirect`. */
  customFetch?: Fetch;
  /** How long the issuer's metadata and keys are good for. */
  discoveryCache?: DiscoveryCacheOptions;
  /**
   * Receives an event for each refusal, outage and misuse. Without it, outages and misuse are written to standard error,
   * once each. What it throws is dropped.
   */
  onEvent?: EventListener;
  /**
   * Tells the time that tokens are judged by, in milliseconds since 1970; `Date.now` by default. For tests in another time.
   */
  now?: () => number;
  /** The client id of this API. Accepted, and not used by anything yet. */
  clientId?: string;
  /** The client secret of this API. Accepted, and not used by anything yet. */
  clientSecret?: string;
  /** The key this API signs client assertions with. Accepted, and not used by anything yet. */
  clientAssertionSigningKey?: string | webcrypto.CryptoKey;
  /** The algorithm of client assertions. Accepted, and not used by anything yet. */
  clientAssertionSigningAlg?: string;
}

/** How long what the issuer publishes is kept. */
export interface DiscoveryCacheOptions {
  /** Seconds; 600 by default, 0 asks the issuer every time. */
  ttl?: number;
  /** How many issuers are remembered. There is one; the documented option is checked and changes nothing. */
  maxEntries?: number;
}

/** Options after their check. */
export interface Settings {
  readonly issuer: string;
  readonly audience: string;
  readonly algorithms: ReadonlySet<string>;
  readonly fetch: Fetch;
  readonly freshSeconds: number;
  readonly emit: EventListener;
  readonly now: (() => number) | undefined;
}

/** The names of the options, for whoever checks them before `ApiClient` does. */
export const apiClientOptionNames: readonly (keyof ApiClientOptions)[] = [
  'domain',
  'audience',
  'algorithms',
  'customFetch',
  'discoveryCache',
  'onEvent',
  'now',
  'clientId',
  'clientSecret',
  'clientAssertionSigningKey',
  'clientAssertionSigningAlg',
];

const defaultFreshSeconds = 600;

/**
 * Checks the options and makes settings of them.
 *
 * @throws MissingRequiredArgumentError: `audience` or `domain` is missing.
 * @throws InvalidConfigurationError: a value that cannot work, or a name that is no option.
 */
export function resolveOptions(given: ApiClientOptions): Settings {
  const options = readOptions(given, apiClientOptionNames, 'ApiClient');
  return {
    audience: readAudience(options.audience),
    issuer: readIssuer(options.domain),
    algorithms: readAlgorithms(options.algorithms ?? ['RS256']),
    fetch: readFunction(options.customFetch, 'customFetch') ?? ((...request) => globalThis.fetch(...request)),
    freshSeconds: readFreshSeconds(options.discoveryCache),
    emit: createEmitter(readFunction(options.onEvent, 'onEvent') ?? createEventLog()),
    now: readFunction(options.now, 'now'),
  };
}

/**
 * Reads a list of signature algorithms.
 *
 * @throws InvalidConfigurationError: empty, or a name that is not an asymmetric algorithm of this library.
 */
export function readAlgorithms(algorithms: unknown): ReadonlySet<string> {
  const refuse = (reason: string): never => {
    throw new InvalidConfigurationError(`Invalid algorithms configuration: ${reason}`);
  };
  if (!Array.isArray(algorithms) || algorithms.length === 0)
    return refuse('"algorithms" must be a non-empty array');
  for (const name of algorithms) {
    if (typeof name !== 'string' || name === '') refuse('each "algorithms" entry must be a non-empty string');
    if (/^hs/i.test(name)) refuse('symmetric algorithms are not allowed');
    if (!supportedAlgorithms.has(name)) {
      refuse(
        `${JSON.stringify(name)} is not supported. Choose from ${[...supportedAlgorithms.keys()].join(', ')}`,
      );
    }
  }
  return new Set(algorithms);
}

function readAudience(audience: unknown): string {
  if (audience === undefined || audience === '') throw new MissingRequiredArgumentError('audience');
  if (typeof audience !== 'string')
    throw new InvalidConfigurationError('Invalid audience configuration: "audience" must be a string');
  if (audience !== audience.trim()) {
    throw new InvalidConfigurationError(
      'Invalid audience configuration: "audience" begins or ends with white space',
    );
  }
  return audience;
}

function readIssuer(domain: unknown): string {
  if (domain === undefined) throw new MissingRequiredArgumentError('domain');
  return readDomain(domain);
}

function readFreshSeconds(cache: unknown): number {
  if (cache === undefined) return defaultFreshSeconds;
  const options = readOptions(cache as DiscoveryCacheOptions, ['ttl', 'maxEntries'], 'discoveryCache');
  for (const name of ['ttl', 'maxEntries'] as const) {
    const value = options[name];
    const refuse = (what: string): never => {
      throw new InvalidConfigurationError(`Invalid discoveryCache configuration: "${name}" must be ${what}`);
    };
    if (value !== undefined && typeof value !== 'number') refuse('a number');
    if (value !== undefined && !(Number.isFinite(value) && value >= 0)) refuse('a non-negative number');
  }
  return options.ttl ?? defaultFreshSeconds;
}

function readFunction<T>(value: T | undefined, name: string): T | undefined {
  if (value !== undefined && typeof value !== 'function') {
    throw new InvalidConfigurationError(`Invalid ${name} configuration: "${name}" must be a function`);
  }
  return value;
}
