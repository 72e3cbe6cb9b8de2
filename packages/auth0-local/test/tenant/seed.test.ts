import { generateKeyPairSync } from 'node:crypto';
import { beforeEach, describe, expect, it } from 'vitest';
import { exportSeed } from '../../src/tenant/export-seed.js';
import { userPermissions } from '../../src/tenant/permissions.js';
import { isPassword } from '../../src/tenant/passwords.js';
import { applySeed, type Seed } from '../../src/tenant/seed.js';
import type { Tenant } from '../../src/tenant/tenant.js';
import { boundSeed } from '../support/bound-seed.js';
import { createTrialState } from '../support/trial-state.js';
import { audience, trialSeed } from '../support/trial-tenant.js';

describe('applySeed', () => {
  let tenant: Tenant;

  beforeEach(() => {
    ({ tenant } = createTrialState());
    return () => tenant.store.close();
  });

  it('creates what the tenant does not have', async () => {
    await applySeed(tenant, { ...trialSeed, claims: { roles: 'roles' } });
    expect(tenant.store.applications.list().map(({ name }) => name)).toEqual([
      'Machine',
      'Stranger',
      'Web',
      'Single page',
    ]);
    expect(tenant.store.clientGrants.list()).toMatchObject([{ client_id: 'machine-client', audience }]);
    expect(userPermissions(tenant, 'auth0|admin', audience)).toEqual(['read:admin']);
    expect(
      await isPassword('plain-password', tenant.store.users.get('auth0|plain')?.password_hash ?? ''),
    ).toBe(true);
  });

  it('leaves what the tenant has as it is', async () => {
    await applySeed(tenant, trialSeed);
    const before = exportSeed(tenant);
    await applySeed(tenant, {
      resourceServers: [{ identifier: audience, name: 'Another name', token_lifetime: 1 }],
      clients: [
        { name: 'Web', callbacks: ['http://localhost:1'] },
        { client_id: 'web-client', name: 'Also Web' },
      ],
      clientGrants: [{ client_id: 'Machine', audience, scope: [] }],
      roles: [{ name: 'admin', description: 'other' }],
      users: [{ email: 'ADMIN@example.com', password: 'other' }],
    });
    expect(exportSeed(tenant)).toEqual(before);
  });

  it('lets grants name a client by its name', async () => {
    await applySeed(tenant, trialSeed);
    await applySeed(tenant, {
      clientGrants: [{ client_id: 'Stranger', audience, scope: ['read:messages'] }],
    });
    expect(tenant.store.clientGrants.find({ client_id: 'stranger-client' })?.scope).toEqual([
      'read:messages',
    ]);
  });

  it.each<[string, unknown, string]>([
    ['no object', 'x', 'Expected type object but found type string'],
    ['an unknown list', { apis: [] }, 'Additional properties not allowed: apis'],
    ['no list', { clients: {} }, 'Expected type array but found type object'],
    ['a wrong API', { resourceServers: [{}] }, 'resourceServers[0]: '],
    ['a wrong client', { clients: [{ name: 'a' }, { name: '' }] }, 'clients[1]: '],
    [
      'a name that would play with a terminal',
      { roles: [{ name: 'a\u001b[2J' }] },
      "roles[0]: Payload validation error: 'Name must not contain control characters'",
    ],
    [
      'a grant for nobody',
      { clientGrants: [{ client_id: 'x', audience: 'y' }] },
      'clientGrants[0]: There is no client',
    ],
    [
      'a grant for no API',
      { clients: [{ name: 'a' }], clientGrants: [{ client_id: 'a', audience: 'y' }] },
      '"y" does not exist',
    ],
    [
      'a user with an unknown role',
      { users: [{ email: 'a@b.co', password: 'x', roles: ['y'] }] },
      'users[0]: There is no role',
    ],
    ['a user without a password', { users: [{ email: 'a@b.co' }] }, 'Missing required property: password'],
    [
      'a permission nobody defines',
      { roles: [{ name: 'a', permissions: [{ resource_server_identifier: 'z', permission_name: 'p' }] }] },
      'roles[0]: ',
    ],
    ['a claim without a path', { claims: { a: 1 } }, 'claims.a'],
  ])('refuses %s, and says where it stands', async (_what, seed, message) => {
    await expect(applySeed(tenant, seed)).rejects.toThrow(message);
  });
});

describe('exportSeed', () => {
  it('has what the tokens of an API are bound to, and of whom that is required', async () => {
    const { tenant } = createTrialState();
    const setting = { mechanism: 'dpop', required: true, required_for: 'public_clients' };
    await applySeed(tenant, boundSeed(setting, { require_proof_of_possession: true }));
    const { resourceServers, clients } = exportSeed(tenant);
    expect(resourceServers).toMatchObject([{ proof_of_possession: setting }]);
    expect(clients?.every((client) => client['require_proof_of_possession'] === true)).toBe(true);
    const bad = { resourceServers: [{ identifier: 'urn:bad', proof_of_possession: { mechanism: 'none' } }] };
    await expect(applySeed(tenant, bad)).rejects.toThrow(/^resourceServers\[0\]: .*dpop or mtls/);
    tenant.store.close();
  });

  it('makes the same tenant of an empty one', async () => {
    const { tenant } = createTrialState();
    const seed: Seed = {
      ...trialSeed,
      clients: [
        ...(trialSeed.clients ?? []),
        {
          name: 'With a key',
          client_authentication_methods: {
            private_key_jwt: {
              credentials: [{ credential_type: 'public_key', kid: 'k1', pem: publicPem() }],
            },
          },
        },
      ],
      claims: { isAdmin: 'app_metadata.isAdmin' },
    };
    await applySeed(tenant, seed);
    const exported = exportSeed(tenant);
    const { tenant: other } = createTrialState();
    await applySeed(other, JSON.parse(JSON.stringify(exported)));
    expect(stripIds(exportSeed(other))).toEqual(stripIds(exported));
    expect(exported.users?.map((user) => user['password_hash'])).toEqual(
      exportSeed(other).users?.map((user) => user['password_hash']),
    );
    expect(exported.resourceServers?.length).toBe(1);
    tenant.store.close();
    other.store.close();
  });
});

/** Ids of credentials are new wherever they are imported. */
function stripIds(seed: Seed): unknown {
  return JSON.parse(JSON.stringify(seed).replaceAll(/cred_\w+/g, 'cred'));
}

function publicPem(): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return publicKey.export({ type: 'spki', format: 'pem' }).toString();
}
