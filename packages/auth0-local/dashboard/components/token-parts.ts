import { indentJson } from './indent-json.ts';

/** What can be read of a token without any key: nothing of it is checked. */
export interface TokenParts {
  /** JSON, a line for each member. */
  readonly header?: string;
  readonly claims?: string;
  /** Why not all of it can be read. */
  readonly obstacle?: string;
}

/** Reads what can be read of a token. */
export function readTokenParts(token: string): TokenParts {
  const parts = token.trim().split('.');
  if (parts.length === 1) {
    return {
      obstacle:
        'There is nothing to read in this token: it is opaque, and says something to its issuer only.',
    };
  }
  const header = readPart('The header', parts[0]);
  if (parts.length === 5 && header.json !== undefined) {
    return {
      header: header.json,
      obstacle: 'The claims are encrypted (JWE): only the API, which has the key, can read them.',
    };
  }
  const claims = readPart('The claims', parts[1]);
  const flaws = [findMiscount(parts), header.flaw, claims.flaw, findSignatureFlaw(parts[2])];
  const obstacle = flaws.filter((flaw) => flaw !== undefined).join(' ');
  return {
    ...(header.json !== undefined && { header: header.json }),
    ...(claims.json !== undefined && { claims: claims.json }),
    ...(obstacle !== '' && { obstacle: `${obstacle} Was the token copied whole and unchanged?` }),
  };
}

interface Part {
  readonly json?: string;
  /** A sentence. */
  readonly flaw?: string;
}

function readPart(name: string, part = ''): Part {
  const verb = name.endsWith('s') ? 'are' : 'is';
  if (!isBase64url(part)) return { flaw: `${name} ${verb} not base64url.` };
  const json = decodeJson(part);
  return json === undefined ? { flaw: `${name} ${verb} no JSON.` } : { json };
}

function findMiscount({ length }: readonly string[]): string | undefined {
  return length === 3 ? undefined : `A token has three parts with dots between, and this has ${length}.`;
}

function findSignatureFlaw(part = ''): string | undefined {
  return isBase64url(part) ? undefined : 'The signature is not base64url.';
}

function isBase64url(part: string): boolean {
  return /^[\w-]*$/.test(part) && part.length % 4 !== 1;
}

function decodeJson(part: string): string | undefined {
  try {
    const binary = atob(part.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return indentJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return undefined;
  }
}
