import { beforeEach, describe, expect, it } from 'vitest';
import { audience } from '../support/trial-tenant.js';
import {
  invalidBody,
  openManagementBench,
  refusal,
  type Item,
  type ManagementBench,
} from './support/management-bench.js';

const missing = refusal(404, 'The resource server does not exist', 'inexistent_resource_server');

describe('/resource-servers', () => {
  let bench: ManagementBench;

  beforeEach(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const manage: ManagementBench['manage'] = (...request) => bench.manage(...request);
  const create = (body: object) => manage('POST', '/resource-servers', { body });

  it('creates an API of nothing but an identifier with the defaults of the real tenant', async () => {
    const { status, body } = await create({ identifier: 'urn:orders' });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^[0-9a-f]{24}$/) as string,
      identifier: 'urn:orders',
      allow_offline_access: false,
      skip_consent_for_verifiable_first_party_clients: false,
      subject_type_authorization: {
        user: { policy: 'allow_all' },
        client: { policy: 'require_client_grant' },
      },
      token_lifetime: 86_400,
      token_lifetime_for_web: 7200,
      signing_alg: 'RS256',
    });
  });

  it('shows a member once it was set', async () => {
    const given = {
      identifier: 'urn:orders',
      name: 'Orders',
      scopes: [{ value: 'read:orders', description: 'See orders' }, { value: 'write:orders' }],
      enforce_policies: true,
      token_dialect: 'rfc9068_profile_authz',
      token_lifetime: 0,
      token_lifetime_for_web: 0,
      signing_alg: 'PS256',
      allow_offline_access: true,
      allow_online_access: true,
      skip_consent_for_verifiable_first_party_clients: true,
      subject_type_authorization: {
        user: { policy: 'require_client_grant' },
        client: { policy: 'deny_all' },
      },
      consent_policy: null,
      authorization_details: null,
      token_encryption: null,
      proof_of_possession: null,
    };
    expect((await create(given)).body).toMatchObject(given);
  });

  it.each([
    { mechanism: 'dpop', required: false },
    { mechanism: 'mtls', required: true, required_for: 'all_clients' },
    { mechanism: 'dpop', required: true, required_for: 'public_clients' },
  ])('binds tokens as %j', async (setting) => {
    const { body } = await create({ identifier: 'urn:bound', proof_of_possession: setting });
    expect(body).toMatchObject({ proof_of_possession: setting });
    const path = `/resource-servers/${String(body['id'])}`;
    const cleared = await manage('PATCH', path, { body: { proof_of_possession: null } });
    expect(cleared.body).toMatchObject({ proof_of_possession: null });
  });

  it.each([
    [{}, "'Missing required property: mechanism' on property proof_of_possession"],
    [{ mechanism: 'dpop' }, "'Missing required property: required' on property proof_of_possession"],
    [
      { mechanism: 'none', required: false },
      "'Mechanism must be dpop or mtls; for tokens that are bound to nothing, proof_of_possession is null' on property proof_of_possession.mechanism",
    ],
    [
      { mechanism: 'mtls', required: true, required_for: 'public_clients' },
      "'Public clients have no certificates: with mtls, required_for must be all_clients' on property proof_of_possession",
    ],
    [
      { mechanism: 'dpop', required: true, required_for: 'all' },
      "'No enum match for: all' on property proof_of_possession.required_for",
    ],
    [
      { mechanism: 'dpop', required: true, since: 1 },
      "'Additional properties not allowed: since' on property proof_of_possession",
    ],
  ])('does not bind tokens as %j', async (setting, problem) => {
    const { status, body } = await create({ identifier: 'urn:bound', proof_of_possession: setting });
    expect([status, body['message']]).toEqual([400, `Payload validation error: ${problem}.`]);
  });

  it('finds an API by its id or its encoded identifier', async () => {
    const { body } = await create({ identifier: 'https://api.example.com/a b/?c=d#e' });
    for (const key of [body['id'], body['identifier']]) {
      const found = await manage('GET', `/resource-servers/${encodeURIComponent(String(key))}`);
      expect([found.status, found.body]).toEqual([200, body]);
    }
  });

  it('takes an identifier with a slash at its end for another one', async () => {
    const [plain, slash] = [
      await create({ identifier: 'https://api.example.com' }),
      await create({ identifier: 'https://api.example.com/' }),
    ];
    expect([plain.status, slash.status]).toEqual([201, 201]);
    for (const { body } of [plain, slash]) {
      const path = `/resource-servers/${encodeURIComponent(String(body['identifier']))}`;
      expect((await manage('GET', path)).body['id']).toBe(body['id']);
    }
    await manage('DELETE', '/resource-servers/https%3A%2F%2Fapi.example.com%2F');
    expect((await manage('GET', '/resource-servers/https%3A%2F%2Fapi.example.com')).status).toBe(200);
    expect((await manage('GET', '/resource-servers/https%3A%2F%2Fapi.example.com%2F')).status).toBe(404);
  });

  it('finds the Management API by what each listener calls it', async () => {
    for (const issuer of bench.tenant.issuers) {
      const { body } = await manage('GET', `/resource-servers/${encodeURIComponent(`${issuer}api/v2/`)}`);
      expect(body).toMatchObject({ is_system: true, name: 'Auth0 Management API' });
    }
  });

  it.each(['x', '000000000000000000000000', 'https%3A%2F%2Fnowhere.example.com', '%00', "'%20OR%201%3D1"])(
    'does not find %s',
    async (key) => {
      for (const method of ['GET', 'PATCH']) {
        const answer = await manage(method, `/resource-servers/${key}`, method === 'GET' ? {} : { body: {} });
        expect([answer.status, answer.body]).toEqual([404, missing]);
      }
    },
  );

  it('changes an API: a list of scopes replaces the whole list', async () => {
    const path = `/resource-servers/${encodeURIComponent(audience)}`;
    const { body: before } = await manage('GET', path);
    const answer = await manage('PATCH', path, {
      body: { name: 'New', scopes: [{ value: 'read:messages' }], token_lifetime: 60 },
    });
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      ...before,
      name: 'New',
      scopes: [{ value: 'read:messages' }],
      token_lifetime: 60,
    });
    expect((await manage('GET', path)).body).toEqual(answer.body);
    expect((await manage('PATCH', path, { body: {} })).body).toEqual(answer.body);
    const half = { subject_type_authorization: { client: { policy: 'deny_all' } } };
    expect((await manage('PATCH', path, { body: half })).body['subject_type_authorization']).toEqual({
      user: { policy: 'allow_all' },
      client: { policy: 'deny_all' },
    });
  });

  it('takes a scope that went from whoever had it', async () => {
    const path = `/resource-servers/${encodeURIComponent(audience)}`;
    await manage('PATCH', path, { body: { scopes: [{ value: 'read:messages' }] } });
    const grants = await manage<Item[]>('GET', '/client-grants?client_id=machine-client');
    expect(grants.body.map(({ scope }) => scope)).toEqual([['read:messages']]);
    const [role] = bench.tenant.store.roles.list();
    expect((await manage('GET', `/roles/${role?.id}/permissions`)).body).toEqual([]);
  });

  it('does not change an identifier', async () => {
    const answer = await manage('PATCH', `/resource-servers/${encodeURIComponent(audience)}`, {
      body: { identifier: 'x' },
    });
    expect(answer.body).toEqual(invalidBody("'Additional properties not allowed: identifier'."));
  });

  it('deletes an API with its grants and permissions, once or twice', async () => {
    const path = `/resource-servers/${encodeURIComponent(audience)}`;
    for (const attempt of [1, 2]) {
      const answer = await manage('DELETE', path);
      expect([attempt, answer.status, answer.body]).toEqual([attempt, 204, '']);
    }
    expect((await manage('GET', path)).body).toEqual(missing);
    const { clientGrants, permissions } = bench.tenant.store;
    expect([clientGrants.count(), permissions.count()]).toEqual([0, 0]);
  });

  it('leaves the system API as it is', async () => {
    const { body: apis } = await manage<Item[]>('GET', '/resource-servers');
    const system = apis.find(({ is_system: isSystem }) => isSystem);
    const path = `/resource-servers/${String(system?.['id'])}`;
    expect(await manage('PATCH', path, { body: { scopes: [] } })).toMatchObject({
      status: 400,
      body: refusal(400, 'System resource servers cannot be patched', 'system_resource_server'),
    });
    expect(await manage('DELETE', path)).toMatchObject({
      status: 400,
      body: refusal(400, 'System resource servers cannot be deleted', 'system_resource_server'),
    });
    expect((await manage('GET', path)).body).toEqual(system);
  });

  it('takes an identifier once, the Management API’s names included', async () => {
    for (const identifier of [audience, ...bench.tenant.issuers.map((issuer) => `${issuer}api/v2/`)]) {
      const { status, body } = await create({ identifier });
      expect([status, body]).toEqual([
        409,
        refusal(409, 'A resource server with the same identifier already exists', 'resource_server_conflict'),
      ]);
    }
  });

  it('lists those with the identifiers that are asked for', async () => {
    await create({ identifier: 'urn:orders' });
    const query = `identifiers=urn:orders&identifiers=${encodeURIComponent(audience)}&identifiers=none`;
    const { body } = await manage<Item[]>('GET', `/resource-servers?${query}`);
    expect(body.map(({ identifier }) => identifier)).toEqual(['urn:orders', audience]);
    expect((await manage('GET', '/resource-servers?identifiers=none')).body).toEqual([]);
  });

  it('shows the secret of HS256 only to those who may see secrets', async () => {
    const { body } = await create({ identifier: 'urn:shared', signing_alg: 'HS256' });
    expect(String(body['signing_secret']).length).toBeGreaterThanOrEqual(32);
    for (const path of ['/resource-servers', '/resource-servers/urn:shared']) {
      const hidden = await manage('GET', path, { scope: 'read:resource_servers read:clients' });
      expect(JSON.stringify(hidden.body)).not.toContain('signing_secret');
      const shown = await manage('GET', path, { scope: 'read:resource_servers read:client_keys' });
      expect(JSON.stringify(shown.body)).toContain(String(body['signing_secret']));
    }
  });
});
