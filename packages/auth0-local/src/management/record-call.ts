import type { Request } from 'express';
import type { Site } from '../site.js';
import { findFix } from './find-fix.js';
import type { ManagementError } from './management-error.js';

/** Notes a change in the tenant's log. What was written is nobody's business. */
export function recordChange({ tenant }: Site, req: Request): void {
  tenant.log.write({ ...describeCall(req), type: 'sapi' });
}

/** Notes a refusal in the tenant's log, and how to get past it. */
export function recordRefusal(site: Site, req: Request, refusal: ManagementError, error: unknown): void {
  const call = describeCall(req);
  // A grant of the application says nothing of what a user may do.
  const fix = findFix(site, error, call.user_id === undefined ? call.client_id : undefined);
  site.tenant.log.write({
    ...call,
    type: 'fapi',
    description: `${call.description}: ${refusal.message}`,
    ...(fix !== undefined && { fix }),
  });
}

/** Who called what: of the token only what was verified, and of the address no query. */
function describeCall(req: Request): {
  readonly description: string;
  readonly client_id?: string;
  readonly user_id?: string;
  readonly ip?: string;
} {
  const user = req.auth0?.user;
  const id = user?.['azp'] ?? user?.['client_id'];
  const [path] = req.originalUrl.split('?');
  return {
    description: `${req.method} ${path}`,
    ...(typeof id === 'string' && { client_id: id }),
    ...(user?.sub.includes('|') === true && { user_id: user.sub }),
    ...(req.ip !== undefined && { ip: req.ip }),
  };
}
