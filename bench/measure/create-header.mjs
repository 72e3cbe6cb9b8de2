/**
 * An `Authorization` header as a server reads it from a socket: a string of its own, in one piece, that nobody has looked
 * at before. A string that was used before is found in a cache faster, for its hash is known.
 */
export function createHeader(token, scheme = 'Bearer') {
  return Buffer.from(`${scheme} ${token}`).toString('latin1');
}
