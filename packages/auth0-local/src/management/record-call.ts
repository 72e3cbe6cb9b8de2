import type { Request } from 'express';
import { logRequest } from '../http/log-request.js';
import type { Site } from '../site.js';
import type { Caller } from './access.js';
import { findFix } from './find-fix.js';
import type { ManagementError } from './management-error.js';

/** Notes a change in the tenant's log. What was written is nobody's business. */
export function recordChange({ tenant }: Site, req: Request, caller: Caller): void {
  tenant.log.write({ ...describeCall(req, caller), type: 'sapi' });
}

/** Notes a refusal in the tenant's log, and how to get past it. */
export function recordRefusal(
  site: Site,
  req: Request,
  caller: Caller,
  { refusal, error }: { readonly refusal: ManagementError; readonly error: unknown },
): void {
  const call = describeCall(req, caller);
  // A grant of the application says nothing of what a user may do.
  const fix = findFix(site, error, call.user_id === undefined ? call.client_id : undefined);
  logRequest(site, req, {
    ...call,
    type: 'fapi',
    description: `${call.description}: ${refusal.message}`,
    ...(fix !== undefined && { fix }),
  });
}

/** Who called what: of the address no query, and no matter below which path the Management API is served. */
function describeCall(
  req: Request,
  caller: Caller,
): Caller & { readonly description: string; readonly ip?: string } {
  return {
    description: `${req.method} /api/v2${req.path}`,
    ...caller,
    ...(req.ip !== undefined && { ip: req.ip }),
  };
}
