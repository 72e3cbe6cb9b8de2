import { internalsOf, type ApiClient, type ClientInternals } from './api-client.js';

/**
 * The inside of a client.
 *
 * @throws TypeError: it is not one that this copy of the package made.
 */
export function requireInternals(client: ApiClient): ClientInternals {
  const internals = internalsOf(client);
  if (internals !== undefined) return internals;
  throw new TypeError(
    'The client is no ApiClient of this @auth0/auth0-api-js. Is the package installed twice?',
  );
}
