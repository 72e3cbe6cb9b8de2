import { indentJson } from './indent-json.ts';

/** What can be read of a token without any key: nothing of it is checked. */
export interface TokenParts {
  /** JSON, a line for each member. */
  readonly header?: string;
  readonly claims?: string;
  /** Why the claims cannot be read. */
  readonly obstacle?: string;
}

/** Reads what can be read of a token. */
export function readTokenParts(token: string): TokenParts {
  const parts = token.trim().split('.');
  const header = decodeJson(parts[0]);
  if (header === undefined || (parts.length !== 3 && parts.length !== 5)) {
    return {
      obstacle:
        'There is nothing to read in this token: it is opaque, and says something to its issuer only.',
    };
  }
  if (parts.length === 5) {
    return {
      header,
      obstacle: 'The claims are encrypted (JWE): only the API, which has the key, can read them.',
    };
  }
  const claims = decodeJson(parts[1]);
  return claims === undefined
    ? { header, obstacle: 'The claims are no JSON. Was the token copied whole?' }
    : { header, claims };
}

function decodeJson(part = ''): string | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return indentJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
