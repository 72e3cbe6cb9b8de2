import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';

let trial: TrialTenant;

beforeAll(async () => {
  trial = await startTrialTenant({ dashboard: 'off' });
});
afterAll(() => trial.tenant.close());

describe('createWelcomeRouter', () => {
  it.each(['/', '/dashboard', '/dashboard/apis/1/settings'])(
    'says at %s that the tenant runs, and has no Dashboard',
    async (path) => {
      const { status, headers, body } = await trial.ask<string>('GET', path);
      expect(status).toBe(200);
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(body).toContain('Its Dashboard is switched off');
    },
  );

  it('has nothing elsewhere', async () => {
    expect((await trial.ask('GET', '/nothing')).status).toBe(404);
  });
});
