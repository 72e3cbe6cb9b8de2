import { constants } from 'node:crypto';
import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener, type Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answerClientError } from './answer-client-error.js';
import type { ServerIdentity } from './tls/certificate-authority.js';

/** Cookies know no ports: those of all applications of this host come along. Node.js takes 16 KiB by itself. */
const maxHeaderSize = 64 * 1024;

/** One port, on one or more addresses. */
export interface Listener {
  readonly port: number;
  /** Serves requests from now on, and those that have come in meanwhile: until then they wait. */
  serve(handler: RequestListener): void;
  close(): Promise<void>;
}

/** How a port is listened on. */
export interface ListenSetup {
  /** What it speaks TLS with; plain HTTP without. */
  readonly identity?: ServerIdentity;
  /** Whether clients are asked for a certificate, which none must have. Asked for each connection; never by default. */
  readonly isCertificateWanted?: () => boolean;
  /** The option that names the port. */
  readonly option: string;
}

/** A port cannot be listened on; the message says what to do. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

/**
 * Listens on a port of every host, the same on each.
 *
 * @param port - 0 takes a free one.
 * @param setup - Speaks TLS with the identity; plain HTTP without.
 * @throws ListenError: the port is taken or forbidden. An address family this machine does not have is left out.
 */
export async function listen(hosts: readonly string[], port: number, setup: ListenSetup): Promise<Listener> {
  const { option } = setup;
  const servers: Server[] = [];
  let serve = (_handler: RequestListener): void => {};
  const served = new Promise<RequestListener>((resolve) => (serve = resolve));
  const handle: RequestListener = (req, res) => void served.then((handler) => handler(req, res));
  let chosen = port;
  for (const host of hosts) {
    const server = createServer(setup, handle);
    server.on('clientError', answerClientError);
    try {
      server.listen({ host, port: chosen, exclusive: true });
      await once(server, 'listening');
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') {
        if (servers.length > 0 || hosts.length > 1) continue;
      }
      await closeAll(servers);
      // Another address of a free port may be somebody else's: then another port is as good.
      if (port === 0 && code === 'EADDRINUSE') return listen(hosts, 0, setup);
      throw explain(error as NodeJS.ErrnoException, { host, port: chosen, option });
    }
    chosen = (server.address() as AddressInfo).port;
    servers.push(server);
  }
  return {
    port: chosen,
    serve,
    close: () => closeAll(servers),
  };
}

function createServer(
  { identity, isCertificateWanted = () => false }: ListenSetup,
  handle: RequestListener,
): Server {
  if (identity === undefined) return createHttpServer({ maxHeaderSize }, handle);
  // Any certificate does: whoever has its key has shown that, and nothing else is asked of it (RFC 8705 section 3).
  // Nobody is asked for one in a session that is resumed, so none is: without tickets a client has nothing to resume with.
  const secureOptions = constants.SSL_OP_NO_TICKET;
  const options = { ...identity, maxHeaderSize, rejectUnauthorized: false, secureOptions };
  const server = createHttpsServer(options, handle);
  // Node.js reads the member for each connection, though its documentation has it as an option only.
  server.prependListener('connection', () => Object.assign(server, { requestCert: isCertificateWanted() }));
  return server;
}

async function closeAll(servers: readonly Server[]): Promise<void> {
  await Promise.all(
    servers.map(async (server) => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    }),
  );
}

function explain(
  error: NodeJS.ErrnoException,
  { host, port, option }: { host: string; port: number; option: string },
): Error {
  const { code } = error;
  if (code === 'EADDRINUSE') {
    return new ListenError(
      `Port ${port} is taken. Choose another with ${option}, like ${option} ${port + 1}.`,
    );
  }
  if (code === 'EACCES') {
    return new ListenError(
      `Port ${port} needs more rights. Choose one above 1023 with ${option}, like ${option} 8080.`,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') {
    return new ListenError(
      `This machine has no address ${host}. Choose another with --host, like --host 127.0.0.1.`,
    );
  }
  return error;
}
