import type { Request, Response, Router } from 'express';
import { allowOrigins } from '../../http/allow-origins.js';
import { letStoreBriefly } from '../../http/cache-control.js';
import type { Site } from '../../site.js';
import { reservedScopes } from '../../tenant/reserved-scopes.js';
import { credentialAlgorithms } from '../../tenant/credentials.js';
import { responseModes } from '../authorize/response-target.js';
import { proofAlgorithms } from '../sender/get-proof-checkers.js';

const paths = ['/.well-known/openid-configuration', '/.well-known/oauth-authorization-server'];

/** The metadata of the issuer (OpenID Connect Discovery 1.0, RFC 8414). */
export function serveDiscovery(router: Router, site: Site): void {
  const metadata = describeIssuer(site.issuer);
  router.all(paths, allowOrigins(site, ['GET']));
  router.get(paths, letStoreBriefly, function respondMetadata(_req: Request, res: Response) {
    res.json(metadata);
  });
}

function describeIssuer(issuer: string): object {
  return {
    issuer,
    authorization_endpoint: `${issuer}authorize`,
    token_endpoint: `${issuer}oauth/token`,
    device_authorization_endpoint: `${issuer}oauth/device/code`,
    userinfo_endpoint: `${issuer}userinfo`,
    jwks_uri: `${issuer}.well-known/jwks.json`,
    revocation_endpoint: `${issuer}oauth/revoke`,
    end_session_endpoint: `${issuer}oidc/logout`,
    scopes_supported: [...reservedScopes],
    response_types_supported: ['code'],
    response_modes_supported: responseModes,
    code_challenge_methods_supported: ['S256', 'plain'],
    subject_types_supported: ['public'],
    id_token_signing_alg_values_supported: ['HS256', 'RS256', 'PS256'],
    token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: credentialAlgorithms,
    dpop_signing_alg_values_supported: proofAlgorithms,
    ...describeMutualTls(issuer),
    claims_supported: [
      'aud',
      'auth_time',
      'created_at',
      'email',
      'email_verified',
      'exp',
      'family_name',
      'given_name',
      'iat',
      'identities',
      'iss',
      'name',
      'nickname',
      'phone_number',
      'picture',
      'sub',
    ],
    request_uri_parameter_supported: false,
    request_parameter_supported: false,
  };
}

/** RFC 8705 sections 3.3 and 5. The https listener takes certificates itself: its aliases are the same endpoints. */
function describeMutualTls(issuer: string): object {
  if (!issuer.startsWith('https:')) return {};
  return {
    tls_client_certificate_bound_access_tokens: true,
    mtls_endpoint_aliases: {
      token_endpoint: `${issuer}oauth/token`,
      userinfo_endpoint: `${issuer}userinfo`,
    },
  };
}
