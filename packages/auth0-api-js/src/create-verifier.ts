import { createBinding } from './binding/create-binding.js';
import { KeyCacheReader } from './keys/key-cache.js';
import type { Fetch } from './keys/fetch-json.js';
import { IssuerKeys } from './keys/issuer-keys.js';
import { StaticKeys } from './keys/static-keys.js';
import type { Settings } from './options.js';
import type { IssuerSettings } from './options/issuer-options.js';
import type { Verifier } from './verify/access-token.js';
import { AllowedDomains } from './verify/allowed-domains.js';
import type { HeaderPolicy } from './verify/check-header.js';
import { KnownHeaders } from './verify/known-headers.js';
import { ResolvedIssuers } from './verify/resolved-issuers.js';
import { ConfiguredIssuers, type TrustedIssuer, type TrustedIssuers } from './verify/trusted-issuers.js';
import type { TokenPolicy } from './verify/token-policy.js';
import { Verdicts } from './verify/verdicts.js';

/** Prepares everything that tokens are judged with. Nothing is fetched yet. */
export function createVerifier(settings: Settings): Verifier {
  const { emit, policy, resolver, tokenCache } = settings;
  const issuers = createIssuers(settings);
  const policies = issuers.list().map((trusted) => trusted.policy);
  const accepted = unite(resolver === undefined ? policies : [...policies, policy]);
  const binding = createBinding(settings.binding, { now: policy.now, emit });
  const verdicts = tokenCache && new Verdicts(tokenCache);
  return { issuers, accepted, policy, binding, headers: new KnownHeaders(), verdicts, emit };
}

function createIssuers(settings: Settings): TrustedIssuers {
  const { resolver, policy, emit, customFetch, maxIssuers, keys } = settings;
  const carried = readCarried(settings);
  const fetch = customFetch ?? ((...request) => globalThis.fetch(...request));
  const configured = new ConfiguredIssuers(
    settings.issuers.map((issuer) => createIssuer(issuer, settings, carried, fetch)),
  );
  if (resolver === undefined) return configured;
  const guarded = customFetch ?? guardFetch(resolver.privateHosts);
  return new ResolvedIssuers({
    configured,
    domains: new AllowedDomains(resolver, emit),
    maxIssuers,
    cooldownSeconds: keys.unknownKeyCooldownSeconds,
    create: (issuer) =>
      createIssuer({ issuer, policy, jwksUri: undefined, keySet: undefined }, settings, carried, guarded),
  });
}

/** What it takes to look at addresses is loaded with the first of them: most APIs name their issuers beforehand. */
function guardFetch(privateHosts: ReadonlySet<string>): Fetch {
  return async (...request) => {
    const { createGuardedFetch } = await import('./keys/guarded-fetch.js');
    return createGuardedFetch(privateHosts)(...request);
  };
}

function createIssuer(
  { issuer, policy, jwksUri, keySet }: IssuerSettings,
  { keys, emit }: Settings,
  carried: KeyCacheReader,
  fetch: typeof globalThis.fetch,
): TrustedIssuer {
  if (keySet !== undefined) return { issuer, policy, keys: new StaticKeys(keySet) };
  const stored = carried.take(issuer);
  return { issuer, policy, keys: new IssuerKeys({ ...keys, issuer, jwksUri, stored, fetch, emit }) };
}

/** A cache that is none is ignored, and told: a start without it is slower, never wrong. */
function readCarried({ keyCache, emit }: Settings): KeyCacheReader {
  const carried = new KeyCacheReader(keyCache);
  if (!carried.isUsable) {
    const message =
      'keys.cache is not what exportKeys() gives, and is ignored. Give it parsed, not as JSON text.';
    emit({ type: 'misuse', reason: 'key_cache_unusable', message });
  }
  return carried;
}

/** All that one of the policies accepts. Of a single policy it is that policy itself, so that nothing is checked twice. */
function unite(policies: readonly TokenPolicy[]): HeaderPolicy {
  const [first, ...others] = policies;
  if (first !== undefined && others.every((policy) => policy === first)) return first;
  return {
    algorithms: new Set(policies.flatMap(({ algorithms }) => [...algorithms])),
    types: new Set(policies.flatMap(({ types }) => [...types])),
  };
}
