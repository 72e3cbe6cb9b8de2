import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';

/** A response as it came. */
export interface Reply {
  readonly status: number;
  /** Names in lower case; what comes with every response of Node.js or with the date is left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What a request has beyond its path; a list of values means one header line for each. */
export interface Question {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
}

const ordinary: ReadonlySet<string> = new Set(['connection', 'date', 'etag', 'keep-alive', 'x-powered-by']);

/** Sends a request to this machine and reads the whole response. */
export async function ask(port: number, path: string, question: Question = {}): Promise<Reply> {
  const { method = 'GET', token, headers = {} } = question;
  const outgoing = request({ port, path, method, host: 'localhost' });
  if (token !== undefined) outgoing.setHeader('authorization', `Bearer ${token}`);
  for (const [name, value] of Object.entries(headers)) outgoing.setHeader(name, value);
  outgoing.end();
  const [response] = (await once(outgoing, 'response')) as [IncomingMessage];
  return { status: response.statusCode ?? 0, headers: readHeaders(response), body: await text(response) };
}

/** Every header line counts: two of one name show as one value with a line end between them. */
function readHeaders(response: IncomingMessage): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const [name, values = []] of Object.entries(response.headersDistinct)) {
    if (!ordinary.has(name)) headers[name] = values.join('\n');
  }
  return headers;
}
