import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { startSession } from './dashboard/support/start-session.js';
import { startTrialTenant, type TrialTenant } from './support/trial-tenant.js';

describe('a server of the tenant', () => {
  let trial: TrialTenant;
  let headers: Record<string, string>;
  beforeAll(async () => {
    trial = await startTrialTenant();
    headers = {
      cookie: await startSession(trial.ask),
      'sec-fetch-site': 'same-origin',
      authorization: `Bearer ${await trial.tenant.managementToken()}`,
    };
  });
  afterAll(() => trial.tenant.close());

  let complaints: string[];
  beforeEach(() => {
    complaints = [];
    const spy = vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
      complaints.push(String(text));
      return true;
    });
    return () => spy.mockRestore();
  });

  it.each([
    '/dashboard/%ff',
    '/dashboard/apis/%ff/settings',
    '/dashboard/assets/%ff',
    '/dashboard/session/%ff',
    '/dashboard/api/%ff',
    '/dashboard/api/v2/clients/%ff',
    '/api/v2/clients/%ff',
    '/local/%ff',
    '/oauth/%ff',
    '/u/%ff',
    '/%ff',
  ])('refuses %s, which cannot be decoded, and does not take it for a mistake of its own', async (path) => {
    for (const method of ['GET', 'POST']) {
      for (const given of [headers, {}]) {
        const { status } = await trial.ask(method, path, { headers: given });
        expect(status).toBeGreaterThanOrEqual(400);
        expect(status).toBeLessThan(500);
      }
    }
    expect(complaints).toEqual([]);
  });

  it('says what is wrong with such a path', async () => {
    expect((await trial.ask('GET', '/dashboard/%ff')).body).toMatchObject({
      statusCode: 400,
      error: 'Bad Request',
    });
  });

  it.each([
    [416, { range: 'bytes=99999999-' }],
    [412, { 'if-match': '"other"' }],
  ])('answers %i to what the page does not have: %j', async (status, given) => {
    expect((await trial.ask('GET', '/dashboard', { headers: given as Record<string, string> })).status).toBe(
      status,
    );
    expect(complaints).toEqual([]);
  });
});
