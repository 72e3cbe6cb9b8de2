import { beforeAll, describe, expect, it } from 'vitest';
import { managementScopes } from '../../src/tenant/management-api.js';
import {
  openManagementBench,
  refusal,
  type ManagementBench,
  type Refusal,
} from './support/management-bench.js';

/** What each endpoint wants of a token: one of these. Ids are of nothing, so that nothing is changed. */
const rows: readonly (readonly [method: string, path: string, ...scopes: string[]])[] = [
  ['GET', '/resource-servers', 'read:resource_servers'],
  ['POST', '/resource-servers', 'create:resource_servers'],
  ['GET', '/resource-servers/x', 'read:resource_servers'],
  ['PATCH', '/resource-servers/x', 'update:resource_servers'],
  ['DELETE', '/resource-servers/x', 'delete:resource_servers'],
  ['GET', '/clients', 'read:clients', 'read:client_keys', 'read:client_credentials', 'read:client_summary'],
  ['POST', '/clients', 'create:clients'],
  ['GET', '/clients/x', 'read:clients', 'read:client_keys', 'read:client_credentials', 'read:client_summary'],
  ['PATCH', '/clients/x', 'update:clients', 'update:client_keys', 'update:client_credentials'],
  ['DELETE', '/clients/x', 'delete:clients'],
  ['POST', '/clients/x/rotate-secret', 'update:client_keys'],
  ['GET', '/clients/x/credentials', 'read:client_credentials'],
  ['POST', '/clients/x/credentials', 'create:client_credentials'],
  ['GET', '/clients/x/credentials/y', 'read:client_credentials'],
  ['PATCH', '/clients/x/credentials/y', 'update:client_credentials'],
  ['DELETE', '/clients/x/credentials/y', 'delete:client_credentials'],
  ['GET', '/client-grants', 'read:client_grants'],
  ['POST', '/client-grants', 'create:client_grants'],
  ['GET', '/client-grants/x', 'read:client_grants'],
  ['PATCH', '/client-grants/x', 'update:client_grants'],
  ['DELETE', '/client-grants/x', 'delete:client_grants'],
  ['GET', '/users', 'read:users'],
  ['POST', '/users', 'create:users'],
  ['GET', '/users/x', 'read:users'],
  ['PATCH', '/users/x', 'update:users', 'update:users_app_metadata'],
  ['DELETE', '/users/x', 'delete:users'],
  ['GET', '/users-by-email', 'read:users'],
  ['GET', '/users/x/roles', 'read:users', 'read:role_members'],
  ['POST', '/users/x/roles', 'update:users', 'create:role_members'],
  ['DELETE', '/users/x/roles', 'update:users', 'delete:role_members'],
  ['GET', '/users/x/permissions', 'read:users'],
  ['POST', '/users/x/permissions', 'update:users'],
  ['DELETE', '/users/x/permissions', 'update:users'],
  ['GET', '/roles', 'read:roles'],
  ['POST', '/roles', 'create:roles'],
  ['GET', '/roles/x', 'read:roles'],
  ['PATCH', '/roles/x', 'update:roles'],
  ['DELETE', '/roles/x', 'delete:roles'],
  ['GET', '/roles/x/permissions', 'read:roles'],
  ['POST', '/roles/x/permissions', 'update:roles'],
  ['DELETE', '/roles/x/permissions', 'update:roles'],
  ['GET', '/roles/x/users', 'read:users', 'read:role_members'],
  ['POST', '/roles/x/users', 'update:roles', 'create:role_members'],
  ['GET', '/keys/signing', 'read:signing_keys'],
  ['GET', '/keys/signing/x', 'read:signing_keys'],
  ['PUT', '/keys/signing/x/revoke', 'update:signing_keys'],
  ['GET', '/connections', 'read:connections'],
  ['GET', '/connections/x', 'read:connections'],
  ['GET', '/logs', 'read:logs'],
  ['GET', '/logs/x', 'read:logs'],
  ['GET', '/tenants/settings', 'read:tenant_settings'],
];

describe('the scopes of the Management API', () => {
  let bench: ManagementBench;

  beforeAll(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  it.each(rows)('%s %s wants one of its scopes', async (method, path, ...scopes) => {
    const others = managementScopes.filter((scope) => !scopes.includes(scope)).join(' ');
    const almost = scopes.map((scope) => `${scope}s`).join(' ');
    for (const scope of ['', others, almost]) {
      const refused = await bench.manage<Refusal>(method, path, { scope });
      expect(refused.status).toBe(403);
      expect(refused.body).toEqual(
        refusal(403, `Insufficient scope, expected any of: ${scopes.join(',')}`, 'insufficient_scope'),
      );
      expect(refused.headers.get('www-authenticate')).toContain(`scope="${scopes.join(' ')}"`);
    }
    for (const scope of scopes) expect((await bench.manage(method, path, { scope })).status).not.toBe(403);
  });

  it.each(rows)('%s %s wants a token', async (method, path) => {
    expect((await bench.ask(method, `/api/v2${path}`)).status).toBe(401);
  });

  it('are those that the API defines', () => {
    for (const [, , ...scopes] of rows) expect(managementScopes).toEqual(expect.arrayContaining(scopes));
  });

  it('POST /keys/signing/rotate wants one of its scopes', async () => {
    const before = bench.tenant.store.signingKeys.count();
    const refused = await bench.manage<Refusal>('POST', '/keys/signing/rotate', {
      scope: 'read:signing_keys',
    });
    expect(refused.body.message).toBe(
      'Insufficient scope, expected any of: create:signing_keys,update:signing_keys',
    );
    expect(bench.tenant.store.signingKeys.count()).toBe(before);
  });

  it.each([
    ['GET', '/nothing'],
    ['GET', '/'],
    ['GET', ''],
    ['PUT', '/clients'],
    ['POST', '/clients/x'],
    ['GET', '/clients/x/y'],
    ['DELETE', '/keys/signing/x'],
    ['GET', '/keys'],
    ['OPTIONS', '/clients'],
    ['POST', '/users-by-email'],
  ])('there is no %s %s, with a token or without', async (method, path) => {
    const answers = [await bench.manage(method, path), await bench.ask(method, `/api/v2${path}`)];
    for (const answer of answers) {
      expect(answer.status).toBe(404);
      expect(answer.body).toEqual(refusal(404, 'Not Found'));
    }
  });
});
