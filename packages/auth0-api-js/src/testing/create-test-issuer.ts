import type { Fetch } from '../keys/fetch-json.js';
import { readDomain } from '../read-domain.js';
import { readOptions } from '../read-options.js';
import { badTokens, type BadTokenName } from './bad-tokens.js';
import type { DpopClient } from './create-dpop-client.js';
import { findByName } from './find-by-name.js';
import { listen, type Listener } from './listen.js';
import { accessTokenClaims, mintToken, type TokenClaims } from './mint-token.js';
import { keysPath, respondAsIssuer, type IssuerResponse } from './respond-as-issuer.js';
import { createTestKey, type PublicJwk, type TestKey } from './create-test-key.js';

/** How a test issuer is made. */
export interface TestIssuerOptions {
  /** The host it pretends to be, `issuer.test` by default. With a listener it is the listener's. */
  domain?: string;
  /** The audience its tokens have unless told otherwise; `https://api.example.com` by default. */
  audience?: string;
  /** What it signs with, `RS256` by default. */
  algorithm?: string;
  /** How long its tokens are good for, in seconds; 3600 by default. */
  lifetimeSeconds?: number;
  /** Also serves its documents over HTTP on 127.0.0.1: on this port, or on a free one with 0. */
  port?: number;
}

/** An issuer in the process of a test. */
export interface TestIssuer {
  /** For the `domain` option, or `AUTH0_DOMAIN`. */
  readonly domain: string;
  /** What its tokens have in `iss`. */
  readonly issuer: string;
  /** What its tokens have in `aud`; for the `audience` option, or `AUTH0_AUDIENCE`. */
  readonly audience: string;
  /** For the `customFetch` option: answers for this issuer, without a socket, and fails for every other address. */
  readonly fetch: Fetch;
  /** The keys it publishes at the moment. */
  readonly keys: readonly PublicJwk[];
  /** How often its key set was asked for. */
  readonly keyRequests: number;
  /** A good access token with these claims over the usual ones; a claim that is `undefined` is left out. */
  readonly accessToken: (claims?: TokenClaims, header?: Readonly<Record<string, unknown>>) => string;
  /** A good access token that only this client can use: with `cnf.jkt`, the thumbprint of its key. */
  readonly boundToken: (client: Pick<DpopClient, 'thumbprint'>, claims?: TokenClaims) => string;
  /** A token that must be refused, by the name of what is wrong with it. */
  readonly badToken: (name: BadTokenName, claims?: TokenClaims) => string;
  /** Signs with a new key from now on. The old one stays published unless it is dropped. */
  readonly rotateKeys: (options?: { dropOld?: boolean }) => void;
  /** Answers nothing but 503 while it is down. */
  readonly setDown: (isDown: boolean) => void;
  /** Stops listening, if it does. */
  readonly close: () => Promise<void>;
}

const optionNames = ['domain', 'audience', 'algorithm', 'lifetimeSeconds', 'port'] as const;

/**
 * Creates an issuer for tests: real keys, real tokens, real documents, and no network unless a port is asked for.
 *
 * For tests and local trials only: whoever has the object can sign anything.
 */
export async function createTestIssuer(options: TestIssuerOptions = {}): Promise<TestIssuer> {
  const {
    domain: host = 'issuer.test',
    audience = 'https://api.example.com',
    algorithm = 'RS256',
    lifetimeSeconds = 3600,
    port,
  } = readOptions(options, optionNames, 'createTestIssuer');

  let key: TestKey = createTestKey(algorithm);
  let keys: readonly PublicJwk[] = [key.publicJwk];
  let keyRequests = 0;
  let isDown = false;
  let closed: Promise<void> | undefined;

  const respondTo = (pathname: string): IssuerResponse => {
    if (pathname === keysPath) keyRequests += 1;
    return isDown ? { status: 503, body: { error: 'down' } } : respondAsIssuer(pathname, { issuer, keys });
  };
  const listener: Listener | undefined = port === undefined ? undefined : await listen(port, respondTo);
  const domain = listener === undefined ? host : `http://localhost:${listener.port}`;
  const issuer = listener === undefined ? readDomain(host) : `${domain}/`;
  const defaults = { issuer, audience, lifetimeSeconds };

  return {
    domain,
    issuer,
    audience,
    fetch: async (input, init) => {
      init?.signal?.throwIfAborted();
      const url = new URL(input instanceof Request ? input.url : input);
      if (`${url.origin}/` !== issuer)
        throw new TypeError(`The test issuer answers for ${issuer} only, not for ${url.origin}/`);
      const { status, body } = respondTo(url.pathname);
      return Response.json(body, { status });
    },
    get keys() {
      return keys;
    },
    get keyRequests() {
      return keyRequests;
    },
    accessToken: (claims = {}, header = {}) =>
      mintToken(key, { claims: accessTokenClaims(defaults, claims), header }),
    boundToken: ({ thumbprint: jkt }, claims = {}) =>
      mintToken(key, { claims: accessTokenClaims(defaults, { cnf: { jkt }, ...claims }) }),
    badToken: (name, claims = {}) => findByName(badTokens, name, 'bad token').mint({ key, defaults, claims }),
    rotateKeys: (given = {}) => {
      const { dropOld = false } = readOptions(given, ['dropOld'], 'rotateKeys');
      key = createTestKey(algorithm);
      keys = dropOld ? [key.publicJwk] : [...keys, key.publicJwk];
    },
    setDown: (down) => {
      isDown = down;
    },
    close: () => (closed ??= listener?.close() ?? Promise.resolve()),
  };
}
