import type { Verifier } from '../verify/access-token.js';
import { takeClaims } from '../verify/clone-claims.js';
import { memberOf, type JsonObject } from '../verify/read-json-object.js';
import { readJsonSegment } from '../verify/read-json-segment.js';
import { longestToken } from '../verify/split-jws.js';
import type { TokenPolicy } from '../verify/token-policy.js';
import type { TrustedIssuer } from '../verify/trusted-issuers.js';

/** What the checks of an explanation are described from. Nothing of the token in it is verified. */
export interface Evidence {
  readonly text: string;
  /** The token's header, if it could be read. */
  readonly header: JsonObject | undefined;
  /** The token's claims, if they could be read. */
  readonly claims: JsonObject | undefined;
  readonly verifier: Verifier;
  /** The issuer that the token names, or else one that it might have. */
  readonly trusted: TrustedIssuer | undefined;
  /** What its tokens must be like. */
  readonly policy: TokenPolicy;
  /** The time the token was judged at, in seconds since 1970. */
  readonly now: number;
  /** The scopes that are asked for. */
  readonly scopes: readonly string[];
  /** Why the token was not accepted. */
  readonly reason: string | undefined;
}

/** The header and the claims of whatever looks like a token, each if it can be read. */
export function decodeParts(text: string): Pick<Evidence, 'header' | 'claims'> {
  const parts = text.length > longestToken ? [] : text.split('.');
  // A text without a dot is no token, whatever its letters happen to spell.
  const [header, claims] = parts.length > 1 ? parts.map(decodePart) : [];
  return { header, claims };
}

/** Finds whose rules a token is explained by: those of the issuer it names, if that is trusted. */
export function findTrusted(verifier: Verifier, claims: JsonObject | undefined): TrustedIssuer | undefined {
  const known = verifier.issuers.list();
  return known.find(({ issuer }) => issuer === memberOf(claims ?? {}, 'iss')) ?? known[0];
}

/** Whether a token says that it has no signature (RFC 7518 section 3.6), in whatever case. */
export function isUnsigned({ header = {} }: Pick<Evidence, 'header'>): boolean {
  const algorithm = memberOf(header, 'alg');
  return typeof algorithm === 'string' && algorithm.toLowerCase() === 'none';
}

/** Read as the pipeline reads it: what it refuses to read is not shown either. */
function decodePart(part: string): JsonObject | undefined {
  const object = readJsonSegment(part);
  return object && takeClaims(object);
}
