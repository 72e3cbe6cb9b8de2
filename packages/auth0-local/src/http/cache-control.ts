import type { NextFunction, Request, Response } from 'express';

/** For answers with secrets in them (RFC 6749 section 5.1). */
export function forbidStoring(_req: Request, res: Response, next: NextFunction): void {
  res.set({ 'Cache-Control': 'no-store', Pragma: 'no-cache' });
  next();
}

/** For public documents that change seldom, but should be seen soon when they do: the keys after a rotation. */
export function letStoreBriefly(_req: Request, res: Response, next: NextFunction): void {
  res.set('Cache-Control', 'public, max-age=15, stale-while-revalidate=15, stale-if-error=86400');
  next();
}
