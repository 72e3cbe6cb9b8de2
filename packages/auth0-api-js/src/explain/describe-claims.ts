import { readGrantedScopes } from '../authorize/scopes-include.js';
import { issuedAheadSeconds } from '../verify/check-claims.js';
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
    const tolerance = Math.max(issuedAheadSeconds, verifier.claims.clockToleranceSeconds);
    return `Not after ${showMoment(now + tolerance)}: now and ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now }) => showTime(claims['iat'], now),
};

export const describeNotBefore: CheckDescription = {
  expected: ({ now, verifier }) => {
    const { clockToleranceSeconds: tolerance } = verifier.claims;
    return `No nbf, or one not after ${showMoment(now + tolerance)}: now and ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now }) => (Object.hasOwn(claims, 'nbf') ? showTime(claims['nbf'], now) : 'No nbf'),
};

export const describeExpiry: CheckDescription = {
  expected: ({ now, verifier }) => {
    const { clockToleranceSeconds: tolerance } = verifier.claims;
    return `After ${showMoment(now - tolerance)}: now less ${showDuration(tolerance)}`;
  },
  found: ({ claims = {}, now }) => showTime(claims['exp'], now),
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
