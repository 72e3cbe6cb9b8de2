import { createHash } from 'node:crypto';
import { isSameSecret } from '../../is-same-secret.js';
import type { Application } from '../../tenant/applications.js';
import { readArtifact, updateArtifact, type Artifact } from '../../tenant/artifacts.js';
import { randomHex } from '../../tenant/ids.js';
import type { Tenant } from '../../tenant/tenant.js';
import { revokeFamily } from '../../tokens/refresh-tokens.js';
import { readParameter, requireParameter } from '../request/body-parameters.js';
import type { AuthorizationCodeData } from '../flow-data.js';
import { getActiveUser } from '../token/get-active-user.js';
import { issueUserTokens, type IssuedTokens } from '../token/issue-user-tokens.js';
import { OAuthError } from '../oauth-error.js';
import { checkBoundKey } from '../sender/check-bound-key.js';
import { invalidGrant } from '../refusals.js';
import type { Grant, GrantRequest } from './grant.js';

/** An application exchanges the code that a login gave it (RFC 6749 section 4.1.3, RFC 7636). */
export const authorizationCode: Grant = {
  grantType: 'authorization_code',
  log: { succeeded: 'seacft', failed: 'feacft' },
  exchange: exchangeCode,
};

async function exchangeCode({ site, application, parameters, sender }: GrantRequest): Promise<IssuedTokens> {
  const { tenant } = site;
  const redirectUri = readParameter(parameters, 'redirect_uri');
  const verifier = readParameter(parameters, 'code_verifier');
  const {
    data,
    user_id: userId,
    family,
  } = useCode(tenant, application, requireParameter(parameters, 'code'));
  checkRedirectUri(data, redirectUri);
  checkVerifier(application, data, verifier);
  // The application may have said beforehand which key it will use.
  checkBoundKey('authorization code', data.dpop_jkt, sender);

  const user = getActiveUser(tenant, userId);
  const { access, nonce } = data;
  return issueUserTokens(site, { application, user, access, sender, nonce, family });
}

/**
 * Lets an application use a code, once. If it comes again, somebody else had it too: what it gave is revoked
 * (RFC 6749 section 4.1.2).
 */
function useCode(tenant: Tenant, application: Application, code: string): Artifact<AuthorizationCodeData> {
  const artifact = readArtifact<AuthorizationCodeData>(tenant, 'authorization_code', code);
  if (artifact === undefined || artifact.client_id !== application.client_id) throw invalidCode();
  if (artifact.data.is_used) {
    revokeFamily(tenant, artifact);
    throw invalidCode().about({
      description: 'The authorization code was used twice. The tokens that it gave are revoked',
    });
  }
  const used = { ...artifact, family: randomHex(32) };
  updateArtifact(tenant, code, { ...used, data: { ...artifact.data, is_used: true } });
  return used;
}

function invalidCode(): OAuthError {
  return invalidGrant('Invalid authorization code');
}

function checkRedirectUri({ redirect_uri: expected }: AuthorizationCodeData, sent: string | undefined): void {
  if (sent === expected) return;
  throw new OAuthError({
    statusCode: 403,
    error: 'unauthorized_client',
    description: `The redirect URI is wrong. You sent ${sent ?? 'null'}, and we expected ${expected}`,
  });
}

function checkVerifier(
  { token_endpoint_auth_method: method }: Application,
  { code_challenge: challenge, code_challenge_method: transform = 'plain' }: AuthorizationCodeData,
  verifier: string | undefined,
): void {
  // A verifier without a challenge: somebody has taken the challenge out of the request (RFC 9700 section 4.8.2).
  if (challenge === undefined && verifier === undefined && method !== 'none') return;
  if (challenge !== undefined && verifier !== undefined && isVerified(challenge, transform, verifier)) return;
  throw invalidGrant('Failed to verify code verifier').about({
    ...(challenge === undefined && {
      description:
        method === 'none'
          ? 'A public application must use PKCE: its authorization request had no code_challenge'
          : 'There is a code_verifier, and the authorization request had no code_challenge',
    }),
  });
}

function isVerified(challenge: string, transform: 'S256' | 'plain', verifier: string): boolean {
  const computed =
    transform === 'S256' ? createHash('sha256').update(verifier).digest('base64url') : verifier;
  return isSameSecret(computed, challenge);
}
