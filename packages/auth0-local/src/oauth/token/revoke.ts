import type { Request, Response, Router } from 'express';
import { allowOrigins } from '../../http/allow-origins.js';
import { forbidStoring } from '../../http/cache-control.js';
import { readRequestBody } from '../../http/read-request-body.js';
import type { Site } from '../../site.js';
import type { Application } from '../../tenant/applications.js';
import { readArtifact } from '../../tenant/artifacts.js';
import { revokeFamily } from '../../tokens/refresh-tokens.js';
import { authenticateClient } from '../client/authenticate-client.js';
import { readBodyParameters, requireParameter } from '../request/body-parameters.js';
import { OAuthError } from '../oauth-error.js';
import { respondOAuthError } from '../respond-oauth-error.js';

/** `POST /oauth/revoke`: ends a refresh token with all that came from its login (RFC 7009). */
export function serveRevoke(router: Router, site: Site): void {
  router.all('/oauth/revoke', allowOrigins(site, ['POST']), forbidStoring);
  router.post('/oauth/revoke', ...readRequestBody, revoke);
  router.use('/oauth/revoke', respondOAuthError(site));

  async function revoke(req: Request, res: Response): Promise<void> {
    const parameters = readBodyParameters(req);
    const application = await authenticateClient(site, req, parameters);
    revokeToken(site, application, requireParameter(parameters, 'token'));
    res.status(200).end();
  }
}

/** What is unknown is no good either way, and no error (section 2.2). */
function revokeToken({ tenant }: Site, { client_id: clientId, name }: Application, token: string): void {
  const artifact = readArtifact(tenant, 'refresh_token', token);
  if (artifact === undefined) return;
  if (artifact.client_id !== clientId) {
    throw new OAuthError({
      statusCode: 400,
      error: 'invalid_grant',
      description: 'The token was issued to another client.',
      log: { client_id: clientId, client_name: name },
    });
  }
  revokeFamily(tenant, artifact);
  tenant.log.write({
    type: 'srrt',
    client_id: clientId,
    client_name: name,
    ...(artifact.user_id !== undefined && { user_id: artifact.user_id }),
  });
}
