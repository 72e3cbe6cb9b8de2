import { isSecureUrl } from '../is-secure-url.js';
import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import { fetchJson, type Fetch } from './fetch-json.js';
import { IssuerFailure } from './issuer-failure.js';
import { readKeySet, type KeySet } from './key-set.js';

/** What it takes to ask an issuer for its keys. */
export interface KeySetRequest {
  /** The issuer identifier: an origin with a `/` at its end. */
  readonly issuer: string;
  readonly fetch: Fetch;
  /** Ends the whole of it: metadata and key set share one deadline. */
  readonly signal: AbortSignal;
  readonly onSkip: (index: number, why: string) => void;
}

/**
 * Asks an issuer for its metadata, and the address it names for its keys (RFC 8414 section 3, OpenID Connect Discovery
 * section 4).
 *
 * @throws IssuerFailure
 */
export async function fetchKeySet({ issuer, fetch, signal, onSkip }: KeySetRequest): Promise<KeySet> {
  const metadataUrl = `${issuer}.well-known/openid-configuration`;
  const metadata = await fetchJson(metadataUrl, fetch, signal);
  const keysUrl = readKeysUrl(metadata, issuer, metadataUrl);
  const keySet = readKeySet(await fetchJson(keysUrl, fetch, signal), onSkip);
  if (!keySet) {
    const what = 'holds no key that can be used. It must be a JWK Set with 1 to 100 public signature keys.';
    throw new IssuerFailure('issuer_keys_invalid', keysUrl, what);
  }
  return keySet;
}

/** The metadata must be the issuer's own (RFC 8414 section 3.3), and its keys must come from its own origin. */
function readKeysUrl(metadata: unknown, issuer: string, metadataUrl: string): string {
  const refuse = (what: string): never => {
    throw new IssuerFailure('issuer_metadata_invalid', metadataUrl, what);
  };
  if (!isJsonObject(metadata)) return refuse('is not a JSON object. Check the domain.');
  const named = memberOf(metadata, 'issuer');
  if (named !== issuer) {
    return refuse(
      `names the issuer ${typeof named === 'string' ? JSON.stringify(named.slice(0, 200)) : '(none)'}, not "${issuer}". Set the domain (AUTH0_DOMAIN) to the one it names.`,
    );
  }
  const keysUrl = memberOf(metadata, 'jwks_uri');
  if (typeof keysUrl !== 'string' || !isKeysUrl(keysUrl, issuer)) {
    return refuse(`has no usable "jwks_uri": it must be a URL of the issuer's own origin.`);
  }
  return keysUrl;
}

function isKeysUrl(url: string, issuer: string): boolean {
  if (!URL.canParse(url)) return false;
  const parsed = new URL(url);
  const isOwn = parsed.origin === new URL(issuer).origin && parsed.username === '' && parsed.password === '';
  return isOwn && isSecureUrl(parsed);
}
