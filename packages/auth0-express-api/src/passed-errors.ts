import type { ApiClient } from '@auth0/auth0-api-js';

/** The clients whose refusals and outages are for the application's error handler. */
const passing = new WeakSet<ApiClient>();

/** Lets the refusals and outages of a client's requests go to the application's error handler. */
export function passErrors(client: ApiClient): void {
  passing.add(client);
}

/** Whether they go there. */
export function passesErrors(client: ApiClient | undefined): boolean {
  return client !== undefined && passing.has(client);
}
