/** The token of a header that is known to be of the scheme Bearer. */
export function readToken(header) {
  return header.slice(7);
}
