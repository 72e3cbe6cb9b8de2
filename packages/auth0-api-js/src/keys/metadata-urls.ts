const openid = '/.well-known/openid-configuration';
const oauth = '/.well-known/oauth-authorization-server';

/**
 * Where the metadata of an issuer may be: OpenID Connect Discovery section 4 appends its path to the issuer's, RFC 8414
 * section 3.1 inserts one behind the host. A slash at the issuer's end is dropped first.
 */
export function metadataUrls(issuer: string): readonly [string, string] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.endsWith('/') ? pathname.slice(0, -1) : pathname;
  return [`${origin}${path}${openid}`, `${origin}${oauth}${path}`];
}
