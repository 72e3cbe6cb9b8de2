/**
 * Decodes base64url (RFC 7515 section 2) in its one canonical spelling, or answers nothing.
 *
 * Node's decoder forgives padding, white space, the standard alphabet and stray trailing bits. Writing the bytes
 * again and comparing finds all of them, so that no two spellings of one token are ever both accepted.
 */
export function decodeBase64url(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : undefined;
}
