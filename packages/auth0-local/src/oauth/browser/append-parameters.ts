/** Adds parameters to the query of a URL, which is left as it is otherwise. */
export function appendQuery(url: string, parameters: Readonly<Record<string, string>>): string {
  const query = encodeParameters(parameters);
  return query === '' ? url : `${url}${url.includes('?') ? '&' : '?'}${query}`;
}

/** Parameters as a query or fragment has them, with `%20` for a space: fragments are read by people who know no `+`. */
export function encodeParameters(parameters: Readonly<Record<string, string>>): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&');
}
