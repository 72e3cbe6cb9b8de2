/** Undoes URL encoding (RFC 3986 section 2.1), in which `+` stands for itself; nothing where it is malformed. */
export function unescapeText(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
