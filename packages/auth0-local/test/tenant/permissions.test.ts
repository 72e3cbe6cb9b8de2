import { beforeEach, describe, expect, it } from 'vitest';
import {
  addPermissions,
  listPermissions,
  listUserPermissions,
  removePermissions,
  userPermissions,
} from '../../src/tenant/permissions.js';
import { assignRoles, createRole, unassignRoles } from '../../src/tenant/roles.js';
import { applySeed } from '../../src/tenant/seed.js';
import { managementIdentifier, type Tenant } from '../../src/tenant/tenant.js';
import { createTrialState } from '../support/trial-state.js';
import { audience, trialSeed, users } from '../support/trial-tenant.js';

const { user_id: user } = users.plain;
const permission = (name: string, identifier = audience) => ({
  permissions: [{ resource_server_identifier: identifier, permission_name: name }],
});

let tenant: Tenant;

beforeEach(async () => {
  ({ tenant } = createTrialState());
  await applySeed(tenant, trialSeed);
  return () => tenant.store.close();
});

describe('listUserPermissions', () => {
  it('has each permission once, with every role it comes from', () => {
    const roles = ['first', 'second'].map((name) => createRole(tenant, { name }).id);
    for (const role of roles) addPermissions(tenant, role, permission('read:messages'));
    addPermissions(tenant, roles[1] ?? '', permission('write:messages'));
    assignRoles(tenant, [user], roles);
    addPermissions(tenant, user, permission('read:messages'));
    const summarise = (): unknown[] =>
      listUserPermissions(tenant, user).map(({ permission_name: name, sources }) => [
        name,
        sources.map(({ source_type: type, source_name: source }) => `${type} ${source}`.trim()),
      ]);
    expect(summarise()).toEqual([
      ['read:messages', ['DIRECT', 'ROLE first', 'ROLE second']],
      ['write:messages', ['ROLE second']],
    ]);
    expect(listPermissions(tenant, user)).toHaveLength(1);
    unassignRoles(tenant, user, roles);
    expect(summarise()).toEqual([['read:messages', ['DIRECT']]]);
  });
});

describe('addPermissions', () => {
  it('gives all of them or none', () => {
    const body = {
      permissions: [...permission('read:messages').permissions, ...permission('nothing').permissions],
    };
    expect(() => addPermissions(tenant, user, body)).toThrow('Permission "nothing" is not defined');
    expect(listPermissions(tenant, user)).toEqual([]);
  });

  it('knows the Management API by each of its names', () => {
    const [own = '', other = ''] = tenant.issuers.map(managementIdentifier);
    addPermissions(tenant, user, permission('read:users', other));
    expect(listPermissions(tenant, user)).toMatchObject([{ resource_server_identifier: own }]);
    expect(userPermissions(tenant, user, other)).toEqual(['read:users']);
    removePermissions(tenant, user, permission('read:users', other));
    expect(listPermissions(tenant, user)).toEqual([]);
  });
});

describe('userPermissions', () => {
  it('are in the order in which the API defines them, and of that API only', () => {
    for (const name of ['read:admin', 'write:messages']) addPermissions(tenant, user, permission(name));
    addPermissions(tenant, user, permission('read:users', managementIdentifier(tenant.issuers[0] ?? '')));
    expect(userPermissions(tenant, user, audience)).toEqual(['write:messages', 'read:admin']);
    expect(userPermissions(tenant, user, 'urn:nothing')).toEqual([]);
  });
});
