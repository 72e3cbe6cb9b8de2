import type { Request } from 'express';
import { decodeJwt } from 'jose';
import type { Site } from '../../site.js';

/**
 * The URL that the proof of a request must name: the one that was asked, by whichever of the tenant's names (`Host` was
 * checked before); or what the metadata call it, where the tenant is reached by another way than it says. The
 * target may be the whole URL (RFC 9112 section 3.2.2): only its path counts.
 */
export function readUrl({ isSecure, issuer }: Site, { headers, baseUrl, path }: Request): string {
  const named = new URL(issuer).origin;
  const asked = `${isSecure ? 'https' : 'http'}://${headers.host}`;
  return `${readOrigin(headers['dpop']) === named ? named : asked}${baseUrl}${path}`;
}

/** What a proof says, before anything of it is checked. */
function readOrigin(proof: string | string[] | undefined): string | undefined {
  try {
    return new URL(String(decodeJwt(String(proof))['htu'])).origin;
  } catch {
    return undefined;
  }
}
