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

/** What a request has beyond its path. */
export interface Question {
  readonly method?: string;
  readonly token?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

const ordinary: ReadonlySet<string> = new Set(['connection', 'date', 'etag', 'keep-alive', 'x-powered-by']);

/** Sends a request to this machine and reads the whole response. */
export async function ask(port: number, path: string, question: Question = {}): Promise<Reply> {
  const { method = 'GET', token, headers, body } = question;
  const authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const outgoing = request({
    port,
    path,
    method,
    host: 'localhost',
    headers: { ...authorization, ...headers },
  });
  outgoing.end(body);
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
