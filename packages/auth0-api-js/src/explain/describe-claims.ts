import { readGrantedScopes } from '../authorize/scopes-include.js';
import { issuedAheadSeconds } from '../verify/check-times.js';
import { rfc9068Claims } from '../verify/check-rfc9068.js';
import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import type { TokenPolicy } from '../verify/token-policy.js';
import type { CheckDescription } from './describe-token.js';
import { showDuration, showMoment, showTime } from './show-time.js';
import { showValue } from './show-value.js';

export const describeAudience: CheckDescription = {
  expected: ({ policy }) => policy.audiences.join(' or '),
  found: ({ claims = {}, reason }) => {
    const audience = memberOf(claims, 'aud');
    if (audience === undefined) return 'No aud';
    return reason === 'id_token' ? `${showValue(audience)}, in an ID token` : showValue(audience);
  },
};

export const describeClaims: CheckDescription = {
  expected: ({ policy }) => listDemands(policy).join(', '),
  found: ({ claims = {}, policy }) =>
    demandedNames(policy)
      .map((name) => (Object.hasOwn(claims, name) ? `${name} ${showValue(claims[name])}` : `no ${name}`))
      .join(', '),
};

/** What a policy asks of claims that are not registered for access tokens, in words. */
export function listDemands(policy: TokenPolicy): readonly string[] {
  const valued = policy.claimRules.map(({ name, values }) => `${name} ${values.map(showValue).join(' or ')}`);
  const named = demandedNames(policy).filter((name) => !policy.claimRules.some((rule) => rule.name === name));
  return [...named, ...valued];
}

function demandedNames({ requiredClaims, isRfc9068, claimRules }: TokenPolicy): readonly string[] {
  const profile = isRfc9068 ? rfc9068Claims : [];
  return [...new Set([...requiredClaims, ...profile, ...claimRules.map(({ name }) => name)])];
}

export const describeLifetime: CheckDescription = {
  expected: ({ policy: { maxTokenAgeSeconds, maxTokenLifetimeSeconds } }) =>
    [
      ...(maxTokenAgeSeconds === undefined ? [] : [`issued at most ${showDuration(maxTokenAgeSeconds)} ago`]),
      ...(maxTokenLifetimeSeconds === undefined
        ? []
        : [`at most ${showDuration(maxTokenLifetimeSeconds)} from iat to exp`]),
    ].join(', '),
  found: ({ claims = {}, now }) =>
    `issued ${showTime(claims['iat'], now)}, expires ${showTime(claims['exp'], now)}`,
};

export const describeTimesPresent: CheckDescription = {
  expected: () => 'exp and iat as numbers below 2^53, and nbf too if it is there',
  found: ({ claims = {} }) =>
    ['exp', 'iat', 'nbf']
      .map((name) => (Object.hasOwn(claims, name) ? `${name} ${showValue(claims[name])}` : `no ${name}`))
      .join(', '),
};

export const describeIssuedAt: CheckDescription = {
  expected: ({ now, policy }) => {
    const tolerance = issuedAtTolerance(policy);
    return `Not after ${showMoment(now + tolerance)}: now and ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now, policy, reason }) => {
    const issuedAt = claims['iat'];
    const isTolerated = isAfter(issuedAt, now) && reason !== 'issued_in_future';
    return showTime(issuedAt, now) + nameTolerance(isTolerated, issuedAtTolerance(policy));
  },
};

export const describeNotBefore: CheckDescription = {
  expected: ({ now, policy }) => {
    const { clockToleranceSeconds: tolerance } = policy;
    return `No nbf, or one not after ${showMoment(now + tolerance)}: now and ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now, policy, reason }) => {
    if (!Object.hasOwn(claims, 'nbf')) return 'No nbf';
    const notBefore = claims['nbf'];
    const isTolerated = isAfter(notBefore, now) && reason !== 'token_not_yet_valid';
    return showTime(notBefore, now) + nameTolerance(isTolerated, policy.clockToleranceSeconds);
  },
};

export const describeExpiry: CheckDescription = {
  expected: ({ now, policy }) => {
    const { clockToleranceSeconds: tolerance } = policy;
    return `After ${showMoment(now - tolerance)}: now less ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now, policy, reason }) => {
    const expiry = claims['exp'];
    const isTolerated = !isAfter(expiry, now) && reason !== 'token_expired';
    return showTime(expiry, now) + nameTolerance(isTolerated, policy.clockToleranceSeconds);
  },
};

export const describeBinding: CheckDescription = {
  expected: () =>
    'No cnf.jkt and no cnf.x5t#S256, or with the request what proves them: here it is judged as a bearer, which proves neither',
  found: ({ claims = {}, reason = '' }) => {
    if (!Object.hasOwn(claims, 'cnf')) return 'No cnf';
    const confirmation = claims['cnf'];
    if (!isJsonObject(confirmation)) return `cnf ${showValue(confirmation)}`;
    const owner = owners.get(reason);
    const print = owner && memberOf(confirmation, owner.member);
    return owner !== undefined && typeof print === 'string' && thumbprint.test(print)
      ? `Bound to the ${owner.of} ${print}: refused as a bearer, as it is from a thief; with ${owner.proof} it passes`
      : `cnf with ${Object.keys(confirmation).join(', ') || 'nothing in it'}`;
  },
};

/** A SHA-256 in base64url: what is bound to anything else is bound to nobody. */
const thumbprint = /^[\w-]{43}$/;

/** Who may send a token that nobody may send as a bearer. */
const owners: ReadonlyMap<string, { readonly of: string; readonly member: string; readonly proof: string }> =
  new Map([
    ['dpop_bound_token', { of: 'key', member: 'jkt', proof: 'a DPoP proof by this key' }],
    ['certificate_bound_token', { of: 'certificate', member: 'x5t#S256', proof: 'this client certificate' }],
  ]);

export const describeScopes: CheckDescription = {
  expected: ({ scopes }) => scopes.join(' '),
  found: ({ claims = {}, scopes }) => {
    const granted = readGrantedScopes(claims);
    const missing = scopes.filter((scope) => !granted.includes(scope));
    const there = granted.length === 0 ? 'No scope' : granted.map(showValue).join(' ');
    return missing.length === 0 ? there : `Without ${missing.join(' ')}; there is: ${there}`;
  },
};

function issuedAtTolerance({ clockToleranceSeconds }: TokenPolicy): number {
  return Math.max(issuedAheadSeconds, clockToleranceSeconds);
}

function isAfter(time: unknown, now: number): boolean {
  return typeof time === 'number' && time > now;
}

/** A time that lies on the wrong side of now and passes would look like a mistake. */
function nameTolerance(isTolerated: boolean, seconds: number): string {
  return isTolerated ? `, within the tolerance of ${showDuration(seconds)}` : '';
}
