import { Router, type NextFunction, type Request, type Response } from 'express';
import { isSameSecret } from '../is-same-secret.js';
import type { LogEntry } from '../log/tenant-log.js';
import type { Site } from '../site.js';
import { exportSeed } from '../tenant/export-seed.js';
import { applySeed } from '../tenant/seed.js';
import { invalid } from '../tenant/tenant-error.js';
import { readRequestBody } from '../http/read-request-body.js';
import { issueManagementToken } from './issue-management-token.js';
import { proveOwnerSecret } from './prove-owner-secret.js';

/** What the owner of the process can do with it. */
export interface Control {
  /** Only who knows it may: it stands in a file that only the owner can read. */
  readonly secret: string;
  /** What `auth0 local status` shows. */
  status(): object;
  /** Empties the tenant: as at its first start, with the same certificate authority. */
  reset(): Promise<void>;
  /** Ends the process, or whatever runs the tenant. */
  stop(): void;
}

/** The endpoints of the `auth0` command for the process itself, below `/local`. */
export function createControlRouter(site: Site, control: Control): Router {
  const { tenant } = site;
  const router = Router();
  router.use(refusePages);
  router.get('/proof', (req, res) => {
    res.json({ proof: proveOwnerSecret(control.secret, readNonce(req.query['nonce'])) });
  });
  router.use(checkOwner(control.secret));
  router.use(...readRequestBody);

  router.get('/status', (_req, res) => {
    res.json(control.status());
  });
  router.post('/token', async (_req, res) => {
    res.json(await issueManagementToken(site));
  });
  router.get('/export', (_req, res) => {
    res.json(exportSeed(tenant));
  });
  router.post('/seed', async (req, res) => {
    await applySeed(tenant, req.body);
    res.status(204).end();
  });
  router.post('/reset', async (_req, res) => {
    await control.reset();
    res.status(204).end();
  });
  router.post('/stop', (_req, res) => {
    res.on('finish', () => control.stop());
    res.status(204).end();
  });
  router.get('/logs', (req, res) => {
    res.type('application/x-ndjson');
    const write = (entry: LogEntry): void => void res.write(`${JSON.stringify(entry)}\n`);
    tenant.log.list(readNumber(req.query['number'])).forEach(write);
    if (req.query['follow'] !== 'true') {
      res.end();
      return;
    }
    const stop = tenant.log.follow(write);
    res.on('close', stop);
  });
  return router;
}

/** How many events are wanted; all that are kept where it is not said. */
function readNumber(value: unknown): number {
  return typeof value === 'string' && /^[1-9]\d{0,3}$/.test(value) ? Number(value) : 10_000;
}

/** What the owner has chosen to have proven, before telling the secret to whoever listens here. */
function readNonce(value: unknown): string {
  if (typeof value === 'string' && /^[\w-]{22,86}$/.test(value)) return value;
  throw invalid('nonce must be 22 to 86 characters of base64url', 'invalid_query_string');
}

/** Pages of browsers have no business here, whatever they know. */
function refusePages(req: Request, res: Response, next: NextFunction): void {
  if (req.headers.origin === undefined) next();
  else refuse(res);
}

function checkOwner(secret: string) {
  return function checkOwnerMiddleware(req: Request, res: Response, next: NextFunction): void {
    if (isSameSecret(req.headers.authorization ?? '', `Bearer ${secret}`)) next();
    else refuse(res);
  };
}

function refuse(res: Response): void {
  res.status(403).json({ statusCode: 403, error: 'Forbidden', message: 'For the owner of this tenant only' });
}
