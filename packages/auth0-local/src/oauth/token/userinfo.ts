import type { Request, Response, Router } from 'express';
import { allowOrigins } from '../../http/allow-origins.js';
import { forbidStoring } from '../../http/cache-control.js';
import type { Site } from '../../site.js';
import { customClaims } from '../../tokens/custom-claims.js';
import { profileClaims } from '../../tokens/profile-claims.js';
import { readUserinfoToken } from '../../tokens/read-userinfo-token.js';

/** `GET` and `POST /userinfo`: the profile of the user whose access token is sent (OpenID Connect Core section 5.3). */
export function serveUserinfo(router: Router, site: Site): void {
  const { tenant } = site;
  router.all('/userinfo', allowOrigins(site, ['GET', 'POST']), forbidStoring);
  router.get('/userinfo', respondProfile);
  router.post('/userinfo', respondProfile);

  async function respondProfile(req: Request, res: Response): Promise<void> {
    const token = readBearerToken(req.headers.authorization);
    const access = token === undefined ? undefined : await readUserinfoToken(tenant, token);
    const user = access === undefined ? undefined : tenant.store.users.get(access.userId);
    if (access === undefined || user === undefined || user.blocked === true) {
      refuse(res, token !== undefined);
      return;
    }
    res.json({
      ...customClaims(tenant, user),
      ...profileClaims(user, access.scopes),
      sub: user.user_id,
    });
  }
}

function readBearerToken(authorization: string | undefined): string | undefined {
  return /^bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
}

/** RFC 6750 section 3: without a token there is nothing to say about it. */
function refuse(res: Response, hasToken: boolean): void {
  const description =
    'The access token is not good for the profile of a user: it must be one with the scope openid';
  if (hasToken) {
    res.set('WWW-Authenticate', `Bearer error="invalid_token", error_description="${description}"`);
    res.status(401).json({ error: 'invalid_token', error_description: description });
  } else {
    res.set('WWW-Authenticate', 'Bearer').status(401).end();
  }
}
