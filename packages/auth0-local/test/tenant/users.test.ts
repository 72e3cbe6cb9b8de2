import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createArtifact, readArtifact } from '../../src/tenant/artifacts.js';
import type { Tenant } from '../../src/tenant/tenant.js';
import { createUser, deleteUser, getUser, importUser, updateUser } from '../../src/tenant/users.js';
import { createTrialState } from '../support/trial-state.js';

const connection = 'Username-Password-Authentication';
let tenant: Tenant;

beforeEach(async () => {
  ({ tenant } = createTrialState());
  await createUser(tenant, { connection, email: 'a@example.com', password: 'x', user_id: 'a' });
  return () => tenant.store.close();
});

describe('updateUser', () => {
  it('merges metadata at its first level, whatever is in it', async () => {
    const members = fc
      .dictionary(fc.stringMatching(/^\w{1,8}$/), fc.jsonValue({ maxDepth: 2 }))
      // As it comes over the wire: JSON has no -0.
      .map((value) => JSON.parse(JSON.stringify(value)) as Record<string, unknown>);
    await fc.assert(
      fc.asyncProperty(members, members, async (first, second) => {
        await updateUser(tenant, 'auth0|a', { user_metadata: null });
        await updateUser(tenant, 'auth0|a', { user_metadata: first });
        const { user_metadata: merged } = await updateUser(tenant, 'auth0|a', { user_metadata: second });
        const expected = Object.entries({ ...first, ...second }).filter(([, value]) => value !== null);
        expect(merged).toEqual(Object.fromEntries(expected));
        expect(getUser(tenant, 'auth0|a').user_metadata).toEqual(
          JSON.parse(JSON.stringify(Object.fromEntries(expected))),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('logs a user out everywhere when the password changes, and only then', async () => {
    const session = createArtifact(tenant, 'session', { lifetimeSeconds: 60, user_id: 'auth0|a', data: {} });
    const other = createArtifact(tenant, 'session', { lifetimeSeconds: 60, user_id: 'auth0|b', data: {} });
    await updateUser(tenant, 'auth0|a', { nickname: 'A' });
    expect(readArtifact(tenant, 'session', session)).toBeDefined();
    await updateUser(tenant, 'auth0|a', { password: 'y' });
    expect(readArtifact(tenant, 'session', session)).toBeUndefined();
    expect(readArtifact(tenant, 'session', other)).toBeDefined();
  });

  it('loses nothing of what is changed at once', async () => {
    await Promise.all([
      updateUser(tenant, 'auth0|a', { password: 'y' }),
      updateUser(tenant, 'auth0|a', { app_metadata: { plan: 'gold' } }),
      updateUser(tenant, 'auth0|a', { nickname: 'A' }),
    ]);
    expect(getUser(tenant, 'auth0|a')).toMatchObject({ app_metadata: { plan: 'gold' }, nickname: 'A' });
  });

  it('does not bring back who was deleted meanwhile', async () => {
    const changed = updateUser(tenant, 'auth0|a', { password: 'y' });
    deleteUser(tenant, 'auth0|a');
    await expect(changed).rejects.toMatchObject({ errorCode: 'inexistent_user' });
    expect(tenant.store.users.count()).toBe(0);
  });
});

describe('importUser', () => {
  it('takes a hash of this tenant only', () => {
    const body = { connection, email: 'b@example.com' };
    expect(() => importUser(tenant, body, 'plain text')).toThrow('password_hash');
    const { password_hash: hash } = getUser(tenant, 'auth0|a');
    expect(importUser(tenant, body, hash).password_hash).toBe(hash);
  });
});
