import type { Request, Response, Router } from 'express';
import { forbidStoring } from '../../http/cache-control.js';
import { readRequestBody } from '../../http/read-request-body.js';
import type { LogInput } from '../../log/tenant-log.js';
import type { Site } from '../../site.js';
import type { Application } from '../../tenant/applications.js';
import { createArtifact } from '../../tenant/artifacts.js';
import { authenticateClient } from '../client/authenticate-client.js';
import { readBodyParameters, readParameter } from '../request/body-parameters.js';
import { checkGrantType } from '../client/check-grant-type.js';
import { requireApi } from '../request/require-api.js';
import { isUserAccessAllowed, readScopes } from '../scopes/decide-scopes.js';
import { createDeviceCode, deviceCodeLifetimeSeconds, devicePollingSeconds } from './device-codes.js';
import type { UserCodeData } from '../flow-data.js';
import { OAuthError } from '../oauth-error.js';
import type { Parameters } from '../request/read-parameters.js';
import { missingGrant } from '../refusals.js';
import { respondOAuthError } from '../respond-oauth-error.js';
import { createUserCode } from './user-code.js';

/** `POST /oauth/device/code`: a device without a keyboard asks for a code to show (RFC 8628 section 3.1). */
export function serveDeviceAuthorization(router: Router, site: Site): void {
  router.post('/oauth/device/code', forbidStoring, ...readRequestBody, authorizeDevice);
  router.use('/oauth/device/code', respondOAuthError(site));

  async function authorizeDevice(req: Request, res: Response): Promise<void> {
    let about: Partial<LogInput> = { type: 'fdeaz' };
    try {
      const parameters = readBodyParameters(req);
      const application = await identifyClient(site, req, parameters);
      about = { ...about, client_id: application.client_id, client_name: application.name };
      checkGrantType(application, 'urn:ietf:params:oauth:grant-type:device_code');
      const audience = readParameter(parameters, 'audience');
      checkAudience(site, application, audience);
      const scopes = readScopes(readParameter(parameters, 'scope'));
      res.json(respondCodes(site, application, { scopes, ...(audience !== undefined && { audience }) }));
    } catch (error) {
      throw error instanceof OAuthError ? error.about(about) : error;
    }
  }
}

/** The id is enough, as it is for the real tenant; what proof comes with it must be good. */
async function identifyClient(site: Site, req: Request, parameters: Parameters): Promise<Application> {
  const { values } = parameters;
  const hasProof =
    req.headers.authorization !== undefined || values.has('client_secret') || values.has('client_assertion');
  const application = site.tenant.store.applications.get(values.get('client_id') ?? '');
  return hasProof || application === undefined ? authenticateClient(site, req, parameters) : application;
}

function checkAudience({ tenant }: Site, application: Application, audience: string | undefined): void {
  if (audience === undefined) return;
  const api = requireApi(tenant, audience);
  if (!isUserAccessAllowed(tenant, application, api)) {
    throw missingGrant(application, api, { audience, subjectType: 'user' });
  }
}

function respondCodes(
  { tenant, issuer }: Site,
  application: Application,
  request: { readonly audience?: string; readonly scopes: readonly string[] },
): object {
  const userCode = createUserCode();
  const deviceCode = createDeviceCode(tenant, application, { ...request, user_code: userCode });
  createArtifact<UserCodeData>(tenant, 'user_code', {
    secret: userCode,
    lifetimeSeconds: deviceCodeLifetimeSeconds,
    client_id: application.client_id,
    data: { device_code: deviceCode },
  });
  const uri = `${issuer}activate`;
  return {
    device_code: deviceCode,
    user_code: userCode,
    verification_uri: uri,
    verification_uri_complete: `${uri}?user_code=${userCode}`,
    expires_in: deviceCodeLifetimeSeconds,
    interval: devicePollingSeconds,
  };
}
