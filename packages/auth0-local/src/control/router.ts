import { Router, type NextFunction, type Request, type Response } from 'express';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { LogEntry } from '../log/tenant-log.js';
import type { Site } from '../site.js';
import { exportSeed } from '../tenant/export-seed.js';
import { applySeed } from '../tenant/seed.js';
import { readRequestBody } from '../http/read-request-body.js';
import { issueManagementToken } from './issue-management-token.js';

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
    tenant.log.list().slice(-readNumber(req.query['number'])).forEach(write);
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

/** Pages of browsers have no business here, whatever they know. */
function checkOwner(secret: string) {
  const expected = digest(`Bearer ${secret}`);
  return function checkOwnerMiddleware(req: Request, res: Response, next: NextFunction): void {
    const isOwner = timingSafeEqual(digest(req.headers.authorization ?? ''), expected);
    if (isOwner && req.headers.origin === undefined) next();
    else
      res
        .status(403)
        .json({ statusCode: 403, error: 'Forbidden', message: 'For the owner of this tenant only' });
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
