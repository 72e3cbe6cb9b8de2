import { Router } from 'express';
import type { Site } from '../site.js';
import { serveDiscovery } from './discovery.js';
import { serveKeys } from './jwks.js';
import { serveRevoke } from './revoke.js';
import { serveToken } from './token.js';
import { serveUserinfo } from './userinfo.js';

/** Adds the routes of one endpoint. */
export type Endpoint = (router: Router, site: Site) => void;

const endpoints: readonly Endpoint[] = [serveDiscovery, serveKeys, serveToken, serveRevoke, serveUserinfo];

/** The endpoints of OAuth 2.0 and OpenID Connect. */
export function createOAuthRouter(site: Site): Router {
  const router = Router();
  for (const serve of endpoints) serve(router, site);
  return router;
}
