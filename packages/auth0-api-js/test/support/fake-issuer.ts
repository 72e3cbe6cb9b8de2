import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';

/** The algorithm of its keys: the cheapest to import. */
export const alg = 'Ed25519';

/** All the keys it ever has. */
export const keyPool: readonly TestKey[] = Array.from({ length: 5 }, () => createTestKey(alg));

/** How it answers. */
export interface Mood {
  readonly kind: 'good' | 'down' | 'html' | 'empty' | 'status';
  /** The `max-age` of a good answer, in seconds. */
  readonly maxAge?: number;
  readonly status?: number;
  /** What comes with a status, in seconds. */
  readonly retryAfter?: number;
  /** How long it takes to answer; infinite where it never does. In seconds. */
  readonly delay: number;
}

/** An issuer without a socket, whose keys and mood can change. What it will say is settled as it is asked. */
export class FakeIssuer {
  readonly issuer = 'https://issuer.test/';
  readonly jwksUri = `${this.issuer}keys`;
  mood: Mood = { kind: 'good', delay: 0 };
  /** The places in the pool of the keys it publishes. */
  published: readonly number[] = [0];
  requests = 0;
  /** The place of what it was asked for first, and what it does about it. */
  readonly #firstUrl: string;
  #answer: { readonly mood: Mood; readonly keys: readonly object[] } | undefined;

  constructor({ hasMetadata }: { readonly hasMetadata: boolean }) {
    this.#firstUrl = hasMetadata ? `${this.issuer}.well-known/openid-configuration` : this.jwksUri;
  }

  readonly fetch = (async (input) => {
    this.requests += 1;
    const url = input instanceof Request ? input.url : String(input);
    if (url !== this.#firstUrl) return this.#publish();
    this.#answer = { mood: this.mood, keys: this.published.map((at) => keyPool[at]?.publicJwk ?? {}) };
    const { kind, status = 500, retryAfter, delay } = this.mood;
    if (delay > 0)
      await new Promise((resolve) => Number.isFinite(delay) && setTimeout(resolve, delay * 1000));
    if (kind === 'down') throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    if (kind === 'html') return new Response('<html></html>');
    if (kind === 'status')
      return new Response('', {
        status,
        headers: retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` },
      });
    if (url === this.jwksUri) return this.#publish();
    return Response.json({ issuer: this.issuer, jwks_uri: this.jwksUri });
  }) satisfies typeof globalThis.fetch;

  #publish(): Response {
    const { mood, keys } = this.#answer ?? { mood: this.mood, keys: [] };
    const headers = mood.maxAge === undefined ? {} : { 'cache-control': `max-age=${mood.maxAge}` };
    return Response.json({ keys: mood.kind === 'empty' ? [] : keys }, { headers });
  }
}
