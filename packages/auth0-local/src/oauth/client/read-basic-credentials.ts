/** A client and its secret, as the header `Authorization: Basic` has them. */
export interface BasicCredentials {
  readonly clientId: string;
  readonly secret: string | undefined;
}

/** Reads HTTP Basic authentication of a client: both halves are form-encoded first (RFC 6749 section 2.3.1). */
export function readBasicCredentials(authorization: string | undefined): BasicCredentials | undefined {
  const encoded = /^basic +([a-z0-9+/]+=*)$/i.exec(authorization ?? '')?.[1];
  if (encoded === undefined) return undefined;
  const decoded = Buffer.from(encoded, 'base64').toString('utf8');
  const [clientId = '', ...secret] = decoded.split(':');
  return {
    clientId: decodeFormValue(clientId),
    secret: decodeFormValue(secret.join(':')) || undefined,
  };
}

/** What is not encoded stays as it is: `curl --user` does not encode. */
function decodeFormValue(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
