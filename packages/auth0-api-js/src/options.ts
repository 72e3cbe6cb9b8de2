import type { webcrypto } from 'node:crypto';
import { MissingRequiredArgumentError } from './errors.js';
import { createEmitter, type EventListener } from './events.js';
import type { Fetch } from './keys/fetch-json.js';
import type { KeySettings } from './keys/key-settings.js';
import { createEventLog } from './log-events.js';
import { readBinding, type BindingSettings } from './options/binding-options.js';
import { checkDefined } from './options/check-defined.js';
import { readDiscoveryCache, type DiscoveryCacheOptions } from './options/discovery-cache.js';
import {
  readDomainList,
  readResolver,
  type DomainsResolver,
  type DomainsResolverOptions,
  type ResolverSettings,
} from './options/domains-options.js';
import type { DpopOptions } from './options/dpop-options.js';
import { invalidOption } from './options/invalid-option.js';
import { readIssuers, type IssuerOptions, type IssuerSettings } from './options/issuer-options.js';
import { readKeysOptions, type KeysOptions } from './options/keys-options.js';
import { migrationHints } from './options/migration-hints.js';
import type { MtlsOptions } from './options/mtls-options.js';
import {
  profileOptionNames,
  readPolicy,
  strictOptionNames,
  type ProfileOptions,
} from './options/profile-options.js';
import { readFunction } from './options/read-function.js';
import { readTokenCache, type TokenCacheOptions } from './options/token-cache-options.js';
import { readDomain } from './read-domain.js';
import { readOptions } from './read-options.js';
import type { TokenPolicy } from './verify/token-policy.js';
import type { VerdictLimits } from './verify/verdicts.js';

