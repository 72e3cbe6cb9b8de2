import type { Request, Response, Router } from 'express';
import { allowOrigins } from '../../http/allow-origins.js';
import { forbidStoring } from '../../http/cache-control.js';
import type { Site } from '../../site.js';
import { createPossessionCheck, type SentToken } from '../sender/create-possession-check.js';
import { proofAlgorithms } from '../sender/get-proof-checkers.js';
import { customClaims } from '../../tokens/custom-claims.js';
import { profileClaims } from '../../tokens/profile-claims.js';
import { readUserinfoToken, type UserinfoAccess } from '../../tokens/read-userinfo-token.js';

/** `GET` and `POST /userinfo`: the profile of the user whose access token is sent (OpenID Connect Core section 5.3). */
export function serveUserinfo(router: Router, site: Site): void {
  const { tenant } = site;
  const isPossessed = createPossessionCheck(site);
  router.all('/userinfo', allowOrigins(site, ['GET', 'POST']), forbidStoring);
  router.get('/userinfo', respondProfile);
  router.post('/userinfo', respondProfile);

  async function respondProfile(req: Request, res: Response): Promise<void> {
    const sent = readSentToken(req.headers.authorization);
    const access = sent === undefined ? undefined : await readAccess(req, sent);
    const user = access === undefined ? undefined : tenant.store.users.get(access.userId);
    if (access === undefined || user === undefined || user.blocked === true) {
      refuse(res, sent?.scheme);
      return;
    }
    res.json({
      ...customClaims(tenant, user),
      ...profileClaims(user, access.scopes),
      sub: user.user_id,
    });
  }

  async function readAccess(req: Request, sent: SentToken): Promise<UserinfoAccess | undefined> {
    const access = await readUserinfoToken(tenant, sent.token);
    if (access === undefined || !(await isPossessed(req, sent, access.confirmation))) return undefined;
    return access;
  }
}

function readSentToken(authorization: string | undefined): SentToken | undefined {
  const [, scheme = '', token] = /^(bearer|dpop) +([\w.~+/-]+=*)$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) return undefined;
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token };
}

/** RFC 6750 section 3, RFC 9449 section 7.1: without a token there is nothing to say about it. */
function refuse(res: Response, scheme: SentToken['scheme'] | undefined): void {
  const description =
    'The access token is not good for the profile of a user: it must be one with the scope openid, sent by whoever it is bound to';
  if (scheme !== undefined) {
    const error = `error="invalid_token", error_description="${description}"`;
    const algorithms = `algs="${proofAlgorithms.join(' ')}"`;
    res.set('WWW-Authenticate', scheme === 'dpop' ? `DPoP ${error}, ${algorithms}` : `Bearer ${error}`);
    res.status(401).json({ error: 'invalid_token', error_description: description });
  } else {
    res.set('WWW-Authenticate', 'Bearer').status(401).end();
  }
}
