import { createPublicKey } from 'node:crypto';
import type { Request, Response, Router } from 'express';
import type { Site } from '../../site.js';
import { publishedKeys, type SigningKey } from '../../tenant/signing-keys.js';
import type { Tenant } from '../../tenant/tenant.js';
import { allowOrigins } from '../../http/allow-origins.js';
import { letStoreBriefly } from '../../http/cache-control.js';

const path = '/.well-known/jwks.json';

/** `GET /.well-known/jwks.json`: the keys that tokens are signed with, were signed with and will be (RFC 7517). */
export function serveKeys(router: Router, site: Site): void {
  const { tenant } = site;
  router.all(path, allowOrigins(site, ['GET']));
  router.get(path, letStoreBriefly, function respondKeys(_req: Request, res: Response) {
    const alg = usesOtherAlgorithms(tenant) ? {} : { alg: 'RS256' };
    res.json({ keys: publishedKeys(tenant).map((key) => ({ ...publicJwk(key), ...alg })) });
  });
}

/** The public half of a key with its certificate. */
export function publicJwk({ kid, cert, thumbprint }: SigningKey): object {
  const { kty, n, e } = createPublicKey(cert).export({ format: 'jwk' });
  return {
    kty,
    use: 'sig',
    n,
    e,
    kid,
    x5t: Buffer.from(thumbprint, 'hex').toString('base64url'),
    x5c: [cert.replaceAll(/-----[^-]+-----|\s/g, '')],
  };
}

/** `alg` ties a key to one algorithm: it would keep clients from verifying what is signed with another. */
function usesOtherAlgorithms({ store }: Tenant): boolean {
  const ofApis = store.apis.list().map(({ signing_alg: alg }) => alg);
  const ofApplications = store.applications.list().map(({ jwt_configuration: jwt }) => jwt?.alg ?? 'RS256');
  return [...ofApis, ...ofApplications].some((alg) => alg !== 'RS256' && alg !== 'HS256');
}
