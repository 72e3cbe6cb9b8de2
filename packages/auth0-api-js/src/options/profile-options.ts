import type { JSONPrimitive } from '../authorize/claims-check.js';
import { noType } from '../verify/read-header.js';
import type { TokenPolicy } from '../verify/token-policy.js';
import type { ValidateClaims } from '../verify/validate-claims.js';
import { invalidOption } from './invalid-option.js';
import { readAlgorithms } from './read-algorithms.js';
import { readAudiences } from './read-audiences.js';
import { checkAgreement, readClaimRules } from './read-claim-rules.js';
import { readFunction } from './read-function.js';
import { readNames } from './read-names.js';
import { readNumber } from './read-number.js';
import { readTypes } from './read-types.js';

/**
 * What tokens must be like. An issuer in `issuers` has the same options for its own tokens: its `requiredClaims`, `claims`
 * and `validate` are asked for beyond the client's, everything else instead of it. Its `tokenTypes` replace the type that
 * the client's `profile` asks for, and no more than that: the claims of RFC 9068 must still be there.
 */
export interface ProfileOptions {
  /** The identifier of this API, or several, one of which a token must name in `aud`. */
  audience?: string | readonly string[];
  /**
   * The signature algorithms to accept: `['RS256']` by default. RS, PS and ES with 256, 384 and 512, `Ed25519` and
   * `EdDSA` can be asked for.
   */
  algorithms?: readonly string[];
  /** How far the issuer's clock and this one may be apart, in seconds: 5 by default, at most 300. */
  clockToleranceSeconds?: number;
  /** How long ago a token may have been issued, in seconds. By default `exp` alone decides. */
  maxTokenAgeSeconds?: number;
  /** How long a token may be valid from `iat` to `exp`, in seconds. By default as long as its issuer says. */
  maxTokenLifetimeSeconds?: number;
  /** Claims that must be there, whatever their value. */
  requiredClaims?: readonly string[];
  /**
   * The values of `typ` to accept, in any case: `['', 'JWT', 'at+jwt']` by default, where the empty text stands for a token
   * without `typ`. `application/` before a type means the same type.
   */
  tokenTypes?: readonly string[];
  /** `'rfc9068'`: only JWT access tokens of RFC 9068: `typ` is `at+jwt`, and `sub`, `client_id` and `jti` are there. */
  profile?: 'rfc9068';
  /** What single claims must say: a value, or a list of values one of which it must equal, strictly. */
  claims?: Readonly<Record<string, JSONPrimitive | readonly JSONPrimitive[]>>;
  /**
   * A decision of the application's own about a token that has passed every other check; it may be async. Only `true`
   * accepts; `{ reason, description }` refuses with a reason. It runs on every request, so keep it fast.
   */
  validate?: ValidateClaims;
}

/** The names of the options that say what tokens must be like. */
export const profileOptionNames: readonly (keyof ProfileOptions)[] = [
  'audience',
  'algorithms',
  'clockToleranceSeconds',
  'maxTokenAgeSeconds',
  'maxTokenLifetimeSeconds',
  'requiredClaims',
  'tokenTypes',
  'profile',
  'claims',
  'validate',
];

/** Those that may be left out, but not be undefined: all but `audience`, which the environment may have. */
export const strictOptionNames: readonly (keyof ProfileOptions)[] = profileOptionNames.filter(
  (name) => name !== 'audience',
);

/** What holds where nothing is said. */
const defaultPolicy: TokenPolicy = {
  algorithms: new Set(['RS256']),
  types: new Set([noType, 'jwt', 'at+jwt', 'application/at+jwt']),
  audiences: [],
  clockToleranceSeconds: 5,
  maxTokenAgeSeconds: undefined,
  maxTokenLifetimeSeconds: undefined,
  requiredClaims: [],
  isRfc9068: false,
  claimRules: [],
  validate: [],
  now: undefined,
};

/** A clock that is more wrong than this needs mending, not tolerance. In seconds. */
const mostTolerance = 300;

/**
 * Reads what tokens must be like.
 *
 * @param base - The policy of the client, for an issuer's own.
 * @param where - Where an issuer's own stands, for the message; by default each option is named by itself.
 * @param readList - What reads `algorithms`.
 * @throws InvalidConfigurationError
 */
export function readPolicy(
  options: ProfileOptions,
  base: TokenPolicy = defaultPolicy,
  where?: string,
  readList: (algorithms: unknown, group?: string) => ReadonlySet<string> = readAlgorithms,
): TokenPolicy {
  const { audience, algorithms, tokenTypes, requiredClaims = [], claims = {}, validate } = options;
  const isProfile = options.profile !== undefined && readProfile(options.profile, where);
  if (isProfile && tokenTypes !== undefined) {
    const what = `"profile: 'rfc9068'" and "tokenTypes" contradict each other: RFC 9068 has the type at+jwt. Give one`;
    throw invalidOption(where ?? 'profile', what);
  }
  const types = isProfile ? ['at+jwt'] : tokenTypes;
  const claimRules = readClaimRules(claims, where);
  if (where !== undefined) checkAgreement(base.claimRules, claimRules, where);
  const decide = readFunction(validate, 'validate', where);
  return {
    ...base,
    ...readTimes(options, where),
    algorithms: algorithms === undefined ? base.algorithms : readList(algorithms, where),
    types: types === undefined ? base.types : readTypes(types, where),
    audiences: audience === undefined ? base.audiences : readAudiences(audience, where),
    requiredClaims: [...base.requiredClaims, ...readNames(requiredClaims, 'requiredClaims', where)],
    isRfc9068: isProfile || base.isRfc9068,
    claimRules: [...base.claimRules, ...claimRules],
    validate: [...base.validate, ...(decide === undefined ? [] : [decide])],
  };
}

function readTimes(options: ProfileOptions, where: string | undefined): Partial<TokenPolicy> {
  const given: Partial<
    Record<'clockToleranceSeconds' | 'maxTokenAgeSeconds' | 'maxTokenLifetimeSeconds', number>
  > = {};
  for (const name of ['clockToleranceSeconds', 'maxTokenAgeSeconds', 'maxTokenLifetimeSeconds'] as const) {
    const value = options[name];
    if (value === undefined) continue;
    const max = name === 'clockToleranceSeconds' ? mostTolerance : undefined;
    given[name] = readNumber(value, { group: where ?? name, name }, 0, max);
  }
  return given;
}

function readProfile(profile: unknown, where: string | undefined): true {
  if (profile === 'rfc9068') return true;
  throw invalidOption(
    where ?? 'profile',
    `"profile" must be 'rfc9068'; leave it out for JWT access tokens of any kind`,
  );
}
