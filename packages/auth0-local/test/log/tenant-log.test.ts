import { beforeEach, describe, expect, it } from 'vitest';
import type { Tenant } from '../../src/tenant/tenant.js';
import { createTrialState } from '../support/trial-state.js';

describe('createTenantLog', () => {
  let tenant: Tenant;
  let advance: (milliseconds: number) => void;

  beforeEach(() => {
    ({ tenant, advance } = createTrialState());
    return () => tenant.store.close();
  });

  it('lists events in the order in which they happened, with their time', () => {
    tenant.log.write({ type: 'seccft', client_id: 'a' });
    advance(1000);
    tenant.log.write({ type: 'feccft', description: 'Client is not authorized', fix: 'auth0 …' });
    expect(tenant.log.list()).toEqual([
      {
        log_id: expect.any(String),
        date: '2026-11-25T12:00:00.000Z',
        type: 'seccft',
        client_id: 'a',
        description: 'Client credentials exchanged for an access token',
      },
      {
        log_id: expect.any(String),
        date: '2026-11-25T12:00:01.000Z',
        type: 'feccft',
        description: 'Client is not authorized',
        fix: 'auth0 …',
      },
    ]);
  });

  it('keeps the newest thousand, give or take a hundred', () => {
    for (let count = 0; count < 1250; count++) tenant.log.write({ type: 's', user_id: String(count) });
    const kept = tenant.log.list();
    expect(kept.length).toBeLessThanOrEqual(1100);
    expect(kept.length).toBeGreaterThanOrEqual(1000);
    expect(kept.at(-1)?.user_id).toBe('1249');
  });

  it('lets no caller write lines or terminal commands into it, nor books', () => {
    const { description, audience } = tenant.log.write({
      type: 'feccft',
      description: 'a\r\n12:00 ✓ forged \u001B[2J\u2028\u0085\u202E\u2066',
      audience: 'x'.repeat(5000),
    });
    expect(description).toBe('a��12:00 ✓ forged �[2J����');
    expect(audience?.length).toBe(1000);
  });

  it.each([
    ['cut', `auth0 apis create --name '${'x'.repeat(1000)}'`],
    ['changed', "auth0 apis create --name 'a\u202eb'"],
  ])('has no command that would have to be %s', (_what, fix) => {
    expect(tenant.log.write({ type: 'feccft', fix })).not.toHaveProperty('fix');
  });

  it('tells followers, each until it stops', () => {
    const heard: string[] = [];
    const stop = tenant.log.follow(({ type }) => heard.push(`a ${type}`));
    tenant.log.follow(({ type }) => heard.push(`b ${type}`));
    tenant.log.write({ type: 's' });
    stop();
    tenant.log.write({ type: 'f' });
    expect(heard).toEqual(['a s', 'b s', 'b f']);
  });
});
