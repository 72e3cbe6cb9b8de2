import type { Application } from '../../tenant/applications.js';
import type { Parameters } from '../request/read-parameters.js';
import { invalidRequest } from '../refusals.js';

/** The challenge that the token request has to answer (RFC 7636). */
export interface CodeChallenge {
  readonly code_challenge: string;
  readonly code_challenge_method: 'S256' | 'plain';
}

/**
 * Reads the code challenge. Without a method it is `plain` (RFC 7636 section 4.3).
 *
 * @throws OAuthError: it is malformed, or an application without a secret sends none (RFC 9700 section 2.1.1).
 */
export function checkPkce(application: Application, { values }: Parameters): CodeChallenge | undefined {
  const challenge = values.get('code_challenge');
  const method = values.get('code_challenge_method');
  if (challenge === undefined) {
    if (method !== undefined) throw invalidRequest('Missing required parameter: code_challenge');
    if (application.token_endpoint_auth_method === 'none') {
      throw invalidRequest('Parameter code_challenge is required for applications without a secret (PKCE)');
    }
    return undefined;
  }
  if (!/^[\w.~-]{43,128}$/.test(challenge)) {
    throw invalidRequest('Parameter code_challenge must have 43 to 128 letters, digits or -._~');
  }
  if (method !== undefined && method !== 'S256' && method !== 'plain') {
    throw invalidRequest(`Unsupported code challenge method: ${method}`);
  }
  return { code_challenge: challenge, code_challenge_method: method ?? 'plain' };
}
