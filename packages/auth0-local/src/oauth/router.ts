import { Router } from 'express';
import type { Site } from '../site.js';

/** The endpoints of OAuth 2.0 and OpenID Connect. */
export function createOAuthRouter(_site: Site): Router {
  return Router();
}