/** The options of `ApiClient`. */
export interface ApiClientOptions extends ProfileOptions {
  /**
   * The tenant that issues the tokens: a host (`tenant.us.auth0.com`) or an `https://` URL of it. `http://` is taken for
   * this machine only: `localhost`, `127.0.0.0/8`, `[::1]`. Beside `domains` it is there for client credentials, and its
   * tokens are not accepted unless `domains` names it, too.
   */
  domain?: string;
  /**
   * Several domains of the tenant, whose tokens are accepted instead of those of `domain`; or a function that answers with
   * those that a request may carry. What it brings must be https and at a public address, see `domainsResolver`.
   */
  domains?: readonly string[] | DomainsResolver;
  /** How the function in `domains` is asked. */
  domainsResolver?: DomainsResolverOptions;
  /** Issuers beside the tenant, or instead of it, each with keys and rules of its own. */
  issuers?: readonly IssuerOptions[];
  /** How keys are fetched, kept, and used while their issuer is away. */
  keys?: KeysOptions;
  /** How tokens that are bound to a key of the client are checked (DPoP, RFC 9449). */
  dpop?: DpopOptions;
  /** How tokens that are bound to a certificate of the client are checked (mutual TLS, RFC 8705). */
  mtls?: MtlsOptions;
  /**
   * `'refuse'`: tokens that are bound in a way unknown to this library are refused. `'ignore'` (the default): the unknown
   * way is, as RFC 7800 section 3.1 says.
   */
  unknownConfirmation?: 'ignore' | 'refuse';
  /** Fetches the issuers' metadata and keys; the global `fetch` by default. It must honour `signal` and `redirect`. */
  customFetch?: Fetch;
  /**
   * How many tokens that were found good are remembered. Their signature is not checked again; time, issuer, key, audience,
   * binding and `validate` are, on every request. `'off'`: none is.
   */
  tokenCache?: TokenCacheOptions | 'off';
  /** How long the issuers' metadata and keys are good for. */
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

/** Options after their check. */
export interface Settings {
  readonly issuers: readonly IssuerSettings[];
  readonly resolver: ResolverSettings | undefined;
  /** What tokens of issuers without rules of their own must be like. */
  readonly policy: TokenPolicy;
  readonly keys: KeySettings;
  readonly binding: BindingSettings;
  readonly keyCache: unknown;
  /** None where no token is to be remembered. */
  readonly tokenCache: VerdictLimits | undefined;
  /** How many issuers that the resolver brings are remembered. */
  readonly maxIssuers: number;
  /** The application's own; without it, the global one, guarded for issuers that the resolver brings. */
  readonly customFetch: Fetch | undefined;
  readonly emit: EventListener;
}

/** The names of the options, for whoever checks them before `ApiClient` does. */
export const apiClientOptionNames: readonly (keyof ApiClientOptions)[] = [
  'domain',
  'domains',
  'domainsResolver',
  'issuers',
  ...profileOptionNames,
  'keys',
  'dpop',
  'mtls',
  'unknownConfirmation',
  'customFetch',
  'tokenCache',
  'discoveryCache',
  'onEvent',
  'now',
  'clientId',
  'clientSecret',
  'clientAssertionSigningKey',
  'clientAssertionSigningAlg',
];

/**
 * Checks the options and makes settings of them.
 *
 * @throws MissingRequiredArgumentError: `audience` is missing, or `domain` where no issuer is named otherwise.
 * @throws InvalidConfigurationError: a value that cannot work, options that contradict each other, or a name that is none.
 */
export function resolveOptions(given: ApiClientOptions): Settings {
  const options = readOptions(given, apiClientOptionNames, 'ApiClient', migrationHints);
  checkDefined(options, strictOptionNames);
  const now = readFunction(options.now, 'now');
  checkRequired(options);
  const policy = { ...readPolicy(options), now };
  const discoveryCache = readDiscoveryCache(options.discoveryCache);
  const { settings: keys, cache: keyCache } = readKeysOptions(options.keys, discoveryCache);
  const resolver = readResolverOption(options);
  const issuers = [...readTenant(options, policy), ...readOthers(options, policy)];
  checkDistinct(issuers);
  return {
    issuers,
    resolver,
    policy,
    keys,
    binding: readBinding(options),
    keyCache,
    tokenCache: readTokenCache(options.tokenCache),
    maxIssuers: discoveryCache.maxEntries,
    customFetch: readFunction(options.customFetch, 'customFetch'),
    emit: createEmitter(readFunction(options.onEvent, 'onEvent') ?? createEventLog()),
  };
}

function checkRequired({ audience, domain, domains, issuers }: Partial<ApiClientOptions>): void {
  const isTenantNamed = domain !== undefined || domains !== undefined;
  const isAudienceMissing = audience === undefined || audience === '';
  if (isAudienceMissing && (isTenantNamed || issuers === undefined))
    throw new MissingRequiredArgumentError('audience');
  if (!isTenantNamed && issuers === undefined) throw new MissingRequiredArgumentError('domain');
}

function readResolverOption({
  domains,
  domainsResolver,
}: Partial<ApiClientOptions>): ResolverSettings | undefined {
  if (domains !== undefined && !Array.isArray(domains)) return readResolver(domains, domainsResolver);
  if (domainsResolver === undefined) return undefined;
  const what = 'it says how a function in "domains" is asked, and there is none';
  throw invalidOption('domainsResolver', what);
}

/** The domains of the tenant: `domains` if it is there, else `domain`. */
function readTenant({ domain, domains }: Partial<ApiClientOptions>, policy: TokenPolicy): IssuerSettings[] {
  const own = domain === undefined ? [] : [readDomain(domain)];
  const all = domains === undefined ? own : Array.isArray(domains) ? readDomainList(domains) : [];
  return all.map((issuer) => ({ issuer, policy, jwksUri: undefined, keySet: undefined }));
}

function readOthers({ issuers }: Partial<ApiClientOptions>, policy: TokenPolicy): readonly IssuerSettings[] {
  return issuers === undefined ? [] : readIssuers(issuers, policy);
}

function checkDistinct(issuers: readonly IssuerSettings[]): void {
  const names = issuers.map(({ issuer }) => issuer);
  const twice = names.find((issuer, index) => names.indexOf(issuer) !== index);
  if (twice === undefined) return;
  const what = `${JSON.stringify(twice)} is named twice, in "domain", "domains" or "issuers". Its keys and rules must be said once`;
  throw invalidOption('issuers', what);
}
