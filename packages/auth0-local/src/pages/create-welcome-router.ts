import { Router } from 'express';
import { shownHost } from '../oauth/browser/exchange.js';
import type { Site } from '../site.js';
import { noticePage } from './notice-page.js';
import { sendPage } from './send-page.js';

/** What a browser sees at the tenant's address, and where its Dashboard would be if it were not switched off. */
export function createWelcomeRouter(site: Site): Router {
  const router = Router();
  router.get(['/', '/dashboard', '/dashboard/*path'], (_req, res) => {
    const text =
      'Its Dashboard is switched off (--dashboard off). The auth0 command does what the Dashboard would, and auth0 --help lists it. What is issued and refused, and why, is in auth0 local logs.';
    sendPage(res, noticePage({ host: shownHost(site), title: 'Your tenant runs', text, isDone: true }));
  });
  return router;
}
