import type { Request, Response, Router } from 'express';
import { allowOrigins } from '../../http/allow-origins.js';
import { forbidStoring } from '../../http/cache-control.js';
import { readRequestBody } from '../../http/read-request-body.js';
import { logTypes } from '../../log/log-types.js';
import type { LogInput } from '../../log/tenant-log.js';
import type { Site } from '../../site.js';
import { authenticateClient } from '../client/authenticate-client.js';
import { readBodyParameters, requireParameter } from '../request/body-parameters.js';
import { checkGrantType } from '../client/check-grant-type.js';
import { authorizationCode } from '../grants/authorization-code.js';
import { clientCredentials } from '../grants/client-credentials.js';
import { deviceCode } from '../grants/device-code.js';
import type { Grant } from '../grants/grant.js';
import { password, passwordRealm } from '../grants/password.js';
import { refreshToken } from '../grants/refresh-token.js';
import { tokenExchange } from '../grants/token-exchange.js';
import { OAuthError } from '../oauth-error.js';
import { createSenderReader } from '../sender/create-sender-reader.js';
import { describeIssuedToken } from '../sender/describe-issued-token.js';
import type { Parameters } from '../request/read-parameters.js';
import { respondOAuthError } from '../respond-oauth-error.js';

const grants: readonly Grant[] = [
  clientCredentials,
  authorizationCode,
  refreshToken,
  deviceCode,
  password,
  passwordRealm,
  tokenExchange,
];

/** `POST /oauth/token`: tokens in exchange for a grant (RFC 6749 section 3.2). */
export function serveToken(router: Router, site: Site): void {
  const { tenant } = site;
  const readSender = createSenderReader(site);
  router.all('/oauth/token', allowOrigins(site, ['POST']), forbidStoring);
  router.post('/oauth/token', ...readRequestBody, exchange);
  router.use('/oauth/token', respondOAuthError(site));

  async function exchange(req: Request, res: Response): Promise<void> {
    const { ip } = req;
    let about: Partial<LogInput> = {};
    try {
      const parameters = readBodyParameters(req);
      const grant = findGrant(parameters);
      about = { type: grant.log.failed };
      const application = await authenticateClient(site, req, parameters);
      about = { ...about, client_id: application.client_id, client_name: application.name };
      if (grant.isInGrantTypes !== false) checkGrantType(application, grant.grantType);
      const sender = await readSender(req, res, application);
      const { tokens, log, confirmation } = await grant.exchange({
        site,
        application,
        parameters,
        sender,
        ip,
      });
      const type = grant.log.succeeded;
      const description = describeIssuedToken(log.description ?? logTypes[type].description, confirmation);
      tenant.log.write({ ...about, ...log, type, description, ...(ip !== undefined && { ip }) });
      res.json(tokens);
    } catch (error) {
      throw error instanceof OAuthError ? error.about(about) : error;
    }
  }
}

function findGrant(parameters: Parameters): Grant {
  const grantType = requireParameter(parameters, 'grant_type');
  const grant = grants.find((candidate) => candidate.grantType === grantType);
  if (grant !== undefined) return grant;
  throw new OAuthError({
    statusCode: 400,
    error: 'unsupported_grant_type',
    description: `Unsupported grant type: ${grantType}`,
  });
}
