import { fixSigningAlgorithm, fixToken } from '../oauth/fixes.js';

/** What a new token cures: this one is old, for somebody else, or no whole access token at all. */
const curedByToken: ReadonlySet<string> = new Set([
  'token_opaque',
  'type_not_accepted',
  'issuer_mismatch',
  'unknown_key',
  'signature_invalid',
  'audience_missing',
  'audience_mismatch',
  'id_token',
  'token_expired',
  'insufficient_scope',
]);

/** The command that helps when an API refuses a token for a reason, if there is one. */
export function suggestCommand(reason: string, audience: string): string | undefined {
  if (reason === 'algorithm_symmetric') return fixSigningAlgorithm(audience, 'RS256');
  return curedByToken.has(reason) ? fixToken(audience) : undefined;
}
