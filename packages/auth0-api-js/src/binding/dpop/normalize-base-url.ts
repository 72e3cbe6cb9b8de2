import { normalizeUrl } from './normalize-url.js';

/**
 * The public address of an API, in the form that paths are appended to: without the slash at its end. Nothing for what is
 * no http or https URL, or has a query, a fragment, or user-info.
 */
export function normalizeBaseUrl(given: unknown): string | undefined {
  if (typeof given !== 'string' || /[?#]/.test(given)) return undefined;
  return normalizeUrl(given)?.replace(/\/$/, '');
}
