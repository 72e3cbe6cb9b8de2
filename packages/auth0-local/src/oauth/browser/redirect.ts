import type { Exchange } from './exchange.js';

/** Sends the browser on. After a form with 303, so that the form is not posted again there (RFC 9700 section 4.12). */
export function redirect({ req, res }: Exchange, url: string): void {
  res
    .status(req.method === 'POST' ? 303 : 302)
    .set({ Location: url, 'Cache-Control': 'no-store', 'Referrer-Policy': 'strict-origin' })
    .end();
}
