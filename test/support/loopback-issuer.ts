import { once } from 'node:events';
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  claimsText,
  headerText,
  rsaKey,
  segment,
  signRaw,
} from '../../packages/auth0-api-js/test/support/bench.js';

/** An issuer over HTTP on this machine, that can misbehave and sign anything. */
export interface LoopbackIssuer {
  /** For `AUTH0_DOMAIN`. */
  readonly domain: string;
  /** What its tokens have in `iss`. */
  readonly issuer: string;
  /** What its tokens have in `aud`. */
  readonly audience: string;
  /** How many requests it has had. */
  readonly requests: number;
  /** Answers every request like this from now on; well again without. */
  misbehave(answer?: RequestListener): void;
  /** A good token with these claims and header members over the usual ones. */
  token(claims?: Readonly<Record<string, unknown>>, header?: Readonly<Record<string, unknown>>): string;
  /** The text of good claims, with members to add, replace or (undefined) leave out. */
  claims(members?: Readonly<Record<string, unknown>>): string;
  /** A token with a header and a payload exactly as they are given, properly signed. */
  sign(header: string | Uint8Array, payload: string | Uint8Array): string;
  /** The same unsigned: with these characters where the signature belongs. */
  forge(header: string | Uint8Array, payload: string | Uint8Array, signature: string): string;
  close(): Promise<void>;
}

const audience = 'https://my-express-api.example.com';

/** The metadata and keys of a well issuer, as plain data. */
export function issuerDocuments(issuer: string): Readonly<Record<string, unknown>> {
  return {
    '/.well-known/openid-configuration': { issuer, jwks_uri: `${issuer}keys` },
    '/keys': { keys: [rsaKey.publicJwk] },
  };
}

/** Sends JSON. */
export function sendJson(res: ServerResponse, value: unknown, status = 200): void {
  res.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

/** Starts an issuer on a free port. */
export async function createLoopbackIssuer(): Promise<LoopbackIssuer> {
  let requests = 0;
  let answer: RequestListener | undefined;
  const server = createServer((req, res) => {
    requests += 1;
    if (answer !== undefined) answer(req, res);
    else sendJson(res, issuerDocuments(issuer)[req.url ?? ''] ?? null);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const domain = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const issuer = `${domain}/`;
  const claims: LoopbackIssuer['claims'] = (members) =>
    claimsText({ iss: issuer, aud: audience, ...members });

  return {
    domain,
    issuer,
    audience,
    get requests() {
      return requests;
    },
    misbehave: (how) => {
      answer = how;
    },
    token: (members, header) => signRaw(rsaKey, headerText(rsaKey, header), claims(members)),
    claims,
    sign: (header, payload) => signRaw(rsaKey, header, payload),
    forge: (header, payload, signature) => `${segment(header)}.${segment(payload)}.${signature}`,
    close: () => close(server),
  };
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, 'close');
}
