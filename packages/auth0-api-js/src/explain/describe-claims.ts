import { readGrantedScopes } from '../authorize/scopes-include.js';
import { issuedAheadSeconds } from '../verify/check-claims.js';
import type { Verifier } from '../verify/access-token.js';
import { isJsonObject, memberOf } from '../verify/read-json-object.js';
import type { CheckDescription } from './describe-token.js';
import { showDuration, showMoment, showTime } from './show-time.js';
import { showValue } from './show-value.js';

export const describeAudience: CheckDescription = {
  expected: ({ verifier }) => verifier.claims.audience,
  found: ({ claims = {}, reason }) => {
    const audience = memberOf(claims, 'aud');
    if (audience === undefined) return 'No aud';
    return reason === 'id_token' ? `${showValue(audience)}, in an ID token` : showValue(audience);
  },
};

export const describeTimesPresent: CheckDescription = {
  expected: () => 'exp and iat as numbers below 2^53, and nbf too if it is there',
  found: ({ claims = {} }) =>
    ['exp', 'iat', 'nbf']
      .map((name) => (Object.hasOwn(claims, name) ? `${name} ${showValue(claims[name])}` : `no ${name}`))
      .join(', '),
};

export const describeIssuedAt: CheckDescription = {
  expected: ({ now, verifier }) => {
    const tolerance = issuedAtTolerance(verifier);
    return `Not after ${showMoment(now + tolerance)}: now and ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now, verifier, reason }) => {
    const issuedAt = claims['iat'];
    const isTolerated = isAfter(issuedAt, now) && reason !== 'issued_in_future';
    return showTime(issuedAt, now) + nameTolerance(isTolerated, issuedAtTolerance(verifier));
  },
};

export const describeNotBefore: CheckDescription = {
  expected: ({ now, verifier }) => {
    const { clockToleranceSeconds: tolerance } = verifier.claims;
    return `No nbf, or one not after ${showMoment(now + tolerance)}: now and ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now, verifier, reason }) => {
    if (!Object.hasOwn(claims, 'nbf')) return 'No nbf';
    const notBefore = claims['nbf'];
    const isTolerated = isAfter(notBefore, now) && reason !== 'token_not_yet_valid';
    return showTime(notBefore, now) + nameTolerance(isTolerated, verifier.claims.clockToleranceSeconds);
  },
};

export const describeExpiry: CheckDescription = {
  expected: ({ now, verifier }) => {
    const { clockToleranceSeconds: tolerance } = verifier.claims;
    return `After ${showMoment(now - tolerance)}: now less ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now, verifier, reason }) => {
    const expiry = claims['exp'];
    const isTolerated = !isAfter(expiry, now) && reason !== 'token_expired';
    return showTime(expiry, now) + nameTolerance(isTolerated, verifier.claims.clockToleranceSeconds);
  },
};

export const describeBinding: CheckDescription = {
  expected: () => 'No cnf.jkt and no cnf.x5t#S256: a bearer proves neither',
  found: ({ claims = {} }) => {
    if (!Object.hasOwn(claims, 'cnf')) return 'No cnf';
    const confirmation = claims['cnf'];
    return isJsonObject(confirmation)
      ? `cnf with ${Object.keys(confirmation).join(', ') || 'nothing in it'}`
      : `cnf ${showValue(confirmation)}`;
  },
};

export const describeScopes: CheckDescription = {
  expected: ({ scopes }) => scopes.join(' '),
  found: ({ claims = {}, scopes }) => {
    const granted = readGrantedScopes(claims);
    const missing = scopes.filter((scope) => !granted.includes(scope));
    const there = granted.length === 0 ? 'No scope' : granted.map(showValue).join(' ');
    return missing.length === 0 ? there : `Without ${missing.join(' ')}; there is: ${there}`;
  },
};

function issuedAtTolerance({ claims }: Verifier): number {
  return Math.max(issuedAheadSeconds, claims.clockToleranceSeconds);
}

function isAfter(time: unknown, now: number): boolean {
  return typeof time === 'number' && time > now;
}

/** A time that lies on the wrong side of now and passes would look like a mistake. */
function nameTolerance(isTolerated: boolean, seconds: number): string {
  return isTolerated ? `, within the tolerance of ${showDuration(seconds)}` : '';
}
