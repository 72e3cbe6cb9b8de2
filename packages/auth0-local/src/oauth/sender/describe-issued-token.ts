import type { Confirmation } from '../../tokens/access-token-claims.js';

/** What the log says of tokens that were issued, with what the access token is bound to. */
export function describeIssuedToken(description: string, confirmation: Confirmation | undefined): string {
  if (confirmation === undefined) return description;
  const owner = confirmation.jkt === undefined ? 'certificate' : 'key';
  return `${description} (bound to a ${owner})`;
}
