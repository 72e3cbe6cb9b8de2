import express, { type Request, type Response, type Router } from 'express';
import { fileURLToPath } from 'node:url';

/** Where the built page is: the same place from the sources and from what is built of them. */
const folder = fileURLToPath(new URL('../../dist/app/', import.meta.url));

/** The Dashboard's page, for every address of it, and the files it is made of. */
export function serveApp(router: Router): void {
  // Their names have a hash of what is in them.
  router.use(
    '/assets',
    express.static(`${folder}assets`, { immutable: true, maxAge: '1y', index: false, redirect: false }),
    respondMissingAsset,
  );
  router.get(['/', '/*path'], function sendApp(_req: Request, res: Response) {
    res.sendFile('index.html', {
      root: folder,
      cacheControl: false,
      headers: { 'Cache-Control': 'no-cache' },
    });
  });
}

/** A page of an older version asks for files that are gone: a page in their place would confuse it. */
function respondMissingAsset(_req: Request, res: Response): void {
  res.status(404).type('text').send('Not Found');
}
