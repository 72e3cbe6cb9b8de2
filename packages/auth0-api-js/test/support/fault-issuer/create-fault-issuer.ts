import { once } from 'node:events';
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { createTestKey, type TestKey } from '../../../src/testing/create-test-key.js';
import { claimsText, headerText, signRaw } from '../bench.js';
import { onCleanUp } from './clean-up.js';

/** A request that is answered wrongly. */
export interface Exchange {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  /** What an issuer that is well would answer. */
  readonly document: unknown;
}

/** What goes wrong with an answer. */
export type Fault = (exchange: Exchange) => void;

/** When it goes wrong. */
export interface FaultScope {
  /** The paths it is for; all by default. */
  readonly at?: RegExp;
  /** How often; without end by default. */
  readonly times?: number;
}

/** The paths of the documents. */
export const metadataPath = /\/\.well-known\/openid-configuration$/;
export const keysPath = /\/keys$/;

/** The algorithm of its keys: the cheapest one. */
export const algorithms: readonly string[] = ['Ed25519'];

/** An issuer on this machine that can misbehave. It counts what it is asked, and what it has answered wrongly. */
export interface FaultIssuer {
  /** Where it is, without a slash at the end. */
  readonly origin: string;
  readonly issuer: string;
  /** What it publishes. */
  keys: readonly TestKey[];
  /** The paths it was asked for. */
  readonly requests: string[];
  /** How many faults there were. */
  readonly injected: number;
  /** How many of those are over: the answer was complete, or one side has hung up. */
  readonly ended: number;
  /** How many connections were made to it. */
  readonly connections: number;
  readonly openConnections: number;
  /** All bytes that it has given to the network so far. */
  readonly bytesSent: number;
  /** Answers like this from now on; well again without. */
  misbehave(fault?: Fault, scope?: FaultScope): void;
  /** A token that is good for a day, signed with its first key. */
  token(claims?: Readonly<Record<string, unknown>>, key?: TestKey): string;
  readonly close: () => Promise<void>;
}

/** How it is made. */
export interface FaultIssuerOptions {
  /** Speaks TLS with these, and calls itself `localhost`. */
  readonly tls?: ServerOptions;
  /** A port that was free a moment ago. */
  readonly port?: number;
}

/**
 * Starts it. Below each path there is another issuer of the same keys: the one at `/a/` has its metadata at
 * `/a/.well-known/openid-configuration` and its keys at `/a/keys`. It ends with the test.
 */
export async function createFaultIssuer({ tls, port = 0 }: FaultIssuerOptions = {}): Promise<FaultIssuer> {
  const sockets = new Set<Socket>();
  let connections = 0;
  let bytesOfThePast = 0;
  let injected = 0;
  let ended = 0;
  let fault: Fault | undefined;
  let scope: FaultScope = {};

  const answer: RequestListener = (req, res) => {
    const path = req.url ?? '';
    issuer.requests.push(path);
    const document = documentAt(path);
    const isDue = injected < (scope.times ?? Infinity) && (scope.at?.test(path) ?? true);
    if (fault === undefined || !isDue) {
      res.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
      res.end(JSON.stringify(document ?? {}));
      return;
    }
    injected += 1;
    res.once('close', () => (ended += 1));
    fault({ req, res, document });
  };
  const documentAt = (path: string): unknown => {
    if (keysPath.test(path)) return { keys: issuer.keys.map(({ publicJwk }) => publicJwk) };
    const named = `${issuer.origin}${path.replace(metadataPath, '/')}`;
    return metadataPath.test(path) ? { issuer: named, jwks_uri: `${named}keys` } : undefined;
  };

  const server = tls === undefined ? createServer(answer) : createTlsServer(tls, answer);
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => {
      sockets.delete(socket);
      bytesOfThePast += socket.bytesWritten;
    });
  });
  // A client that breaks a connection off is what many of these tests are about.
  server.on('clientError', (_error, socket) => socket.destroy());
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const place = `${(server.address() as AddressInfo).port}`;
  const origin = tls === undefined ? `http://127.0.0.1:${place}` : `https://localhost:${place}`;

  const issuer: FaultIssuer = {
    origin,
    issuer: `${origin}/`,
    keys: [createTestKey('Ed25519')],
    requests: [],
    get injected() {
      return injected;
    },
    get ended() {
      return ended;
    },
    get connections() {
      return connections;
    },
    get openConnections() {
      return sockets.size;
    },
    get bytesSent() {
      return [...sockets].reduce((sum, { bytesWritten }) => sum + bytesWritten, bytesOfThePast);
    },
    misbehave: (wrongly, when = {}) => {
      fault = wrongly;
      scope = { ...when, ...(when.times !== undefined && { times: injected + when.times }) };
    },
    token: (claims = {}, key = issuer.keys[0]) => {
      if (key === undefined) throw new Error('The issuer has no key to sign with.');
      const exp = Math.floor(Date.now() / 1000) + 86_400;
      return signRaw(key, headerText(key), claimsText({ iss: issuer.issuer, exp, ...claims }));
    },
    close: async () => {
      if (!server.listening) return;
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
  onCleanUp(issuer.close);
  return issuer;
}
