/** The parts of a refusal that a challenge is made of. */
export interface Challengeable {
  readonly code: string;
  readonly message: string;
  readonly scopes?: readonly string[];
}

/** How challenges are written. */
export interface ChallengePolicy {
  /** The protection space named in every challenge (RFC 9110 section 11.5); none by default. */
  readonly realm?: string;
}

/** The error codes of the wire (RFC 6750 section 3.1), by the code of the error. */
const wireCodes: Readonly<Record<string, string>> = {
  verify_access_token_error: 'invalid_token',
  invalid_request: 'invalid_request',
  insufficient_scope: 'insufficient_scope',
};

/** In characters. Descriptions may come from the application's options, which nobody else bounds. */
const longestDescription = 200;

/** The RFC 6750 error code of a refusal; none where no token was sent, and none for what is no refusal. */
export function wireError(refusal: Challengeable): string | undefined {
  return refusal.message === '' ? undefined : wireCodes[refusal.code];
}

/**
 * The `WWW-Authenticate` values of a refusal (RFC 6750 section 3): one per scheme, the bare scheme where no token
 * was sent. Whatever the texts hold, the result is a valid header.
 */
export function challenge(refusal: Challengeable, policy: ChallengePolicy = {}): string[] {
  const error = wireError(refusal);
  const parameters: [string, string][] = [];
  if (Object.hasOwn(policy, 'realm') && policy.realm !== undefined) parameters.push(['realm', policy.realm]);
  if (error !== undefined)
    parameters.push(['error', error], ['error_description', refusal.message.slice(0, longestDescription)]);
  if (Object.hasOwn(refusal, 'scopes') && refusal.scopes !== undefined)
    parameters.push(['scope', refusal.scopes.join(' ')]);
  if (parameters.length === 0) return ['Bearer'];
  return [`Bearer ${parameters.map(([name, value]) => `${name}="${quotable(value)}"`).join(', ')}`];
}

/** Keeps the characters RFC 6750 section 3 allows inside the quotes: printable ASCII without `"` and `\`. */
function quotable(text: string): string {
  return text.replaceAll('"', "'").replaceAll(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, '');
}
