import type { Ask } from '../../support/ask.js';

/** Begins a session as the page does, and returns its cookie. */
export async function startSession(ask: Ask): Promise<string> {
  const { headers } = await ask('POST', '/dashboard/session', {
    headers: { 'sec-fetch-site': 'same-origin' },
  });
  return headers.getSetCookie()[0]?.split(';')[0] ?? '';
}
