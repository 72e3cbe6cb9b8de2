import { afterAll, beforeAll, beforeEach, onTestFinished } from 'vitest';
import { chromium, type Browser, type Page } from 'playwright-core';
import { chromiumPath, skipWithoutChromium } from '../../support/chromium.js';
import { startTrialTenant, type TrialTenant } from '../../support/trial-tenant.js';

/** A tenant and a browser that looks at its Dashboard, for the tests of a file. */
export interface DashboardBench {
  readonly trial: TrialTenant;
  readonly browser: Browser;
  /**
   * Opens the Dashboard in a browser without a history. When the test ends, the page must not have complained: no error,
   * nothing its policy has stopped, and no request to anybody but the tenant.
   *
   * @param path - Below `/dashboard`.
   */
  open(path: string, options?: OpenOptions): Promise<Page>;
}

/** How a browser looks at the Dashboard. */
interface OpenOptions {
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
  /** Another tenant's address. */
  readonly origin?: string;
}

const complaintsToExpect = new WeakMap<Page, RegExp[]>();

/** Says what a page may complain about in this test: a refusal that it shows, or a tenant that is away. */
export function expectComplaint(page: Page, pattern: RegExp): void {
  complaintsToExpect.get(page)?.push(pattern);
}

/** Starts a tenant and a browser before the tests of a file, and skips these where there is no browser. */
export function useDashboard(options: Parameters<typeof startTrialTenant>[0] = {}): DashboardBench {
  const bench: { trial?: TrialTenant; browser?: Browser } = {};
  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    [bench.trial, bench.browser] = await Promise.all([
      startTrialTenant(options),
      chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] }),
    ]);
  });
  beforeEach(skipWithoutChromium);
  afterAll(async () => {
    await bench.browser?.close();
    await bench.trial?.tenant.close();
  });
  return {
    get trial() {
      return bench.trial as TrialTenant;
    },
    get browser() {
      return bench.browser as Browser;
    },
    open: async (
      path,
      { width = 1280, colorScheme = 'light', origin = bench.trial?.tenant.domain ?? '' } = {},
    ) => {
      const { browser } = bench as Required<typeof bench>;
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        colorScheme,
        reducedMotion: 'reduce',
        // The tenant's authority is its own.
        ignoreHTTPSErrors: true,
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      const page = await context.newPage();
      const complaints = watch(page, origin);
      await page.goto(`${origin}/dashboard${path}`);
      onTestFinished(async () => {
        await context.close();
        const allowed = complaintsToExpect.get(page) ?? [];
        const left = complaints.filter((text) => !allowed.some((pattern) => pattern.test(text)));
        if (left.length > 0) throw new Error(`The page has complained:\n${left.join('\n')}`);
      });
      return page;
    },
  };
}

function watch(page: Page, origin: string): string[] {
  const complaints: string[] = [];
  complaintsToExpect.set(page, []);
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      complaints.push(`${message.text()} (${message.location().url})`);
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('request', (request) => {
    if (!request.url().startsWith(origin)) complaints.push(`request to ${request.url()}`);
  });
  return complaints;
}
