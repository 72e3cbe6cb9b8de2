import type { Response } from 'express';
import { contentSecurityPolicy, type PagePolicy } from './content-security-policy.js';
import type { Html } from './html.js';

/** Answers with a page. No cache keeps it, and no other page frames it unless its policy names one. */
export function sendPage(
  res: Response,
  page: Html,
  { status = 200, ...policy }: PagePolicy & { readonly status?: number } = {},
): void {
  res.status(status).set({
    'Content-Security-Policy': contentSecurityPolicy(policy),
    'Cache-Control': 'no-store',
    // Addresses of pages name transactions, so only the origin is told; forms need that much for their Origin header.
    'Referrer-Policy': 'strict-origin',
    'X-Content-Type-Options': 'nosniff',
    ...(policy.frameAncestor === undefined && { 'X-Frame-Options': 'DENY' }),
  });
  res.type('html').send(page.markup);
}
