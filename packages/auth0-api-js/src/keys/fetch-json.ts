import { isUint8Array } from 'node:util/types';
import { cureOfContent, cureOfFailure, cureOfStatus } from './failure-cures.js';
import { readRetryAfterSeconds } from './freshness.js';
import { IssuerFailure } from './issuer-failure.js';
import { within } from './within.js';

/** What fetches. The global `fetch`, or the application's own. */
export type Fetch = typeof globalThis.fetch;

/** How a document is fetched. */
export interface FetchSettings {
  readonly fetch: Fetch;
  /** The longest body that is read, in bytes, after decompression. */
  readonly maxBytes: number;
  /** Ends the wait, for headers and body together. */
  readonly signal: AbortSignal;
}

/** A JSON document, and the headers it came with. */
export interface FetchedJson {
  readonly value: unknown;
  readonly headers: Headers;
}

/**
 * Fetches a JSON document of the issuer: status 200, no redirect, a bounded body, before the signal fires. Whether its
 * content type says JSON does not matter. A connection that breaks is tried once more: it may have been an idle one that
 * the issuer had closed.
 *
 * @throws IssuerFailure, whatever went wrong.
 */
export async function fetchJson(url: string, settings: FetchSettings): Promise<FetchedJson> {
  const { signal } = settings;
  const attempt = async (): Promise<FetchedJson> => {
    signal.throwIfAborted();
    return within(signal, fetchOnce(url, settings));
  };
  try {
    return await attempt().catch(async (error: unknown) => {
      if (!isBrokenConnection(error)) throw error;
      return attempt();
    });
  } catch (error) {
    throw error instanceof IssuerFailure ? error : describeFailure(url, error);
  }
}

async function fetchOnce(url: string, { fetch, maxBytes, signal }: FetchSettings): Promise<FetchedJson> {
  const response = await fetch(url, { signal, redirect: 'manual', headers: { accept: 'application/json' } });
  if (response.status !== 200 || response.redirected) {
    // Whether its body can be thrown away does not matter.
    response.body?.cancel().catch(() => {});
    throw describeStatus(url, response);
  }
  const text = await readText(response, url, maxBytes);
  return { value: JSON.parse(text), headers: new Headers(response.headers) };
}

function describeStatus(url: string, { status, redirected, headers }: Response): IssuerFailure {
  const what = redirected ? 'was redirected' : `answered with status ${status}`;
  const retryAfterSeconds =
    status === 429 || status === 503 ? readRetryAfterSeconds(new Headers(headers)) : undefined;
  const cure = cureOfStatus(redirected ? 302 : status);
  return new IssuerFailure('issuer_unreachable', url, `${what} instead of 200. ${cure}`, {
    isMissing: status === 404,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
  });
}

async function readText(response: Response, url: string, maxBytes: number): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    // What has no length would never be too long.
    if (!isUint8Array(chunk)) throw new TypeError('its body is not made of bytes');
    bytes += chunk.byteLength;
    if (bytes > maxBytes)
      throw new IssuerFailure('issuer_unreachable', url, `answered with more than ${maxBytes} bytes.`);
    chunks.push(chunk);
  }
  // A decoder drops the mark that some servers put before UTF-8, as `response.json()` does.
  return new TextDecoder().decode(Buffer.concat(chunks));
}

function describeFailure(url: string, error: unknown): IssuerFailure {
  if (error instanceof SyntaxError) {
    return new IssuerFailure(
      'issuer_unreachable',
      url,
      `answered with something that is not JSON. ${cureOfContent}`,
    );
  }
  const detail = errorCode(error) ?? (error instanceof Error ? error.message : 'unknown error');
  return new IssuerFailure(
    'issuer_unreachable',
    url,
    `could not be fetched (${detail}). ${cureOfFailure(detail)}`,
  );
}

const brokenConnectionCodes: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  // A connection that was not to be used again ends before the body does.
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

function isBrokenConnection(error: unknown): boolean {
  return brokenConnectionCodes.has(errorCode(error) ?? '');
}

/** `fetch` fails with a TypeError that says nothing; the system's code is in its cause. */
function errorCode(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}
