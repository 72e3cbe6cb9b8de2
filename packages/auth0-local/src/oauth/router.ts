import { Router } from 'express';
import type { Site } from '../site.js';
import { serveActivate } from './activate.js';
import { serveAuthorize } from './authorize/serve-authorize.js';
import { serveConfirmDevice } from './confirm-device.js';
import { serveConsent } from './consent.js';
import { serveDeviceAuthorization } from './device-authorization.js';
import { serveDiscovery } from './discovery.js';
import { serveKeys } from './jwks.js';
import { serveLogin } from './login.js';
import { serveLogout } from './logout.js';
import { servePageErrors } from './page-errors.js';
import { serveRevoke } from './revoke.js';
import { serveStylesheet } from './serve-stylesheet.js';
import { serveToken } from './token.js';
import { serveUserinfo } from './userinfo.js';

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
