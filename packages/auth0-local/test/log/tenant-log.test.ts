import { beforeEach, describe, expect, it } from 'vitest';
import { createTenantLog, type LogEntry } from '../../src/log/tenant-log.js';
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

  it('keeps the newest ten thousand, give or take a thousand', () => {
    tenant.store.transaction(() => {
      for (let count = 0; count < 12_500; count++) tenant.log.write({ type: 's', user_id: String(count) });
    });
    const kept = tenant.log.list();
    expect(kept.length).toBeLessThanOrEqual(11_000);
    expect(kept.length).toBeGreaterThanOrEqual(10_000);
    expect(kept.at(-1)?.user_id).toBe('12499');
  });

  it('tidies up what processes have left that ended early', () => {
    const { store, log, now } = tenant;
    store.transaction(() => {
      for (let count = 0; count < 10_020; count++) log.write({ type: 's' });
    });
    expect(log.list()).toHaveLength(10_020);
    expect(createTenantLog(store.logs, now).list()).toHaveLength(10_000);
  });

  it('lists the newest, and what is before and after an event', () => {
    const ids = ['a', 'b', 'c', 'd'].map((name) => tenant.log.write({ type: 's', user_id: name }).log_id);
    const names = (entries: readonly LogEntry[] | undefined): string | undefined =>
      entries?.map(({ user_id: name }) => name).join('');
    expect(names(tenant.log.list(3))).toBe('bcd');
    expect(names(tenant.log.listBefore(undefined, 3))).toBe('dcb');
    expect(names(tenant.log.listBefore(ids[3], 2))).toBe('cb');
    expect(names(tenant.log.listBefore(ids[0], 2))).toBe('');
    expect(names(tenant.log.listAfter(undefined, 3))).toBe('abc');
    expect(names(tenant.log.listAfter(ids[1], 1))).toBe('c');
    expect(names(tenant.log.listAfter(ids[3], 1))).toBe('');
  });

  it('knows nothing before or after an event that is not kept', () => {
    tenant.log.write({ type: 's' });
    expect(tenant.log.listBefore('gone', 1)).toEqual([]);
    expect(tenant.log.listAfter('gone', 1)).toBeUndefined();
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
