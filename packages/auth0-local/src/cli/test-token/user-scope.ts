import type { Api } from '../../tenant/apis.js';
import type { TokenOptions } from './token-options.js';

/** What is asked for in a user's name: what `--scopes` says, or the profile and all that the API has. */
export function userScope({ scopes }: TokenOptions, api: Api | undefined): string {
  const all = ['openid', 'profile', 'email', ...(api?.scopes ?? []).map(({ value }) => value)];
  return (scopes ?? all).join(' ');
}
