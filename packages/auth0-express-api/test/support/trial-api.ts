import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';
import { createAuth0Api, type Auth0ApiEvent, type Auth0ApiOptions } from '@auth0/auth0-express-api';
import { createTestIssuer, type TestIssuer } from '@auth0/auth0-api-js/testing';
import express, { type Express } from 'express';
import { afterEach } from 'vitest';

/** An API on a real port, its issuer, and what it was told. */
export interface TrialApi {
  readonly app: Express;
  readonly issuer: TestIssuer;
  readonly events: Auth0ApiEvent[];
  readonly port: number;
  /** Sends a request with a token. */
  get(path: string, token?: string): Promise<Response>;
  /** Sends header lines as they are, and returns the whole response as text. */
  raw(path: string, headerLines: readonly string[], method?: string): Promise<string>;
}

const servers: Server[] = [];
const sharedIssuer = createTestIssuer();

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

/** Starts an API; add routes to `app` before the first request. */
export async function startTrialApi(
  options: Partial<Auth0ApiOptions> = {},
  given?: TestIssuer,
): Promise<TrialApi> {
  const issuer = given ?? (await sharedIssuer);
  const events: Auth0ApiEvent[] = [];
  const app = express();
  const { domain, audience, fetch: customFetch } = issuer;
  app.use(
    createAuth0Api({ domain, audience, customFetch, onEvent: (event) => events.push(event), ...options }),
  );
  const server = app.listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  return {
    app,
    issuer,
    events,
    port,
    get: (path, token) =>
      fetch(`${url}${path}`, token === undefined ? {} : { headers: { authorization: `Bearer ${token}` } }),
    raw: (path, headerLines, method = 'GET') =>
      sendRaw(
        port,
        [`${method} ${path} HTTP/1.1`, 'Host: localhost', 'Connection: close', ...headerLines, '', ''].join(
          '\r\n',
        ),
      ),
  };
}

/** Sends a text as it is, and returns the whole response as text. The request must ask for the connection to be closed. */
export function sendRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    connect(port, '127.0.0.1')
      .on('data', (chunk) => chunks.push(chunk))
      .on('error', reject)
      .on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
      // The server closes. A client that says first that it is done gets no answer to what takes a moment.
      .write(Buffer.from(text, 'latin1'));
  });
}

/** What a test compares of a response. */
export async function summarise(response: Response): Promise<unknown[]> {
  const { headers } = response;
  return [
    response.status,
    headers.get('www-authenticate'),
    headers.get('cache-control'),
    headers.get('content-type'),
    await response.text(),
  ];
}

export const json = 'application/json; charset=utf-8';

/** The body of a refusal. */
export function bodyOf(error: string, description: string): string {
  return JSON.stringify({ error, error_description: description });
}
