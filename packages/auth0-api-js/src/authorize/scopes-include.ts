import { InsufficientScopeError } from '../errors.js';
import { readOptions } from '../read-options.js';
import type { Claims } from '../verify/access-token.js';
import { memberOf } from '../verify/read-json-object.js';
import type { ClaimsCheck } from './claims-check.js';
import { createSearch } from './create-search.js';
import { readWords } from './read-words.js';

/** How many of the scopes a token must have. */
export interface ScopesIncludeOptions {
  /** `any` (the default): one of them will do. `all`: every one. */
  match?: 'any' | 'all';
}

/** A scope token (RFC 6749 section 3.3): printable ASCII without space, `"` and `\`. */
const scopeToken = /^[\x21\x23-\x5B\x5D-\x7E]+$/;

/**
 * Prepares a check of the token's scopes (RFC 6750 section 3.1). Scopes are compared whole and exactly: `read` does not
 * include `read:all`.
 *
 * @param scopes - A list, or a string with spaces between the scopes.
 * @throws TypeError, Error, InvalidConfigurationError at once: no scope, or one that no token could have.
 */
export function createScopesCheck(
  scopes: string | readonly string[],
  options: ScopesIncludeOptions = {},
): ClaimsCheck {
  const required = readScopes(scopes);
  const isEnough = createSearch(required, readMatch(options));

  return function checkScopes(claims) {
    if (!isEnough(readScopeClaim(claims))) throw new InsufficientScopeError(required);
  };
}

/**
 * Reads the scopes that something asks for.
 *
 * @throws TypeError, Error: no scope, or one that no token could have.
 */
export function readScopes(scopes: unknown): readonly string[] {
  const list: unknown =
    typeof scopes === 'string' ? scopes.split(' ').filter((scope) => scope !== '') : scopes;
  if (!Array.isArray(list) || !list.every((scope) => typeof scope === 'string')) {
    throw new TypeError("'scopes' must be a string or array of strings");
  }
  if (list.length === 0) throw new Error("'scopes' must contain at least one scope");
  const impossible = list.find((scope) => !scopeToken.test(scope));
  if (impossible !== undefined) {
    const cure =
      'A scope has no spaces, quotes or control characters; give several as a list or as one string.';
    throw new TypeError(`'scopes' holds ${JSON.stringify(impossible)}, which no token can have. ${cure}`);
  }
  return [...list];
}

function readMatch(options: ScopesIncludeOptions): 'any' | 'all' {
  const { match = 'any' } = readOptions(options, ['match'], 'scopesInclude');
  if (match !== 'any' && match !== 'all') throw new TypeError("'match' must be 'any' or 'all'");
  return match;
}

/** The `scope` claim is a string with spaces (RFC 9068 section 2.2.3); some issuers send a list. */
export function readGrantedScopes(claims: Claims | undefined): readonly unknown[] {
  return readWords(readScopeClaim(claims));
}

function readScopeClaim(claims: Claims | undefined): unknown {
  return claims && memberOf(claims, 'scope');
}
