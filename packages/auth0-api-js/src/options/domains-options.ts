import { readDomain } from '../read-domain.js';
import { readOptions } from '../read-options.js';
import type { RequestContext } from '../request-context.js';
import { invalidOption } from './invalid-option.js';
import { readFunction } from './read-function.js';
import { readHosts } from './read-hosts.js';
import { readNumber } from './read-number.js';

/** What the issuers of a request are chosen by. */
export interface DomainsContext extends RequestContext {
  /** What the token names as its issuer. Nothing of it is verified. */
  readonly unverifiedIss: string;
}

/** Answers with the domains whose tokens a request may carry. */
export type DomainsResolver = (context: DomainsContext) => readonly string[] | Promise<readonly string[]>;

/** How a resolver is asked, and what it may bring. */
export interface DomainsResolverOptions {
  /** How long it may take: 5 seconds by default. */
  deadlineSeconds?: number;
  /** How long an answer is remembered: not at all by default. It needs a `cacheKey`. */
  cacheSeconds?: number;
  /** What an answer is remembered under: everything of the request that the resolver decides by, as one text. */
  cacheKey?: (context: DomainsContext) => string;
  /**
   * Hosts that may be this machine or in a private network. All others that the resolver brings must have a public address at
   * the moment of each connection. Loopback names here may be used over plain http. Each is a
   * name or an address alone, without scheme, port, path or wildcard.
   */
  allowPrivateHosts?: readonly string[];
}

/** A resolver after its check. */
export interface ResolverSettings {
  readonly resolve: DomainsResolver;
  readonly deadlineSeconds: number;
  readonly cacheSeconds: number;
  readonly cacheKey: ((context: DomainsContext) => string) | undefined;
  readonly privateHosts: ReadonlySet<string>;
}

/** Reads the `domains` option where it is a list: the issuer identifiers. */
export function readDomainList(domains: readonly unknown[]): readonly string[] {
  if (domains.length === 0) throw invalidOption('domains', '"domains" must not be empty');
  return domains.map((domain) => readDomain(domain, 'domains'));
}

/** Reads the `domains` option where it is a function. */
export function readResolver(resolve: unknown, given: DomainsResolverOptions | undefined): ResolverSettings {
  if (typeof resolve !== 'function')
    throw invalidOption('domains', '"domains" must be an array or a function');
  const names = ['deadlineSeconds', 'cacheSeconds', 'cacheKey', 'allowPrivateHosts'] as const;
  const options = readOptions(given ?? {}, names, 'domainsResolver');
  const number = (
    name: 'deadlineSeconds' | 'cacheSeconds',
    min: number,
    max: number,
    fallback: number,
  ): number =>
    options[name] === undefined
      ? fallback
      : readNumber(options[name], { group: 'domainsResolver', name }, min, max);
  const settings: ResolverSettings = {
    resolve: resolve as DomainsResolver,
    deadlineSeconds: number('deadlineSeconds', 0.1, 60, 5),
    cacheSeconds: number('cacheSeconds', 0, 86_400, 0),
    cacheKey: readFunction(options.cacheKey, 'cacheKey'),
    privateHosts: readHosts(options.allowPrivateHosts ?? [], 'allowPrivateHosts'),
  };
  if (settings.cacheSeconds > 0 === (settings.cacheKey !== undefined)) return settings;
  throw invalidOption(
    'domainsResolver',
    '"cacheSeconds" and "cacheKey" belong together: without a key, one request would get the domains of another',
  );
}
