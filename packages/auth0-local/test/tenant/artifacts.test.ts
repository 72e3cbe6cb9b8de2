import { beforeEach, describe, expect, it } from 'vitest';
import {
  createArtifact,
  deleteExpiredArtifacts,
  readArtifact,
  takeArtifact,
  updateArtifact,
} from '../../src/tenant/artifacts.js';
import type { Tenant } from '../../src/tenant/tenant.js';
import { createTrialState } from '../support/trial-state.js';

describe('artifacts', () => {
  let tenant: Tenant;
  let advance: (milliseconds: number) => void;

  beforeEach(() => {
    ({ tenant, advance } = createTrialState());
    return () => tenant.store.close();
  });

  it('are found by their secret, until their time is up', () => {
    const secret = createArtifact(tenant, 'session', { lifetimeSeconds: 10, data: { a: 1 } });
    advance(9999);
    expect(readArtifact(tenant, 'session', secret)?.data).toEqual({ a: 1 });
    advance(1);
    expect(readArtifact(tenant, 'session', secret)).toBeUndefined();
    expect(takeArtifact(tenant, 'session', secret)).toBeUndefined();
  });

  it('are of one kind: a secret of another does not open them', () => {
    const secret = createArtifact(tenant, 'session', { lifetimeSeconds: 10, data: {} });
    expect(readArtifact(tenant, 'refresh_token', secret)).toBeUndefined();
    expect(takeArtifact(tenant, 'authorization_code', secret)).toBeUndefined();
    expect(readArtifact(tenant, 'session', secret)).toBeDefined();
  });

  it('are taken once', () => {
    const secret = createArtifact(tenant, 'authorization_code', { lifetimeSeconds: 10, data: {} });
    expect(takeArtifact(tenant, 'authorization_code', secret)).toBeDefined();
    expect(takeArtifact(tenant, 'authorization_code', secret)).toBeUndefined();
  });

  it('keep their time when they change', () => {
    const secret = createArtifact(tenant, 'device_code', { lifetimeSeconds: 10, data: { state: 'pending' } });
    const artifact = readArtifact(tenant, 'device_code', secret);
    if (artifact === undefined) throw new Error('it is there');
    updateArtifact(tenant, secret, { ...artifact, data: { state: 'approved' } });
    expect(readArtifact(tenant, 'device_code', secret)?.data).toEqual({ state: 'approved' });
    advance(10_000);
    expect(readArtifact(tenant, 'device_code', secret)).toBeUndefined();
  });

  it('are stored without their secret', () => {
    const secret = createArtifact(tenant, 'refresh_token', { lifetimeSeconds: 10, data: {} });
    expect(secret.length).toBeGreaterThanOrEqual(43);
    expect(JSON.stringify(tenant.store.artifacts.list())).not.toContain(secret);
    expect(tenant.store.artifacts.get(secret)).toBeUndefined();
  });

  it.each(['login', 'device_code', 'user_code'] as const)(
    'of kind %s are at most a thousand: the oldest go',
    (kind) => {
      const [first = '', second = ''] = Array.from({ length: 1001 }, () =>
        createArtifact(tenant, kind, { lifetimeSeconds: 10, data: {} }),
      );
      expect(readArtifact(tenant, kind, first)).toBeUndefined();
      expect(readArtifact(tenant, kind, second)).toBeDefined();
      expect(tenant.store.artifacts.count({ kind })).toBe(1000);
    },
  );

  it('of other kinds stay, however many there are', () => {
    const session = createArtifact(tenant, 'session', { lifetimeSeconds: 10, data: {} });
    for (let count = 0; count < 1001; count++)
      createArtifact(tenant, 'login', { lifetimeSeconds: 10, data: {} });
    expect(readArtifact(tenant, 'session', session)).toBeDefined();
  });

  it('go when they have expired', () => {
    createArtifact(tenant, 'session', { lifetimeSeconds: 1, data: {} });
    createArtifact(tenant, 'session', { lifetimeSeconds: 10, data: {} });
    advance(5000);
    deleteExpiredArtifacts(tenant);
    expect(tenant.store.artifacts.count()).toBe(1);
  });
});
