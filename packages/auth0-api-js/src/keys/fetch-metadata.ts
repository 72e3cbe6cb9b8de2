import { isSecureUrl } from '../is-secure-url.js';
import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import { cureOfStatus } from './failure-cures.js';
import { fetchJson, type FetchSettings } from './fetch-json.js';
import { IssuerFailure } from './issuer-failure.js';
import { metadataUrls } from './metadata-urls.js';

/** What is asked of an issuer's metadata. */
export interface MetadataRequest extends FetchSettings {
  /** The issuer identifier, exactly as tokens name it. */
  readonly issuer: string;
  /** Whether the keys may be at another origin than the issuer. */
  readonly allowOtherOrigin: boolean;
}

/**
 * Asks an issuer where its keys are (OpenID Connect Discovery section 4, RFC 8414 section 3): first the place that OpenID
 * names, then, if there is nothing, that of RFC 8414.
 *
 * @returns The URL of its key set.
 * @throws IssuerFailure
 */
export async function fetchKeysUrl(request: MetadataRequest): Promise<string> {
  const [first, ...others] = metadataUrls(request.issuer);
  let url = first;
  for (;;) {
    try {
      const { value } = await fetchJson(url, request);
      return readKeysUrl(value, url, request);
    } catch (error) {
      if (!(error instanceof IssuerFailure && error.details.isMissing)) throw error;
      const next = others.shift();
      if (next === undefined) throw describeMissing(first, url, error);
      url = next;
    }
  }
}

/** The first place is the one that people know; the second is named beside it. */
function describeMissing(first: string, second: string, { reason, details }: IssuerFailure): IssuerFailure {
  const what = `answered with status 404 instead of 200, and ${second} too. ${cureOfStatus(404)}`;
  return new IssuerFailure(reason, first, what, details);
}

/** In characters. It stands in events and logs. */
const longestUrl = 2000;

/** What is shown of an issuer that metadata names. In characters. */
const longestNamed = 200;

/** The metadata must be the issuer's own (RFC 8414 section 3.3), and its keys must come from its own origin. */
function readKeysUrl(
  metadata: unknown,
  metadataUrl: string,
  { issuer, allowOtherOrigin }: MetadataRequest,
): string {
  const refuse = (what: string): never => {
    throw new IssuerFailure('issuer_metadata_invalid', metadataUrl, what);
  };
  if (!isJsonObject(metadata)) return refuse('is not a JSON object. Check the domain.');
  const named = memberOf(metadata, 'issuer');
  if (named !== issuer) {
    const shown = typeof named === 'string' ? JSON.stringify(named.slice(0, longestNamed)) : '(none)';
    return refuse(`names the issuer ${shown}, not "${issuer}". ${cureFor(issuer, named)}`);
  }
  const keysUrl = memberOf(metadata, 'jwks_uri');
  const isText = typeof keysUrl === 'string' && keysUrl.length <= longestUrl;
  const keys = isText && URL.canParse(keysUrl) ? new URL(keysUrl) : undefined;
  if (keys === undefined || !isSecureUrl(keys) || keys.username !== '' || keys.password !== '') {
    return refuse('has no usable "jwks_uri": it must be an https:// URL without credentials.');
  }
  if (keys.origin !== new URL(issuer).origin && !allowOtherOrigin) {
    return refuse(
      `has a "jwks_uri" at another origin, ${keys.origin}. If its keys belong there, set keys: { allowOtherOrigin: true } or the issuer's jwksUri.`,
    );
  }
  return keys.href;
}

/** What to do about metadata that name another issuer. An option `domain` always means an issuer with a slash at its end. */
function cureFor(issuer: string, named: unknown): string {
  if (!isAddress(named)) return 'Check that the issuer is at this address: its metadata must name it.';
  if (isOfDomain(issuer) && isOfDomain(named)) return 'Set the domain (AUTH0_DOMAIN) to the one it names.';
  return `If that is the issuer to trust, name it exactly so: issuers: [{ issuer: ${JSON.stringify(named)} }].`;
}

/** Whether it could be an issuer whose metadata are asked for. */
function isAddress(named: unknown): named is string {
  const isText = typeof named === 'string' && named.length <= longestNamed && !/[\s\\?#@]/.test(named);
  return isText && URL.canParse(named) && isSecureUrl(new URL(named));
}

function isOfDomain(issuer: string): boolean {
  return issuer === `${new URL(issuer).origin}/`;
}
