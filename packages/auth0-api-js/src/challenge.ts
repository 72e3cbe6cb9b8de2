import type { Scheme } from './binding/presented.js';

/** The parts of a refusal that a challenge is made of. */
export interface Challengeable {
  readonly code: string;
  readonly message: string;
  readonly scopes?: readonly string[];
}

/** How challenges are written. */
export interface ChallengePolicy {
  /** The protection space named in the Bearer challenge (RFC 9110 section 11.5); none by default. */
  readonly realm?: string;
  /** The schemes that are spoken, each of which gets a challenge; Bearer by default. */
  readonly schemes?: readonly Scheme[];
  /** The scheme that the request used. Its challenge has the error. */
  readonly used?: Scheme;
  /** The signature algorithms of DPoP proofs (RFC 9449 section 5.1, `algs`). */
  readonly algorithms?: readonly string[];
}

/** The error codes of the wire (RFC 6750 section 3.1, RFC 9449 section 7.1), by the code of the error. */
const wireCodes: Readonly<Record<string, string>> = {
  verify_access_token_error: 'invalid_token',
  invalid_request: 'invalid_request',
  insufficient_scope: 'insufficient_scope',
  invalid_dpop_proof: 'invalid_dpop_proof',
  use_dpop_nonce: 'use_dpop_nonce',
};

const bearerPolicy: readonly Scheme[] = ['bearer'];

/** In characters. Descriptions may come from the application's options, which nobody else bounds. */
const longestDescription = 200;

/** The error code of a refusal on the wire; none where no token was sent, and none for what is no refusal. */
export function wireError(refusal: Challengeable): string | undefined {
  return refusal.message === '' ? undefined : wireCodes[refusal.code];
}

/**
 * The `WWW-Authenticate` values of a refusal (RFC 6750 section 3, RFC 9449 sections 7.1 and 7.2): one for each scheme that
 * is spoken, with the error in the one that was used, and the bare scheme where no token was sent. Whatever the texts
 * hold, the result is a valid header.
 */
export function challenge(refusal: Challengeable, policy: ChallengePolicy = {}): string[] {
  const schemes = memberOf(policy, 'schemes') ?? bearerPolicy;
  const used = memberOf(policy, 'used') ?? 'bearer';
  const blamed = schemes.includes(used) ? used : schemes[0];
  return schemes.map((scheme) => {
    const error = scheme === blamed ? errorParameters(refusal) : [];
    return scheme === 'dpop'
      ? write('DPoP', [...error, ...algorithmParameters(policy)])
      : write('Bearer', [...realmParameters(policy), ...error]);
  });
}

type Parameter = readonly [name: string, value: string];

function realmParameters(policy: ChallengePolicy): Parameter[] {
  const realm = memberOf(policy, 'realm');
  return realm === undefined ? [] : [['realm', realm]];
}

function errorParameters(refusal: Challengeable): Parameter[] {
  const error = wireError(refusal);
  const scopes = memberOf(refusal, 'scopes');
  const parameters: Parameter[] = [];
  if (error !== undefined)
    parameters.push(['error', error], ['error_description', refusal.message.slice(0, longestDescription)]);
  if (scopes !== undefined) parameters.push(['scope', scopes.join(' ')]);
  return parameters;
}

function algorithmParameters(policy: ChallengePolicy): Parameter[] {
  return [['algs', (memberOf(policy, 'algorithms') ?? []).join(' ')]];
}

function write(scheme: string, parameters: readonly Parameter[]): string {
  if (parameters.length === 0) return scheme;
  return `${scheme} ${parameters.map(([name, value]) => `${name}="${quotable(value)}"`).join(', ')}`;
}

/** A member of an object's own: whatever stands on the prototype of all objects is nobody's policy. */
function memberOf<T extends object, K extends keyof T>(object: T, name: K): T[K] | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

/** Keeps the characters RFC 6750 section 3 allows inside the quotes: printable ASCII without `"` and `\`. */
function quotable(text: string): string {
  if (/^[\x20\x21\x23-\x5B\x5D-\x7E]*$/.test(text)) return text;
  return text.replaceAll('"', "'").replaceAll(/[^\x20\x21\x23-\x5B\x5D-\x7E]/g, '');
}
