import type { Router } from 'express';
import { stylesheet, stylesheetPath } from '../../pages/stylesheet.js';

/** The look of the pages. */
export function serveStylesheet(router: Router): void {
  router.get(stylesheetPath, (_req, res) => {
    res.set({ 'Cache-Control': 'public, max-age=31536000, immutable', 'X-Content-Type-Options': 'nosniff' });
    res.type('css').send(stylesheet);
  });
}
