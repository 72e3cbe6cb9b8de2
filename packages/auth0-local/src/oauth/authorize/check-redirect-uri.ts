import type { Application } from '../../tenant/applications.js';
import { fixCallback } from '../fixes.js';
import { OAuthError } from '../oauth-error.js';
import type { Parameters } from '../request/read-parameters.js';

/** Schemes that run or read something in the browser instead of leading to an application. */
const unsafeSchemes: ReadonlySet<string> = new Set([
  'about:',
  'blob:',
  'data:',
  'file:',
  'javascript:',
  'vbscript:',
  'view-source:',
]);

/**
 * Where the answer goes: one of the application's callbacks, compared as strings (RFC 9700 section 2.1).
 *
 * @throws OAuthError, to be shown and never redirected: what was sent is none of them, or could harm the browser.
 */
export function checkRedirectUri(
  { client_id: clientId, callbacks = [] }: Application,
  { values }: Parameters,
): string {
  const redirectUri = values.get('redirect_uri');
  if (redirectUri === undefined) throw refuse('Missing required parameter: redirect_uri');
  if (!isRedirectable(redirectUri)) {
    throw refuse(
      `The redirect_uri ${redirectUri} is no absolute URL without a fragment that a browser can safely go to.`,
    );
  }
  if (!callbacks.includes(redirectUri)) {
    throw refuse(
      `Callback URL mismatch: ${redirectUri} is not in the list of allowed callback URLs.`,
      fixCallback(clientId, callbacks, redirectUri),
    );
  }
  return redirectUri;

  function refuse(description: string, fix?: string): OAuthError {
    const log = { client_id: clientId, ...(fix !== undefined && { fix }) };
    return new OAuthError({ statusCode: 400, error: 'invalid_request', description, log });
  }
}

/** Whether a browser may be sent there with a response: RFC 6749 section 3.1.2, and nothing that is code. */
export function isRedirectable(uri: string): boolean {
  // What a URL parser would drop or mend has no place in a header.
  if (!/^[\x21-\x7E]+$/.test(uri) || !URL.canParse(uri)) return false;
  const { protocol } = new URL(uri);
  return !uri.includes('#') && !unsafeSchemes.has(protocol);
}
