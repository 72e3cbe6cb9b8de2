import { Router } from 'express';
import type { Site } from '../site.js';

/** The Management API, below `/api/v2`. */
export function createManagementRouter(_site: Site): Router {
  return Router();
}
