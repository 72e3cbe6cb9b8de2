import { noType } from '../verify/read-header.js';
import { invalidOption } from './invalid-option.js';

const mediaTypePrefix = 'application/';

/** Reads a list of token types: in lower case, each with and without `application/` before it (RFC 7515 section 4.1.9). */
export function readTypes(types: unknown, group = 'tokenTypes'): ReadonlySet<string> {
  if (!Array.isArray(types) || types.length === 0 || !types.every((type) => typeof type === 'string')) {
    throw invalidOption(group, `"tokenTypes" must be a non-empty array of types, like ['at+jwt']`);
  }
  const names = types.map((type: string) => type.toLowerCase());
  const short = names.map((type) =>
    type.startsWith(mediaTypePrefix) ? type.slice(mediaTypePrefix.length) : type,
  );
  return new Set(short.flatMap((type) => (type === noType ? [type] : [type, `${mediaTypePrefix}${type}`])));
}
