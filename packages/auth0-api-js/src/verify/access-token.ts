import type { BindingPolicy } from '../binding/binding-policy.js';
import { checkBinding } from '../binding/check-binding.js';
import { bearerOnly, type Presented } from '../binding/presented.js';
import { checkReplay } from '../binding/replay/check-replay.js';
import type { EventListener } from '../events.js';
import type { VerificationKey } from '../keys/import-key.js';
import { isPromiseLike, whenReady } from '../when-ready.js';
import { checkClaims } from './check-claims.js';
import { checkHeader, type HeaderPolicy } from './check-header.js';
import { checkSignature } from './check-signature.js';
import { cloneClaims, takeClaims } from './clone-claims.js';
import type { KnownHeaders } from './known-headers.js';
import { readToken, type UnverifiedToken } from './read-token.js';
import { resolveIssuer } from './resolve-issuer.js';
import type { TrustedIssuer, TrustedIssuers } from './trusted-issuers.js';
import type { TokenPolicy } from './token-policy.js';
import { validateClaims } from './validate-claims.js';
import type { KnownToken, Verdicts } from './verdicts.js';

/** Everything the pipeline needs to judge a token. */
export interface Verifier {
  readonly issuers: TrustedIssuers;
  /** What a header may say whoever the issuer is: all that any of them accepts. */
  readonly accepted: HeaderPolicy;
  /** What tokens of issuers without rules of their own must be like. */
  readonly policy: TokenPolicy;
  /** How tokens are treated that are bound to whoever sends them. */
  readonly binding: BindingPolicy;
  readonly headers: KnownHeaders;
  /** Tokens that were found good before; none where nothing is to be remembered. */
  readonly verdicts: Verdicts | undefined;
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
  /** The request that the token came with. */
  readonly presented: Presented;
  /** The clock to judge by, instead of the policy's. */
  readonly now: (() => number) | undefined;
}

/** Asks for nothing more. */
export const noDemands: Demands = {
  algorithms: undefined,
  requiredClaims: undefined,
  presented: bearerOnly,
  now: undefined,
};

/** The claims of a verified token: a fresh object each time. */
export type Claims = Record<string, unknown>;

/** A token on its way. */
interface Attempt {
  readonly text: string;
  readonly token: UnverifiedToken | KnownToken;
  readonly verifier: Verifier;
  readonly demands: Demands;
}

/**
 * The way of a token, in order. The signature comes before the claims, so that nobody learns from a forged token what
 * a good one says. Where nothing must be waited for, no promise and no function is made.
 *
 * @returns The claims, or a promise of them where something must be waited for.
 * @throws AuthError, or rejects with it.
 */
export function verifyAccessToken(
  text: string,
  verifier: Verifier,
  demands: Demands = noDemands,
): Claims | Promise<Claims> {
  const token = verifier.verdicts?.get(text) ?? readToken(text, verifier.headers);
  checkHeader(token.header, withAlgorithms(verifier.accepted, demands));
  const attempt = { text, token, verifier, demands };
  const trusted = resolveIssuer(token.claims, verifier.issuers, demands.presented);
  return isPromiseLike(trusted)
    ? trusted.then((found) => verifyByIssuer(attempt, found))
    : verifyByIssuer(attempt, trusted);
}

function verifyByIssuer(attempt: Attempt, trusted: TrustedIssuer): Claims | Promise<Claims> {
  const { token, verifier, demands } = attempt;
  // Each issuer has rules of its own; where there is only one, they are those above.
  if (trusted.policy !== verifier.accepted)
    checkHeader(token.header, withAlgorithms(trusted.policy, demands));
  const keys = trusted.keys.select(token.header.alg, token.header.kid);
  return isPromiseLike(keys)
    ? keys.then((found) => verifyByKeys(attempt, trusted, found))
    : verifyByKeys(attempt, trusted, keys);
}

function verifyByKeys(
  attempt: Attempt,
  trusted: TrustedIssuer,
  keys: readonly VerificationKey[],
): Claims | Promise<Claims> {
  const { text, token, verifier, demands } = attempt;
  const { claims } = token;
  if (token.key !== undefined && !keys.includes(token.key))
    return verifyByKeys({ ...attempt, token: forget(text, verifier) }, trusted, keys);
  const key = token.key ?? checkSignature(token, token.header.alg, keys);
  verifier.issuers.confirm(trusted);
  checkTokenClaims(attempt, trusted);
  const sent = { token: text, presented: demands.presented };
  const proof = checkBinding(claims, sent, verifier.binding, verifier.emit);
  if (trusted.policy.validate.length === 0 && proof === undefined) return accept(attempt, key);
  // Last of all the replay store, so that only a request that passes uses its proof up.
  return whenReady(validate(attempt, trusted), () =>
    whenReady(checkReplay(proof, verifier.binding.dpop), () => accept(attempt, key)),
  );
}

/** What does not do any longer, because its time is over, is not remembered any longer. */
function checkTokenClaims({ text, token, verifier, demands }: Attempt, { policy }: TrustedIssuer): void {
  try {
    checkClaims(token.claims, policy, demands);
  } catch (error) {
    if (token.key !== undefined) verifier.verdicts?.forget(text);
    throw error;
  }
}

/** The application's own decision about the claims. */
function validate({ token, verifier, demands }: Attempt, trusted: TrustedIssuer): void | Promise<void> {
  const header = cloneClaims(token.header.members);
  const context = { issuer: trusted.issuer, header, request: demands.presented.request };
  const copy = (): Claims => cloneClaims(token.claims);
  return validateClaims(trusted.policy.validate, copy, context, verifier.emit);
}

/** Nothing is remembered of a token before it has passed every check. */
function accept({ token, verifier }: Attempt, key: VerificationKey): Claims {
  if (token.key !== undefined) return cloneClaims(token.claims);
  verifier.headers.remember(token.headerText, token.header);
  verifier.verdicts?.remember({ token: token.text, header: token.header, key });
  return takeClaims(token.claims);
}

function withAlgorithms(policy: HeaderPolicy, { algorithms }: Demands): HeaderPolicy {
  return algorithms === undefined ? policy : { types: policy.types, algorithms };
}

/** The issuer has withdrawn the key: whatever the token was before, it is one that nobody has seen. */
function forget(text: string, { verdicts, headers }: Verifier): UnverifiedToken {
  verdicts?.forget(text);
  return readToken(text, headers);
}
