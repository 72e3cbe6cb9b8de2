import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { CommandError } from '../command-line/command-error.js';

const timeoutMs = 5 * 60 * 1000;

/**
 * Waits for a browser to come back from the login.
 *
 * @param ready - Called once it can.
 * @returns The code.
 * @throws CommandError: the login failed or took too long, or the port is taken.
 */
export async function waitForCallback(
  { callback, state }: { readonly callback: string; readonly state: string },
  ready: () => void,
): Promise<string> {
  const { port, hostname } = new URL(callback);
  const server = createServer();
  try {
    await listen(server, Number(port), hostname);
    ready();
    return await readCode(server, state);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

async function listen(server: Server, port: number, hostname: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new CommandError(`The browser is to come back to port ${port}, which is taken (${error.code})`)),
    );
    server.listen(port, hostname, resolve);
  });
}

async function readCode(server: Server, state: string): Promise<string> {
  return new Promise<string>((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new CommandError('Nobody has logged in for five minutes')),
      timeoutMs,
    );
    server.on('request', (req: IncomingMessage, res: ServerResponse) => {
      const { pathname, searchParams } = new URL(req.url ?? '/', 'http://localhost');
      // Anything else that finds the port, a page in another tab or a request for an icon, ends nothing.
      if (pathname !== '/' || searchParams.get('state') !== state) {
        respond(res, 404, 'This is not the end of a login.');
        return;
      }
      clearTimeout(timer);
      const code = searchParams.get('code');
      res.on('finish', () => {
        if (code !== null) resolve(code);
        else reject(new CommandError(`The login failed: ${describeError(searchParams)}`));
      });
      if (code === null) respond(res, 400, 'The login failed. The command says why.');
      else respond(res, 200, 'You are logged in. You can close this page.');
    });
  });
}

function describeError(parameters: URLSearchParams): string {
  return parameters.get('error_description') ?? parameters.get('error') ?? 'there is no code';
}

function respond(res: ServerResponse, status: number, text: string): void {
  res.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'cache-control': 'no-store',
    connection: 'close',
  });
  res.end(`${text}\n`);
}
