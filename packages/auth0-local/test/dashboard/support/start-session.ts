import type { Ask } from '../../support/ask.js';

/** What a browser says of the page whenever that asks its tenant. */
export const ownPage = { 'sec-fetch-site': 'same-origin' } as const;

/** Begins a session as the page does, and returns its cookie. */
export async function startSession(ask: Ask): Promise<string> {
  const { headers } = await ask('POST', '/dashboard/session', {
    headers: ownPage,
  });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
