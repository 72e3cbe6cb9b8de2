import type { BindingPolicy } from '../binding/binding-policy.js';
import { checkBinding } from '../binding/check-binding.js';
import { bearerOnly, type Presented } from '../binding/presented.js';
import { checkReplay } from '../binding/replay/check-replay.js';
import type { EventListener } from '../events.js';
import type { RequestContext } from '../request-context.js';
import { whenReady } from '../when-ready.js';
import { checkClaims } from './check-claims.js';
import { checkHeader, type HeaderPolicy } from './check-header.js';
import { checkSignature } from './check-signature.js';
import { cloneClaims } from './clone-claims.js';
import { readToken } from './read-token.js';
import { resolveIssuer } from './resolve-issuer.js';
import type { SignedTokens } from './signed-tokens.js';
import type { TrustedIssuers } from './trusted-issuers.js';
import type { TokenPolicy } from './token-policy.js';
import { validateClaims } from './validate-claims.js';

/** Everything the pipeline needs to judge a token. */
export interface Verifier {
  readonly issuers: TrustedIssuers;
  /** What a header may say whoever the issuer is: all that any of them accepts. */
  readonly accepted: HeaderPolicy;
  /** What tokens of issuers without rules of their own must be like. */
  readonly policy: TokenPolicy;
  /** How tokens are treated that are bound to whoever sends them. */
  readonly binding: BindingPolicy;
  readonly signedTokens: SignedTokens;
  readonly emit: EventListener;
}

/**
 * What one call asks for beyond, or instead of, what the issuer's policy says. Every member is written out, so that none is
 * looked for on the prototype of all objects.
 */
export interface Demands {
  /** Instead of the policy's. */
  readonly algorithms: ReadonlySet<string> | undefined;
  /** Beyond the policy's. */
  readonly requiredClaims: readonly string[] | undefined;
  readonly request: RequestContext;
  /** What the request has beside the token. */
  readonly presented: Presented;
  /** The clock to judge by, instead of the policy's. */
  readonly now: (() => number) | undefined;
}

/** Asks for nothing more. */
export const noDemands: Demands = {
  algorithms: undefined,
  requiredClaims: undefined,
  request: Object.freeze(Object.create(null)),
  presented: bearerOnly,
  now: undefined,
};

/** The claims of a verified token: a fresh object each time. */
export type Claims = Record<string, unknown>;

/**
 * The way of a token, in order. The signature comes before the claims, so that nobody learns from a forged token what
 * a good one says.
 *
 * @returns The claims, or a promise of them where something must be waited for.
 * @throws AuthError, or rejects with it.
 */
export function verifyAccessToken(
  text: string,
  verifier: Verifier,
  { algorithms, requiredClaims, request, presented, now }: Demands = noDemands,
): Claims | Promise<Claims> {
  const known = verifier.signedTokens.get(text);
  const token = known ?? readToken(text);
  const { alg, kid } = checkHeader(token.header, withAlgorithms(verifier.accepted, algorithms));

  return whenReady(resolveIssuer(token.claims, verifier.issuers, request), (trusted) => {
    const { issuer, keys: source, policy } = trusted;
    // Each issuer has rules of its own; where there is only one, they are those above.
    if (policy !== verifier.accepted) checkHeader(token.header, withAlgorithms(policy, algorithms));

    return whenReady(source.select(alg, kid), (keys) => {
      const isKnown = known !== undefined && keys.includes(known.key);
      const key = isKnown
        ? known.key
        : checkSignature('signature' in token ? token : readToken(text), alg, keys);
      verifier.issuers.confirm(trusted);
      checkClaims(token.claims, policy, { requiredClaims, now });
      const sent = { token: text, presented, request };
      const proof = checkBinding(token.claims, sent, verifier.binding, verifier.emit);
      if (!isKnown) verifier.signedTokens.remember(text, { ...token, key });
      const claims = (): Claims => cloneClaims(token.claims);
      if (policy.validate.length === 0 && proof === undefined) return claims();
      const context = { issuer, header: cloneClaims(token.header), request };
      return whenReady(validateClaims(policy.validate, claims, context, verifier.emit), () =>
        // Last of all, so that only a request that passes uses its proof up.
        whenReady(checkReplay(proof, verifier.binding.dpop), claims),
      );
    });
  });
}

function withAlgorithms(policy: HeaderPolicy, algorithms: ReadonlySet<string> | undefined): HeaderPolicy {
  return algorithms === undefined ? policy : { types: policy.types, algorithms };
}
