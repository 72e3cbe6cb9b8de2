import { request, type RequestOptions } from 'node:https';
import { once } from 'node:events';
import type { AddressInfo, Server } from 'node:net';
import { text } from 'node:stream/consumers';
import type { IncomingMessage } from 'node:http';

/** Begins to listen on a free port of this machine, and answers with it. */
export async function listenOnLoopback(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Sends a GET over TLS, whoever the server is, and answers with the body. */
export async function askOverTls(port: number, options: RequestOptions = {}): Promise<string> {
  const sent = request({ host: '127.0.0.1', port, rejectUnauthorized: false, agent: false, ...options });
  sent.end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return text(response);
}
