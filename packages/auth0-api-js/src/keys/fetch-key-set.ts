import { fetchJson } from './fetch-json.js';
import { fetchKeysUrl, type MetadataRequest } from './fetch-metadata.js';
import { readFreshSeconds, type FreshnessBounds } from './freshness.js';
import type { VerificationKey } from './import-key.js';
import { IssuerFailure } from './issuer-failure.js';
import { readKeySet, type KeySet } from './key-set.js';

/** What it takes to ask an issuer for its keys. One signal ends the whole of it. */
export interface KeySetRequest extends MetadataRequest, FreshnessBounds {
  /** Where the keys are, if the application says so; else the issuer's metadata says it. */
  readonly jwksUri: string | undefined;
  readonly maxKeys: number;
  /** The keys of the answer before. */
  readonly known: readonly VerificationKey[];
  readonly onSkip: (index: number, why: string) => void;
}

/** Keys from the network, and how long they are good for. */
export interface FetchedKeySet {
  readonly keySet: KeySet;
  readonly freshSeconds: number;
}

/**
 * Asks an issuer for its keys (RFC 7517 section 5).
 *
 * @throws IssuerFailure
 */
export async function fetchKeySet(request: KeySetRequest): Promise<FetchedKeySet> {
  const keysUrl = request.jwksUri ?? (await fetchKeysUrl(request));
  const { value, headers } = await fetchJson(keysUrl, request);
  const keySet = readKeySet(value, request.maxKeys, request.onSkip, request.known);
  if (keySet !== undefined) return { keySet, freshSeconds: readFreshSeconds(headers, request) };
  throw new IssuerFailure(
    'issuer_keys_invalid',
    keysUrl,
    `holds no key that can be used. It must be a JWK Set with 1 to ${request.maxKeys} public signature keys.`,
  );
}
