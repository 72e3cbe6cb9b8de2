import { InvalidRequestError } from '../errors.js';
import { descriptions } from '../reasons.js';
import { isJsonObject, memberOf, type JsonObject } from '../verify/read-json-object.js';

/** The `act` claim: who acts for the subject, and for whom that one acts in turn (RFC 8693 section 4.1). */
export interface ActClaim {
  sub: string;
  act?: ActClaim;
  [claim: string]: unknown;
}

/**
 * The party that uses the token on behalf of its subject: the outermost `act.sub` (RFC 8693 section 4.1).
 *
 * @returns Nothing if nobody acts for the subject.
 * @throws InvalidRequestError: `act` is malformed.
 */
export function getCurrentActor(claims: JsonObject): string | undefined {
  return readActor(claims)?.sub;
}

/**
 * Everybody who handed the token on, the latest first (RFC 8693 section 4.1).
 *
 * For the record only: just the current actor may be used to decide (RFC 8693 section 4.1).
 *
 * @throws InvalidRequestError: `act` is malformed at any level.
 */
export function getDelegationChain(claims: JsonObject): string[] {
  const chain: string[] = [];
  for (let actor = readActor(claims); actor !== undefined; actor = readActor(actor)) chain.push(actor.sub);
  return chain;
}

function readActor(claims: JsonObject): ActClaim | undefined {
  const actor = memberOf(claims, 'act');
  if (actor === undefined) return undefined;
  const sub = isJsonObject(actor) ? memberOf(actor, 'sub') : undefined;
  if (!isJsonObject(actor) || typeof sub !== 'string' || sub.trim() === '') {
    throw new InvalidRequestError(descriptions.actor_malformed, { reason: 'actor_malformed' });
  }
  return { ...actor, sub } as ActClaim;
}
