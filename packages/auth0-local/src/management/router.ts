import { Router, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { forbidStoring } from '../http/cache-control.js';
import type { Site } from '../site.js';
import { tokenAccess, type Access } from './access.js';
import { clientCredentials } from './client-credentials.js';
import { clientGrants } from './client-grants.js';
import { clients } from './clients.js';
import { connections } from './connections.js';
import type { Endpoint } from './endpoint.js';
import { logs } from './logs.js';
import { ManagementError } from './management-error.js';
import { readJsonBody } from './read-json-body.js';
import { readRefusal } from './read-refusal.js';
import { recordChange, recordRefusal } from './record-call.js';
import { resourceServers } from './resource-servers.js';
import { rolePermissions } from './role-permissions.js';
import { roleUsers } from './role-users.js';
import { roles } from './roles.js';
import { signingKeys } from './signing-keys.js';
import { tenantSettings } from './tenant-settings.js';
import { userPermissions } from './user-permissions.js';
import { userRoles } from './user-roles.js';
import { users } from './users.js';

const endpoints: readonly Endpoint[] = [
  ...resourceServers,
  ...clients,
  ...clientCredentials,
  ...clientGrants,
  ...users,
  ...userRoles,
  ...userPermissions,
  ...roles,
  ...rolePermissions,
  ...roleUsers,
  ...signingKeys,
  ...connections,
  ...logs,
  ...tenantSettings,
];

/** The Management API, below `/api/v2`; for whoever has a token unless another access is given. */
export function createManagementRouter(site: Site, access: Access = tokenAccess(site)): Router {
  const router = Router();
  router.use(forbidStoring, ...access.checks);
  for (const endpoint of endpoints) {
    const body = endpoint.method === 'get' ? [] : readJsonBody;
    const guards = [...access.authorize(endpoint.scopes), ...body];
    router[endpoint.method](endpoint.path, guards, respond(site, access, endpoint));
  }
  router.use(refuseUnknownPath);
  router.use(createRefusalHandler(site, access));
  return router;
}

function respond(site: Site, access: Access, endpoint: Endpoint): RequestHandler {
  return async function respondEndpoint(req: Request, res: Response) {
    const { id = '', ...params } = req.params as Record<string, string>;
    const body: unknown = await endpoint.respond({
      tenant: site.tenant,
      id,
      params,
      query: req.query,
      body: req.body,
      scopes: access.readScopes(req),
      isOwner: access.isOwner,
    });
    if (endpoint.method !== 'get') recordChange(site, req, access.describeCaller(req));
    if (body === undefined) res.status(204).end();
    else res.status(endpoint.status ?? 200).json(body);
  };
}

/** A path that is none, or has no such method: the real tenant makes no difference. */
function refuseUnknownPath(): void {
  throw new ManagementError({ statusCode: 404, message: 'Not Found' });
}

/** Express knows an error handler by its four parameters. */
function createRefusalHandler(site: Site, access: Access) {
  return function refusalHandler(error: unknown, req: Request, res: Response, next: NextFunction): void {
    const refusal = readRefusal(error);
    if (refusal === undefined || res.headersSent) {
      next(error);
      return;
    }
    recordRefusal(site, req, access.describeCaller(req), { refusal, error });
    res.status(refusal.statusCode).json(refusal);
  };
}
