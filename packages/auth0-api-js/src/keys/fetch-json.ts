import { within } from './deadline.js';
import { IssuerFailure } from './issuer-failure.js';

/** What fetches. The global `fetch`, or the application's own. */
export type Fetch = typeof globalThis.fetch;

const mostBytes = 512 * 1024;

/**
 * Fetches a JSON document of the issuer: status 200, no redirect, at most 512 KiB, before the signal fires.
 *
 * @throws IssuerFailure, whatever went wrong.
 */
export async function fetchJson(url: string, fetch: Fetch, signal: AbortSignal): Promise<unknown> {
  try {
    signal.throwIfAborted();
    return JSON.parse(await within(signal, fetchText(url, fetch, signal)));
  } catch (error) {
    throw error instanceof IssuerFailure ? error : describeFailure(url, error);
  }
}

async function fetchText(url: string, fetch: Fetch, signal: AbortSignal): Promise<string> {
  const response = await fetch(url, { signal, redirect: 'manual', headers: { accept: 'application/json' } });
  if (response.status !== 200 || response.redirected) {
    await response.body?.cancel();
    const what = response.redirected ? 'was redirected' : `answered with status ${response.status}`;
    throw new IssuerFailure('issuer_unreachable', url, `${what} instead of 200. Check the domain.`);
  }
  return readText(response, url);
}

async function readText(response: Response, url: string): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > mostBytes)
      throw new IssuerFailure('issuer_unreachable', url, `answered with more than ${mostBytes} bytes.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function describeFailure(url: string, error: unknown): IssuerFailure {
  if (error instanceof SyntaxError) {
    return new IssuerFailure(
      'issuer_unreachable',
      url,
      'answered with something that is not JSON. Check the domain.',
    );
  }
  const detail = errorCode(error) ?? (error instanceof Error ? error.message : 'unknown error');
  const cure =
    detail === 'ENOTFOUND'
      ? 'Check the spelling of the domain (AUTH0_DOMAIN) and the name server.'
      : 'Check the domain (AUTH0_DOMAIN), that the issuer runs, and that this process may reach it.';
  return new IssuerFailure('issuer_unreachable', url, `could not be fetched (${detail}). ${cure}`);
}

/** `fetch` fails with a TypeError that says nothing; the system's code is in its cause. */
function errorCode(error: unknown): string | undefined {
  const cause = error instanceof Error && error.cause !== undefined ? error.cause : error;
  if (typeof cause !== 'object' || cause === null || !('code' in cause)) return undefined;
  return typeof cause.code === 'string' ? cause.code : undefined;
}
