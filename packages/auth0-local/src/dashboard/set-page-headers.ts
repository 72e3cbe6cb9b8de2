import type { NextFunction, Request, Response } from 'express';

/** Scripts, styles, pictures and requests of the tenant only; nothing inline, and no text that could become markup. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

const headers = {
  'Content-Security-Policy': policy,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
};

/** For every answer of the Dashboard, be it the page, a file or data: no other page gets at it, and none is taken for what it is not. */
export function setPageHeaders(_req: Request, res: Response, next: NextFunction): void {
  res.set(headers);
  next();
}
