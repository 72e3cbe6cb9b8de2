import { beforeEach, describe, expect, it } from 'vitest';
import { audience } from '../support/trial-tenant.js';
import {
  openManagementBench,
  invalidBody,
  invalidQuery,
  refusal,
  type Item,
  type ManagementBench,
} from './support/management-bench.js';

const missing = refusal(404, 'The client grant does not exist.', 'inexistent_client_grant');

interface GrantPart {
  readonly client_grants: readonly Item[];
  readonly next?: string;
}

describe('/client-grants', () => {
  let bench: ManagementBench;

  beforeEach(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const manage: ManagementBench['manage'] = (...request) => bench.manage(...request);
  const create = (body: object) => manage('POST', '/client-grants', { body });
  const first = async (): Promise<Item> => (await manage<Item[]>('GET', '/client-grants')).body[0] ?? {};

  it('creates a grant for the application itself', async () => {
    const { status, body } = await create({
      client_id: 'stranger-client',
      audience,
      scope: ['read:messages'],
    });
    expect(status).toBe(201);
    expect(body).toEqual({
      id: expect.stringMatching(/^cgr_\w{16}$/) as string,
      client_id: 'stranger-client',
      audience,
      subject_type: 'client',
      scope: ['read:messages'],
    });
    expect((await manage('GET', `/client-grants/${String(body['id'])}`)).body).toEqual(body);
  });

  it('creates one for users beside it', async () => {
    const body = { client_id: 'machine-client', audience, scope: [], subject_type: 'user' };
    expect(await create(body)).toMatchObject({ status: 201, body });
  });

  it('shows no list of scopes where all are allowed', async () => {
    const created = await create({ client_id: 'stranger-client', audience, allow_all_scopes: true });
    expect(created.body).toMatchObject({ allow_all_scopes: true });
    expect(created.body).not.toHaveProperty('scope');
    const { id } = await first();
    const path = `/client-grants/${String(id)}`;
    expect((await manage('PATCH', path, { body: { allow_all_scopes: true } })).body).not.toHaveProperty(
      'scope',
    );
    const back = await manage('PATCH', path, { body: { allow_all_scopes: false, scope: ['read:messages'] } });
    expect(back.body).toMatchObject({ allow_all_scopes: false, scope: ['read:messages'] });
  });

  it('changes a grant: a list of scopes replaces the whole list', async () => {
    const grant = await first();
    const path = `/client-grants/${String(grant['id'])}`;
    const body = { scope: ['read:admin'], organization_usage: 'allow', allow_any_organization: true };
    expect(await manage('PATCH', path, { body })).toMatchObject({ status: 200, body: { ...grant, ...body } });
    expect((await manage('PATCH', path, { body: {} })).body).toEqual({ ...grant, ...body });
    expect((await manage('PATCH', path, { body: { scope: null } })).body['scope']).toEqual([]);
    for (const member of ['client_id', 'audience', 'subject_type']) {
      expect((await manage('PATCH', path, { body: { [member]: 'client' } })).body).toEqual(
        invalidBody(`'Additional properties not allowed: ${member}'.`),
      );
    }
  });

  it('deletes a grant, once or twice', async () => {
    const path = `/client-grants/${String((await first())['id'])}`;
    for (const attempt of [1, 2]) {
      expect([attempt, (await manage('DELETE', path)).status]).toEqual([attempt, 204]);
    }
    expect((await manage('GET', path)).body).toEqual(missing);
    expect(await manage('PATCH', path, { body: {} })).toMatchObject({ status: 404, body: missing });
  });

  it.each([
    [{ client_id: 'nobody', audience }, refusal(404, 'The client does not exist', 'inexistent_client')],
    [
      { client_id: 'machine-client', audience: 'urn:nothing' },
      refusal(
        404,
        'Resource server with identifier "urn:nothing" does not exist',
        'inexistent_resource_server',
      ),
    ],
    [
      { client_id: 'machine-client', audience, scope: [] },
      refusal(
        409,
        `A client grant already exists between machine-client and ${audience}`,
        'client_grant_conflict',
      ),
    ],
    [
      { client_id: 'stranger-client', audience, scope: ['read:nothing'] },
      invalidBody('scope must be a subset of resource server scopes'),
    ],
    [{ audience }, invalidBody("'Missing required property: client_id'.")],
    [{ client_id: 'machine-client' }, invalidBody("'Missing required property: audience'.")],
  ])('creates nothing for %j', async (body, expected) => {
    const answer = await create(body);
    expect([answer.status, answer.body]).toEqual([expected.statusCode, expected]);
    expect(bench.tenant.store.clientGrants.count()).toBe(1);
  });

  it('knows the Management API by each of its names, and one grant for all of them', async () => {
    const [own = '', other = ''] = bench.tenant.issuers.map((issuer) => `${issuer}api/v2/`);
    const body = { client_id: 'stranger-client', scope: ['read:users'] };
    expect((await create({ ...body, audience: other })).body['audience']).toBe(own);
    expect((await create({ ...body, audience: own })).status).toBe(409);
    for (const name of [own, other]) {
      const path = `/client-grants?audience=${encodeURIComponent(name)}`;
      expect((await manage<Item[]>('GET', path)).body).toMatchObject([body]);
    }
  });

  it.each([
    ['client_id=machine-client', 2],
    ['client_id=nobody', 0],
    [`audience=${encodeURIComponent(audience)}`, 4],
    ['audience=urn:nothing', 0],
    ['subject_type=user', 2],
    ['subject_type=client&client_id=machine-client', 1],
    ['allow_any_organization=true', 1],
    ['allow_any_organization=false', 3],
  ])('lists those that %s fits, in pages and part by part', async (query, count) => {
    await create({ client_id: 'machine-client', audience, subject_type: 'user' });
    await create({ client_id: 'stranger-client', audience });
    await create({
      client_id: 'stranger-client',
      audience,
      subject_type: 'user',
      allow_any_organization: true,
    });
    expect((await manage<Item[]>('GET', `/client-grants?${query}`)).body).toHaveLength(count);
    expect((await manage<GrantPart>('GET', `/client-grants?${query}&take=50`)).body).toMatchObject({
      client_grants: { length: count },
    });
  });

  it('lists part by part, also while what was listed is deleted', async () => {
    for (const client_id of ['stranger-client', 'web-client', 'spa-client'])
      await create({ client_id, audience });
    const seen: unknown[] = [];
    let from: string | undefined = '';
    while (from !== undefined) {
      const start: string = from === '' ? '' : `&from=${from}`;
      const { body } = await manage<GrantPart>('GET', `/client-grants?take=1&include_totals=true${start}`);
      for (const { id, client_id: clientId } of body.client_grants) {
        seen.push(clientId);
        await manage('DELETE', `/client-grants/${String(id)}`);
      }
      from = body.next;
    }
    expect(seen).toEqual(['machine-client', 'stranger-client', 'web-client', 'spa-client']);
    expect(bench.tenant.store.clientGrants.count()).toBe(0);
  });

  it.each(['x', 'YWZ0ZXI6', 'YWZ0ZXI6LTE', '%00'])('knows no checkpoint %s', async (from) => {
    const answer = await manage('GET', `/client-grants?from=${from}`);
    expect(answer.body).toEqual(invalidQuery("'No checkpoint of this list' on property from."));
  });
});
