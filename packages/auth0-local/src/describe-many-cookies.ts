/**
 * Says what makes the headers of a request too large, and the cure.
 *
 * @param host - Whose cookies they are, as a browser shows it.
 */
export function describeManyCookies(host: string): string {
  return `The browser sends more cookies for ${host} than a server takes: those of all applications of this host come along, whatever their port. Delete the cookies of ${host} in the browser, and try again.`;
}
