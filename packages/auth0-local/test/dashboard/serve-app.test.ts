import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';
import { startSession } from './support/start-session.js';

describe('the Dashboard’s page', () => {
  let trial: TrialTenant;
  beforeAll(async () => {
    trial = await startTrialTenant();
  });
  afterAll(() => trial.tenant.close());

  it('is where the tenant’s address leads', async () => {
    const { status, headers } = await trial.ask('GET', '/');
    expect([status, headers.get('location')]).toEqual([302, '/dashboard']);
  });

  it.each(['/dashboard', '/dashboard/', '/dashboard/apis/1/settings', '/dashboard/users/auth0%7C1'])(
    'is at %s, under a policy that allows nothing inline and nothing from elsewhere',
    async (path) => {
      const { status, headers, body } = await trial.ask<string>('GET', path);
      expect(status).toBe(200);
      expect(body).toContain('<div id="app"></div>');
      expect(body).not.toMatch(/<script(?![^>]*\ssrc=)|<style|\sstyle=|\son\w+=/);
      const policy = headers.get('content-security-policy') ?? '';
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("script-src 'self'");
      expect(policy).toContain("require-trusted-types-for 'script'");
      expect(policy).not.toContain('unsafe');
      expect(headers.get('x-frame-options')).toBe('DENY');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      // Another version of the tenant has another page.
      expect(headers.get('cache-control')).toBe('no-cache');
    },
  );

  it.each([
    '/dashboard/api/status',
    '/dashboard/api/v2/clients',
    '/dashboard/session',
    '/dashboard/api/nothing',
  ])('protects what is said at %s as it does the page, whatever it says', async (path) => {
    const cookie = await startSession(trial.ask);
    for (const method of ['GET', 'POST']) {
      for (const headers of [{ cookie, 'sec-fetch-site': 'same-origin' }, { cookie: '' }]) {
        const answer = await trial.ask(method, path, { headers: headers as Record<string, string> });
        expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
        expect(answer.headers.get('cross-origin-resource-policy')).toBe('same-origin');
        expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
        expect(answer.headers.get('x-frame-options')).toBe('DENY');
        expect(answer.headers.get('referrer-policy')).toBe('no-referrer');
      }
    }
  });

  it('loads files that browsers may keep, and no page in the place of one that is gone', async () => {
    const { body } = await trial.ask<string>('GET', '/dashboard');
    const files = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, file = '']) => file);
    expect(files.length).toBeGreaterThanOrEqual(3);
    for (const file of files) {
      expect(file).toMatch(/^\/dashboard\/assets\//);
      const { status, headers } = await trial.ask('GET', file);
      expect(status).toBe(200);
      expect(headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const gone = await trial.ask('GET', '/dashboard/assets/gone.js');
    expect(gone.status).toBe(404);
    expect(gone.headers.get('content-type')).toContain('text/plain');
  });

  it.each([
    '/dashboard/assets/..%2findex.html',
    '/dashboard/assets/%2e%2e/%2e%2e/index.js',
    '/dashboard/assets/%00',
  ])('gives no file beside its own: %s', async (path) => {
    const response = await fetch(`${trial.tenant.domain}${path}`);
    expect([400, 403, 404]).toContain(response.status);
  });
});
