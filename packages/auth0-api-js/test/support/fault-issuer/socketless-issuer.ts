import { createTestKey, type TestKey } from '../../../src/testing/create-test-key.js';
import { claimsText, headerText, issuer, signRaw } from '../bench.js';

/** An issuer without a socket, for tests that stop time. It counts what it is asked, and what it answers wrongly. */
export class SocketlessIssuer {
  readonly issuer = issuer;
  readonly origin = issuer.slice(0, -1);
  keys: readonly TestKey[] = [createTestKey('Ed25519')];
  /** The headers of a good key set. */
  headers: Readonly<Record<string, string>> = {};
  /** What it answers instead, if anything. */
  fault: ((url: string) => Response | Promise<Response>) | undefined;
  requests = 0;
  /** How often it was asked for its keys, and gave some. */
  keyRequests = 0;
  injected = 0;

  readonly fetch: typeof globalThis.fetch = async (input) => {
    const url = input instanceof Request ? input.url : String(input);
    this.requests += 1;
    if (this.fault !== undefined) {
      this.injected += 1;
      return this.fault(url);
    }
    if (url === `${issuer}.well-known/openid-configuration`)
      return Response.json({ issuer, jwks_uri: `${issuer}keys` });
    if (url !== `${issuer}keys`) return Response.json({}, { status: 404 });
    this.keyRequests += 1;
    return this.publish();
  };

  /** The key set as it is now. */
  publish(keys: readonly TestKey[] = this.keys): Response {
    return Response.json({ keys: keys.map(({ publicJwk }) => publicJwk) }, { headers: this.headers });
  }

  /** A token that is good for a day, signed with its first key. */
  token(claims: Readonly<Record<string, unknown>> = {}, key = this.keys[0]): string {
    if (key === undefined) throw new Error('The issuer has no key to sign with.');
    const exp = Math.floor(Date.now() / 1000) + 86_400;
    return signRaw(key, headerText(key), claimsText({ exp, ...claims }));
  }
}

/** What a `fetch` fails with where nobody listens. */
export function refuseConnection(): never {
  throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
}
