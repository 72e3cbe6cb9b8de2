import { beforeEach, describe, expect, it } from 'vitest';
import {
  createSigningKeys,
  currentKey,
  listSigningKeys,
  publishedKeys,
  revokeSigningKey,
  rotateSigningKeys,
} from '../../src/tenant/signing-keys.js';
import type { Tenant } from '../../src/tenant/tenant.js';
import { createTrialState } from '../support/trial-state.js';

let tenant: Tenant;
let advance: (milliseconds: number) => void;

beforeEach(async () => {
  ({ tenant, advance } = createTrialState());
  for (const key of await createSigningKeys(tenant)) tenant.store.signingKeys.put(key.kid, key);
  return () => tenant.store.close();
});

const kidOf = (state: string): string =>
  listSigningKeys(tenant).find((key) => key.state === state)?.kid ?? '';
const countStates = (): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const { state } of listSigningKeys(tenant)) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
};

describe('rotateSigningKeys', () => {
  it('lets the next key sign, and says since when', async () => {
    const [old, next] = [kidOf('current'), kidOf('next')];
    advance(1000);
    expect(await rotateSigningKeys(tenant)).toMatchObject({
      kid: next,
      state: 'current',
      current_since: '2026-11-25T12:00:01.000Z',
    });
    expect(currentKey(tenant).kid).toBe(next);
    expect(tenant.store.signingKeys.get(old)).toMatchObject({
      state: 'previous',
      current_until: '2026-11-25T12:00:01.000Z',
    });
    expect(publishedKeys(tenant).map(({ state }) => state)).toEqual(['current', 'next', 'previous']);
  });

  it('goes one step for each of several that come at once', async () => {
    await Promise.all([rotateSigningKeys(tenant), rotateSigningKeys(tenant), rotateSigningKeys(tenant)]);
    expect(countStates()).toEqual({ previous: 3, current: 1, next: 1 });
  });
});

describe('revokeSigningKey', () => {
  it('does not revoke a key that begins to sign meanwhile', async () => {
    const next = kidOf('next');
    const revoking = revokeSigningKey(tenant, next);
    for (const key of listSigningKeys(tenant)) {
      tenant.store.signingKeys.put(key.kid, { ...key, state: key.kid === next ? 'current' : 'previous' });
    }
    await expect(revoking).rejects.toMatchObject({ errorCode: 'operation_not_supported' });
    expect(currentKey(tenant)).toMatchObject({ kid: next, revoked: false });
    expect(countStates()).toEqual({ previous: 1, current: 1 });
  });

  it('makes no second next key if the one it is about has gone on meanwhile', async () => {
    const next = kidOf('next');
    const revoking = revokeSigningKey(tenant, next);
    for (const key of listSigningKeys(tenant)) {
      tenant.store.signingKeys.put(key.kid, { ...key, state: 'previous' });
    }
    expect(await revoking).toMatchObject({ kid: next, revoked: true });
    expect(countStates()).toEqual({ previous: 2 });
  });

  it('makes one next key in the place of one, however often it is asked', async () => {
    const next = kidOf('next');
    await Promise.all([1, 2, 3].map(() => revokeSigningKey(tenant, next)));
    expect(countStates()).toEqual({ current: 1, previous: 1, next: 1 });
  });

  it('keeps the time of the first revocation', async () => {
    const next = kidOf('next');
    const first = await revokeSigningKey(tenant, next);
    advance(1000);
    expect(await revokeSigningKey(tenant, next)).toEqual(first);
  });
});
