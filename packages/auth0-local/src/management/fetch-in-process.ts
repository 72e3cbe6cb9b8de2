import { publicJwk } from '../oauth/metadata/jwks.js';
import { publishedKeys } from '../tenant/signing-keys.js';
import type { Tenant } from '../tenant/tenant.js';

/** Answers what the SDK asks an issuer, without a network: its metadata and its keys of this moment. */
export function fetchInProcess(tenant: Tenant, issuer: string): typeof fetch {
  const keysUrl = `${issuer}.well-known/jwks.json`;
  return async (url) => {
    if (url === `${issuer}.well-known/openid-configuration`)
      return Response.json({ issuer, jwks_uri: keysUrl });
    if (url === keysUrl) return Response.json({ keys: publishedKeys(tenant).map(publicJwk) });
    return new Response(null, { status: 404 });
  };
}
