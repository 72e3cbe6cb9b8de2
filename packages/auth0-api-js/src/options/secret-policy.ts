import type { TokenPolicy } from '../verify/token-policy.js';
import { invalidOption } from './invalid-option.js';
import { readPolicy, type ProfileOptions } from './profile-options.js';

/** The one algorithm of a secret. */
export const hs256: ReadonlySet<string> = new Set(['HS256']);

/** What tokens must be like that are signed with a secret: HS256, and nothing else. */
export function secretPolicy(options: ProfileOptions, base: TokenPolicy, where: string): TokenPolicy {
  const readHs256 = (algorithms: unknown): ReadonlySet<string> => {
    if (Array.isArray(algorithms) && algorithms.length === 1 && algorithms[0] === 'HS256') return hs256;
    throw invalidOption(where, `"secret" is for HS256 only, and "algorithms" say otherwise. Leave them out`);
  };
  return readPolicy(options, { ...base, algorithms: hs256 }, where, readHs256);
}
