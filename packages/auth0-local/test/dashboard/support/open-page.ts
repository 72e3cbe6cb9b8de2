import { onTestFinished } from 'vitest';
import type { Ask } from '../../support/ask.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { ownPage, startSession } from './start-session.js';

/** A tenant whose state is open to its test, and what its page may ask. */
export interface PageBench extends OpenTenant {
  readonly cookie: string;
  /** A request below `/dashboard/api`, with the session of the page. */
  readonly askAsPage: Ask;
}

/** Opens a tenant, and a session of its Dashboard. */
export async function openPage(): Promise<PageBench> {
  const open = await openTenant();
  const cookie = await startSession(open.ask);
  return {
    ...open,
    cookie,
    askAsPage: (method, path, { body, headers } = {}) =>
      open.ask(method, `/dashboard/api${path}`, { body, headers: { cookie, ...ownPage, ...headers } }),
  };
}

/** The same for one test, which need not close it. */
export async function openPageForTest(): Promise<PageBench> {
  const page = await openPage();
  onTestFinished(() => page.close());
  return page;
}
