import { checkBearerBinding } from '../binding/check-bearer-binding.js';
import { whenReady } from '../when-ready.js';
import { checkClaims, type ClaimsPolicy } from './check-claims.js';
import { checkHeader } from './check-header.js';
import { checkSignature } from './check-signature.js';
import { cloneClaims } from './clone-claims.js';
import { readToken } from './read-token.js';
import { resolveIssuer, type TrustedIssuer } from './resolve-issuer.js';
import type { SignedTokens } from './signed-tokens.js';

/** Everything the pipeline needs to judge a token. */
export interface Verifier {
  readonly issuer: TrustedIssuer;
  readonly algorithms: ReadonlySet<string>;
  readonly claims: ClaimsPolicy;
  readonly signedTokens: SignedTokens;
}

/** The claims of a verified token: a fresh object each time. */
export type Claims = Record<string, unknown>;

/**
 * The way of a token, in order. The signature comes before the claims, so that nobody learns from a forged token what
 * a good one says.
 *
 * @returns The claims, or a promise of them where keys must be fetched first.
 * @throws AuthError, or rejects with it.
 */
export function verifyAccessToken(text: string, verifier: Verifier): Claims | Promise<Claims> {
  const known = verifier.signedTokens.get(text);
  const token = known ?? readToken(text);
  const { alg, kid } = checkHeader(token.header, verifier.algorithms);
  const issuer = resolveIssuer(token.claims, verifier.issuer);

  return whenReady(issuer.keys.select(alg, kid), (keys) => {
    const isKnown = known !== undefined && keys.includes(known.key);
    const key = isKnown
      ? known.key
      : checkSignature('signature' in token ? token : readToken(text), alg, keys);
    checkClaims(token.claims, verifier.claims);
    checkBearerBinding(token.claims);
    if (!isKnown) verifier.signedTokens.remember(text, { ...token, key });
    return cloneClaims(token.claims);
  });
}
