import type { IncomingHttpHeaders } from 'node:http';

/** What of a request has its header lines. */
interface Lines {
  /** Names and values by turns, as they were sent. */
  readonly rawHeaders?: readonly string[];
  readonly headers: IncomingHttpHeaders;
}

/**
 * Reads every line of a header. `req.headers` drops a second `Authorization` or `Host` and joins others; it is asked only
 * where there are no raw lines, as on requests that a serverless runtime or a test made up.
 *
 * @param name - In lower case.
 */
export function readLines({ rawHeaders = [], headers }: Lines, name: string): readonly string[] {
  const first = findLine(rawHeaders, name, 0);
  if (first === -1) return Object.hasOwn(headers, name) ? [headers[name] ?? []].flat() : [];
  const lines = [rawHeaders[first + 1] ?? ''];
  let next = findLine(rawHeaders, name, first + 2);
  for (; next !== -1; next = findLine(rawHeaders, name, next + 2)) lines.push(rawHeaders[next + 1] ?? '');
  return lines;
}

/** Where the next line of this name begins, or -1. */
function findLine(rawHeaders: readonly string[], name: string, start: number): number {
  for (let index = start; index + 1 < rawHeaders.length; index += 2) {
    const line = rawHeaders[index];
    if (line?.length === name.length && line.toLowerCase() === name) return index;
  }
  return -1;
}
