import type { Request } from 'express';
import type { LogEntry, LogInput } from '../log/tenant-log.js';
import type { Site } from '../site.js';
import { isForeignPage } from './is-foreign-page.js';

/**
 * Writes to the tenant's log what came of a request. A page that has nothing to do with the tenant can make any request
 * without reading the answer: it must not choose what people paste into a terminal, nor push out what they did.
 *
 * @param hasSafeFix - That the command is the same, or refused, whatever the request names.
 * @returns Nothing where such a page has written too much.
 */
export function logRequest(
  site: Site,
  req: Request,
  input: LogInput,
  { hasSafeFix = false }: { readonly hasSafeFix?: boolean } = {},
): LogEntry | undefined {
  const { fix, ...event } = { ...(req.ip !== undefined && { ip: req.ip }), ...input };
  const { log } = site.tenant;
  const isForeign = isForeignPage(site, req);
  const isShown = fix !== undefined && (!isForeign || hasSafeFix);
  const shown = { ...event, ...(isShown && { fix }) };
  return isForeign ? log.writeForeign(shown) : log.write(shown);
}
