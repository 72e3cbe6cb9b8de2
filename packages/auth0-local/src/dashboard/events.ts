import type { Request, Response, Router } from 'express';
import type { TenantLog } from '../log/tenant-log.js';
import { ManagementError } from '../management/management-error.js';
import type { Site } from '../site.js';
import { EventStream, eventStreamHeaders } from './event-stream.js';

const partSize = 500;
const mostUnread = 1024 * 1024;
/** More than anybody has windows open. */
const mostStreams = 64;

/**
 * `GET /events`: the tenant's log as it happens. First what is kept, the newest first, in `backlog` events; then
 * `caught-up`; then each event as an `entry`. To a page that comes back with `Last-Event-ID` (or `?after=`) goes what it
 * has missed, as entries; or `reset` and everything, if that event is not kept any more.
 *
 * @param heartbeatMs - How often the connection shows that it is up.
 */
export function serveEvents(router: Router, { tenant: { log } }: Site, heartbeatMs = 15_000): void {
  let open = 0;
  // Express takes it for a GET, whose answer would have no end.
  router.head('/events', (_req, res) => {
    res.writeHead(200, eventStreamHeaders).end();
  });
  router.get('/events', async (req: Request, res: Response) => {
    if (open >= mostStreams) throw tooManyStreams();
    open += 1;
    const stream = new EventStream(res);
    stream.onEnd(() => (open -= 1));
    const after = readLastEventId(req);
    const isKnown = after !== undefined && log.listAfter(after, 0) !== undefined;
    if (after !== undefined && !isKnown) stream.send({ type: 'reset', data: {} });
    await follow(stream, log, { last: isKnown ? after : await sendBacklog(stream, log), heartbeatMs });
  });
}

function tooManyStreams(): ManagementError {
  return new ManagementError({
    statusCode: 503,
    message: `More than ${mostStreams} windows follow the log. Close some; this one tries again.`,
    errorCode: 'too_many_streams',
  });
}

/** The header is newer than the address, which a browser repeats whenever it comes back. */
function readLastEventId(req: Request): string | undefined {
  const after = req.get('last-event-id') ?? req.query['after'];
  return typeof after === 'string' && after !== '' ? after : undefined;
}

/** @returns The id of the newest event; none if there is no event. */
async function sendBacklog(stream: EventStream, log: TenantLog): Promise<string | undefined> {
  let newest: string | undefined;
  let part = log.listBefore(undefined, partSize);
  while (part.length > 0) {
    newest ??= part[0]?.log_id;
    stream.send({ type: 'backlog', data: part });
    if (!(await stream.isReady())) break;
    part = log.listBefore(part.at(-1)?.log_id, partSize);
  }
  return newest;
}

interface Position {
  /** The newest event that was sent. */
  last: string | undefined;
  readonly heartbeatMs: number;
}

/** Sends what is newer than the last event, now and from now on. */
async function follow(stream: EventStream, log: TenantLog, position: Position): Promise<void> {
  for (;;) {
    if (!(await stream.isReady())) return;
    const entries = log.listAfter(position.last, partSize);
    // The tenant was reset meanwhile: the page comes back, and hears of it.
    if (entries === undefined) return stream.end();
    if (entries.length === 0) break;
    for (const entry of entries) stream.send({ type: 'entry', data: entry, id: entry.log_id });
    position.last = entries.at(-1)?.log_id;
  }
  // Nothing can happen between the last look and this: there was nothing to wait for.
  stream.send({ type: 'caught-up', data: {}, id: position.last });
  goLive(stream, log, position);
}

function goLive(stream: EventStream, log: TenantLog, position: Position): void {
  const isReset = (): boolean => log.listAfter(position.last, 0) === undefined;
  const stop = log.follow((entry) => {
    // The first event of a tenant that was reset says nothing of the old ones: the page comes back, and hears of it.
    if (isReset()) {
      stream.end();
      return;
    }
    stream.send({ type: 'entry', data: entry, id: entry.log_id });
    position.last = entry.log_id;
    // A page that does not read would fill the memory.
    if (stream.backlog > mostUnread) stream.end();
  });
  const heartbeat = setInterval(() => {
    if (isReset()) stream.end();
    else stream.sendHeartbeat();
  }, position.heartbeatMs).unref();
  stream.onEnd(() => {
    stop();
    clearInterval(heartbeat);
  });
}
