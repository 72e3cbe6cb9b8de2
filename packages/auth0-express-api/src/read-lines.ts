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
  const lines: string[] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const line = rawHeaders[index];
    if (line?.length === name.length && line.toLowerCase() === name) lines.push(rawHeaders[index + 1] ?? '');
  }
  return lines.length > 0 || !Object.hasOwn(headers, name) ? lines : [headers[name] ?? []].flat();
}
