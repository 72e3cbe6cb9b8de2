import { beforeEach, describe, expect, it } from 'vitest';
import { findApi, scopeNames } from '../../src/tenant/apis.js';
import { createClientGrant } from '../../src/tenant/client-grants.js';
import { adoptIssuers, managementScopes } from '../../src/tenant/management-api.js';
import { addPermissions, userPermissions } from '../../src/tenant/permissions.js';
import { applySeed } from '../../src/tenant/seed.js';
import { managementIdentifier, type Tenant } from '../../src/tenant/tenant.js';
import { createTrialState } from '../support/trial-state.js';
import { audience, trialSeed, users } from '../support/trial-tenant.js';

describe('adoptIssuers', () => {
  let tenant: Tenant;

  beforeEach(async () => {
    ({ tenant } = createTrialState());
    await applySeed(tenant, trialSeed);
    return () => tenant.store.close();
  });

  it('lets grants and permissions follow the tenant to another address', () => {
    const [old = ''] = tenant.issuers.map(managementIdentifier);
    const permission = { resource_server_identifier: old, permission_name: 'read:users' };
    addPermissions(tenant, users.plain.user_id, { permissions: [permission] });
    createClientGrant(tenant, { client_id: 'machine-client', audience: old, scope: ['read:users'] });

    tenant.issuers = ['https://tenant.test:4443/'];
    adoptIssuers(tenant);
    const identifier = 'https://tenant.test:4443/api/v2/';
    expect(findApi(tenant, old)).toBeUndefined();
    expect(findApi(tenant, identifier)).toMatchObject({ is_system: true });
    expect(tenant.store.clientGrants.list({ audience: identifier })).toHaveLength(1);
    expect(userPermissions(tenant, users.plain.user_id, identifier)).toEqual(['read:users']);
  });

  it.each(['http://localhost:5000/', 'https://localhost:5443/'])(
    'refuses to share its name with another API: %s',
    (issuer) => {
      const identifier = managementIdentifier(issuer);
      const api = findApi(tenant, audience);
      if (api !== undefined) tenant.store.apis.put(api.id, { ...api, identifier });
      tenant.issuers = ['http://localhost:5000/', 'https://localhost:5443/'];
      expect(() => adoptIssuers(tenant)).toThrow(`delete that API: auth0 apis delete ${identifier}`);
    },
  );

  it('gives it the permissions that newer versions know', () => {
    const [identifier = ''] = tenant.issuers.map(managementIdentifier);
    const api = findApi(tenant, identifier);
    if (api !== undefined) tenant.store.apis.put(api.id, { ...api, scopes: [{ value: 'read:users' }] });
    adoptIssuers(tenant);
    const adopted = findApi(tenant, identifier);
    expect(adopted && scopeNames(adopted)).toEqual(managementScopes);
    expect(new Set(managementScopes).size).toBe(managementScopes.length);
  });
});
