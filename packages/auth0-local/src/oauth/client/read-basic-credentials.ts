/** A client and its secret, as the header `Authorization: Basic` has them. */
export interface BasicCredentials {
  readonly clientId: string;
  /** Nothing where it is empty. */
  readonly secret: string | undefined;
}

/**
 * Reads HTTP Basic authentication of a client: both halves are form-encoded first (RFC 6749 section 2.3.1).
 *
 * @returns Nothing for another scheme, and for what is not well-formed (RFC 7617 section 2).
 */
export function readBasicCredentials(authorization: string): BasicCredentials | undefined {
  const encoded = /^basic +([a-z0-9+/]+=*)$/i.exec(authorization)?.[1] ?? '';
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const [, clientId, secret] = /^([^:]*):(.*)$/s.exec(decoded) ?? [];
  if (clientId === undefined || secret === undefined) return undefined;
  return { clientId: decodeFormValue(clientId), secret: decodeFormValue(secret) || undefined };
}

/** What is not encoded stays as it is: `curl --user` does not encode. */
function decodeFormValue(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
