import type { Request, Response, Router } from 'express';
import * as v from 'valibot';
import { ManagementError } from '../management/management-error.js';
import { readJsonBody } from '../management/read-json-body.js';
import { strictObject } from '../tenant/object-schemas.js';
import { readBody } from '../tenant/read-body.js';
import { isLocalCaller } from './is-local-caller.js';
import { isOwnDashboard } from './is-own-dashboard.js';
import { readLoopbackUrl } from './read-loopback-url.js';
import { sendToLoopback } from './send-to-loopback.js';

const requestSchema = strictObject({
  method: v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  url: v.pipe(v.string(), v.maxLength(8192)),
  // RFC 6750 section 2.1: nothing that could end the header.
  token: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(
        /^[\w.~+/-]+=*$/,
        'No token looks like this. Copy it whole, without spaces, quotes or line breaks',
      ),
    ),
  ),
  body: v.exactOptional(v.string()),
  content_type: v.exactOptional(
    v.pipe(v.string(), v.regex(/^[\x20-\x7E]{1,200}$/, 'Expected a media type, like application/json')),
  ),
});

/** Of the whole process: more than anybody waits for at once. */
const mostAtOnce = 16;
let underWay = 0;

/**
 * `POST /requests`: sends a request to an API on this machine and shows the answer as it came, with the headers that a
 * page of another origin could not read. Nothing of it is noted.
 *
 * @param ownPorts - Where the tenant itself listens.
 */
export function serveRequests(router: Router, ownPorts: readonly number[]): void {
  router.post('/requests', ...readJsonBody, async (req: Request, res: Response) => {
    checkLocalCaller(req);
    const { url: text, content_type: contentType, ...request } = readBody(requestSchema, req.body);
    const url = readLoopbackUrl(text);
    checkTarget(url, ownPorts);
    checkRoom();
    const left = new AbortController();
    res.on('close', () => left.abort());
    underWay += 1;
    try {
      res.json(
        await sendToLoopback({
          ...request,
          url,
          ...(contentType !== undefined && { contentType }),
          signal: left.signal,
        }),
      );
    } finally {
      underWay -= 1;
    }
  });
}

/** This machine is that of the tenant. A Dashboard that is open to others does not let them reach what only it can reach. */
function checkLocalCaller(req: Request): void {
  if (isLocalCaller(req)) return;
  throw new ManagementError({
    statusCode: 403,
    message:
      'Only a browser on the machine of the tenant can send requests from here. From yours, use the curl line.',
    errorCode: 'not_local',
  });
}

/** The Dashboard's cookie is for no script, and here one could read it. */
function checkTarget(url: URL, ownPorts: readonly number[]): void {
  if (!isOwnDashboard(url, ownPorts)) return;
  throw new ManagementError({
    statusCode: 400,
    message:
      'This is the Dashboard itself, which is for its page only. Write the URL of your API; the tenant’s own are /userinfo and /api/v2.',
    errorCode: 'own_dashboard',
  });
}

function checkRoom(): void {
  if (underWay < mostAtOnce) return;
  throw new ManagementError({
    statusCode: 429,
    message: `${mostAtOnce} requests already wait for their answers. Send this one when one of them has ended.`,
    errorCode: 'too_many_requests',
  });
}
