import { Router } from 'express';
import type { Site } from '../site.js';
import { serveActivate } from './device/activate.js';
import { serveAuthorize } from './authorize/serve-authorize.js';
import { serveConfirmDevice } from './device/confirm-device.js';
import { serveConsent } from './consent/consent.js';
import { serveDeviceAuthorization } from './device/device-authorization.js';
import { serveDiscovery } from './metadata/discovery.js';
import { serveKeys } from './metadata/jwks.js';
import { serveLogin } from './login/login.js';
import { serveLogout } from './logout/logout.js';
import { servePageErrors } from './browser/page-errors.js';
import { serveRevoke } from './token/revoke.js';
import { serveStylesheet } from './browser/serve-stylesheet.js';
import { serveToken } from './token/token.js';
import { serveUserinfo } from './token/userinfo.js';

/** Adds the routes of one endpoint. */
export type Endpoint = (router: Router, site: Site) => void;

const endpoints: readonly Endpoint[] = [
  serveDiscovery,
  serveKeys,
  serveToken,
  serveRevoke,
  serveUserinfo,
  serveDeviceAuthorization,
  serveAuthorize,
  serveLogin,
  serveConsent,
  serveActivate,
  serveConfirmDevice,
  serveLogout,
  serveStylesheet,
  servePageErrors,
];

/** The endpoints of OAuth 2.0 and OpenID Connect. */
export function createOAuthRouter(site: Site): Router {
  const router = Router();
  for (const serve of endpoints) serve(router, site);
  return router;
}
