import { describeThrown } from '../../authorize/call-custom.js';
import { createRequestRefusal } from '../../errors.js';
import type { RequestContext } from '../../request-context.js';
import { isPromiseLike } from '../../when-ready.js';
import type { BaseUrl } from '../binding-policy.js';
import { normalizeBaseUrl } from './normalize-base-url.js';
import { normalizeUrl } from './normalize-url.js';

/**
 * Tells which URL a proof must name, in normal form: that of the request, or, behind a gateway, its path after the public
 * base.
 *
 * @param baseUrl - As `readBaseUrl()` answers it. With it, only the path of the request's URL counts; it may be all there
 *   is.
 * @throws InvalidRequestError: there is no URL, or it is none that a proof can name.
 * @throws TypeError: the function in `baseUrl` failed. The programmer's mistake.
 */
export function resolveRequestUrl(context: RequestContext, baseUrl: BaseUrl | undefined): string {
  const { url } = context;
  if (typeof url !== 'string') throw createRequestRefusal('http_url_missing');
  const resolved = baseUrl === undefined ? normalizeUrl(url) : readPath(url);
  if (resolved === undefined) throw createRequestRefusal('http_url_invalid');
  return baseUrl === undefined ? resolved : readBase(baseUrl, context) + resolved;
}

/** In normal form by itself, so that no dot segment goes up into the base. What begins with two slashes names a host. */
function readPath(url: string): string | undefined {
  if (url.startsWith('//')) return undefined;
  const whole = normalizeUrl(url.startsWith('/') ? `http://localhost${url}` : url);
  return whole?.slice(whole.indexOf('/', 'https://'.length));
}

function readBase(baseUrl: BaseUrl, context: RequestContext): string {
  if (typeof baseUrl === 'string') return baseUrl;
  const answer = askForBase(baseUrl, context);
  const base = normalizeBaseUrl(answer);
  if (base !== undefined) return base;
  if (isPromiseLike(answer)) answer.then(undefined, () => {});
  throw new TypeError(
    "The function in 'dpop.baseUrl' must return an http or https URL, without user-info, query and fragment, and no " +
      'promise. What it makes of a header, it must check.',
  );
}

/** Whatever is thrown becomes an error that tells where to look, and never a refusal. */
function askForBase(baseUrl: Exclude<BaseUrl, string>, context: RequestContext): unknown {
  try {
    return baseUrl(context);
  } catch (cause) {
    throw new TypeError(
      `The function in 'dpop.baseUrl' failed (${describeThrown(cause)}). It must return the public URL of the API for ` +
        'every request, and never throw.',
      { cause },
    );
  }
}
