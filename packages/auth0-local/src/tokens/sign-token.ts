import { SignJWT, type JWTPayload } from 'jose';
import type { Api } from '../tenant/apis.js';
import { currentKey, privateKey } from '../tenant/signing-keys.js';
import type { Tenant } from '../tenant/tenant.js';

/** Signs claims with the tenant's current key, or with a shared secret for HS256. */
export function signToken(
  tenant: Tenant,
  claims: JWTPayload,
  {
    alg,
    typ,
    secret,
  }: { readonly alg: Api['signing_alg']; readonly typ: string; readonly secret?: string | undefined },
): Promise<string> {
  const token = new SignJWT(claims);
  if (alg === 'HS256') {
    return token.setProtectedHeader({ alg, typ }).sign(new TextEncoder().encode(secret));
  }
  const key = currentKey(tenant);
  return token.setProtectedHeader({ alg, typ, kid: key.kid }).sign(privateKey(tenant, key));
}
