import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { reservedScopes } from '../../src/tenant/reserved-scopes.js';
import { audience } from '../support/trial-tenant.js';
import {
  invalidBody,
  openManagementBench,
  type ManagementBench,
  type Refusal,
} from './support/management-bench.js';

const api = (changes: object): object => ({ identifier: 'urn:new', ...changes });
const client = (changes: object): object => ({ name: 'New', ...changes });
const scopes = (...values: unknown[]): object => api({ scopes: values });
const long = (length: number): string => 'x'.repeat(length);

const apiRows: readonly (readonly [body: unknown, problem: string])[] = [
  [{}, "'Missing required property: identifier'."],
  [null, "'Missing required property: identifier'."],
  [[], "'Expected type object but found type array'."],
  ['x', "'Expected type object but found type string'."],
  [7, "'Expected type object but found type integer'."],
  [true, "'Expected type object but found type boolean'."],
  [{ identifier: '' }, "'String is too short (0 chars), minimum 1' on property identifier."],
  [{ identifier: long(601) }, "'String is too long (601 chars), maximum 600' on property identifier."],
  [{ identifier: 7 }, "'Expected type string but found type integer' on property identifier."],
  [{ identifier: null }, "'Expected type string but found type null' on property identifier."],
  [api({ id: 'x' }), "'Additional properties not allowed: id'."],
  [api({ is_system: true }), "'Additional properties not allowed: is_system'."],
  [api({ name: long(201) }), "'String is too long (201 chars), maximum 200' on property name."],
  [api({ name: '<b>' }), "'Name must not contain < or >' on property name."],
  [api({ token_lifetime: -1 }), "'Value -1 is less than minimum 0' on property token_lifetime."],
  [
    api({ token_lifetime: 2_592_001 }),
    "'Value 2592001 is greater than maximum 2592000' on property token_lifetime.",
  ],
  [
    api({ token_lifetime_for_web: 2_592_001 }),
    "'Value 2592001 is greater than maximum 2592000' on property token_lifetime_for_web.",
  ],
  [api({ token_lifetime: 1.5 }), "'Expected type integer but found type number' on property token_lifetime."],
  [api({ token_lifetime: '60' }), "'Expected type number but found type string' on property token_lifetime."],
  [api({ signing_alg: 'ES256' }), "'No enum match for: ES256' on property signing_alg."],
  [api({ signing_alg: 1 }), "'Expected type string but found type integer' on property signing_alg."],
  [
    api({ signing_secret: long(15) }),
    "'String is too short (15 chars), minimum 16' on property signing_secret.",
  ],
  [api({ token_dialect: 'jwt' }), "'No enum match for: jwt' on property token_dialect."],
  [
    api({ enforce_policies: 'yes' }),
    "'Expected type boolean but found type string' on property enforce_policies.",
  ],
  [
    api({ allow_offline_access: null }),
    "'Expected type boolean but found type null' on property allow_offline_access.",
  ],
  [
    api({ subject_type_authorization: { user: { policy: 'some' } } }),
    "'No enum match for: some' on property subject_type_authorization.user.policy.",
  ],
  [
    api({ subject_type_authorization: { client: { policy: 'allow_all' } } }),
    "'No enum match for: allow_all' on property subject_type_authorization.client.policy.",
  ],
  [
    api({ subject_type_authorization: { user: {} } }),
    "'Missing required property: policy' on property subject_type_authorization.user.",
  ],
  [
    api({ subject_type_authorization: [] }),
    "'Expected type object but found type array' on property subject_type_authorization.",
  ],
  [
    api({ subject_type_authorization: { users: {} } }),
    "'Additional properties not allowed: users' on property subject_type_authorization.",
  ],
  [api({ scopes: {} }), "'Expected type array but found type object' on property scopes."],
  [
    scopes(...Array.from({ length: 8 }, (_, index) => ({ value: `s${index}` })), {}),
    "'Missing required property: value' on property scopes[8].",
  ],
  [scopes({ value: '' }), "'String is too short (0 chars), minimum 1' on property scopes[0].value."],
  [
    scopes({ value: 'a' }, { value: long(281) }),
    "'String is too long (281 chars), maximum 280' on property scopes[1].value.",
  ],
  [
    scopes({ value: 'a', description: long(501) }),
    "'String is too long (501 chars), maximum 500' on property scopes[0].description.",
  ],
  [scopes({ value: 'a', x: 1 }), "'Additional properties not allowed: x' on property scopes[0]."],
  [scopes('read'), "'Expected type object but found type string' on property scopes[0]."],
  [scopes(['read']), "'Expected type object but found type array' on property scopes[0]."],
  [scopes(null), "'Expected type object but found type null' on property scopes[0]."],
  [
    scopes(...Array.from({ length: 1001 }, (_, index) => ({ value: `s${index}` }))),
    "'Array is too long (1001), maximum 1000' on property scopes.",
  ],
  [
    api({ token_encryption: [] }),
    "'Expected type object but found type array' on property token_encryption.",
  ],
];

const clientRows: readonly (readonly [body: unknown, problem: string])[] = [
  [{}, "'Missing required property: name'."],
  [{ name: '' }, "'String is too short (0 chars), minimum 1' on property name."],
  [client({ app_type: 'web' }), "'No enum match for: web' on property app_type."],
  [client({ grant_types: ['x'] }), "'No enum match for: x' on property grant_types[0]."],
  [client({ grant_types: 'x' }), "'Expected type array but found type string' on property grant_types."],
  [client({ callbacks: [''] }), "'String is too short (0 chars), minimum 1' on property callbacks[0]."],
  [client({ callbacks: [1] }), "'Expected type string but found type integer' on property callbacks[0]."],
  [
    client({ description: long(141) }),
    "'String is too long (141 chars), maximum 140' on property description.",
  ],
  [
    client({ token_endpoint_auth_method: 'tls' }),
    "'No enum match for: tls' on property token_endpoint_auth_method.",
  ],
  [
    client({ client_metadata: { a: 1 } }),
    "'Expected type string but found type integer' on property client_metadata.a.",
  ],
  [
    client({ client_metadata: ['a'] }),
    "'Expected type object but found type array' on property client_metadata.",
  ],
  [
    client({ jwt_configuration: { lifetime_in_seconds: -1 } }),
    "'Value -1 is less than minimum 0' on property jwt_configuration.lifetime_in_seconds.",
  ],
  [
    client({ refresh_token: { rotation_type: 'never' } }),
    "'No enum match for: never' on property refresh_token.rotation_type.",
  ],
  [client({ client_id: 'mine' }), "'Additional properties not allowed: client_id'."],
  [client({ global: true }), "'Additional properties not allowed: global'."],
  [
    client({ client_authentication_methods: { private_key_jwt: {} } }),
    "'Missing required property: credentials' on property client_authentication_methods.private_key_jwt.",
  ],
];

describe('validation', () => {
  let bench: ManagementBench;

  beforeAll(async () => {
    bench = await openManagementBench();
    return () => bench.close();
  });

  const post = (path: string, body: unknown) =>
    bench.manage<Refusal>('POST', path, {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    });

  it.each(apiRows)('an API is not %j', async (body, problem) => {
    const answer = await post('/resource-servers', body);
    expect([answer.status, answer.body]).toEqual([400, invalidBody(problem)]);
  });

  it.each(clientRows)('an application is not %j', async (body, problem) => {
    const answer = await post('/clients', body);
    expect([answer.status, answer.body]).toEqual([400, invalidBody(problem)]);
  });

  it.each(apiRows.filter(([body]) => JSON.stringify(body).includes('"urn:new"')))(
    'an API does not become %j',
    async (body, problem) => {
      const { identifier, ...changes } = body as { identifier: string };
      const answer = await bench.manage('PATCH', `/resource-servers/${encodeURIComponent(audience)}`, {
        body: changes,
      });
      expect([answer.status, answer.body]).toEqual([400, invalidBody(problem)]);
    },
  );

  it('no permission has a name of OpenID Connect', async () => {
    expect(reservedScopes.size).toBe(14);
    for (const value of reservedScopes) {
      const { body } = await post('/resource-servers', scopes({ value }));
      expect(body).toMatchObject({
        statusCode: 400,
        message: `Scope '${value}' is reserved by OpenID Connect and cannot be a permission of an API`,
      });
    }
  });

  it.each(['urn:a\n', 'urn:\u001b[2J', 'urn:\u202e', 'urn:\u200d', 'urn:\u200b', 'urn:\u{e0041}'])(
    'no identifier has control characters: %j',
    async (identifier) => {
      expect(await post('/resource-servers', { identifier })).toMatchObject({
        status: 400,
        body: { message: expect.stringContaining('Identifier must not contain control characters') },
      });
    },
  );

  it.each([
    ['/resource-servers', 'name', { identifier: 'urn:of-no-name' }],
    ['/resource-servers', 'scopes[0].description', { identifier: 'urn:of-no-name' }],
    ['/clients', 'name', {}],
    ['/clients', 'description', { name: 'of no name' }],
    ['/roles', 'name', {}],
    ['/roles', 'description', { name: 'of no name' }],
    ...[
      'name',
      'given_name',
      'family_name',
      'nickname',
      'username',
      'phone_number',
      'picture',
      'user_id',
    ].map(
      (property) =>
        ['/users', property, { email: 'no-name@example.com', password: 'p', connection: 'any' }] as const,
    ),
  ] as const)('at %s, no %s has control characters', async (path, property, rest) => {
    for (const text of [
      'a\u001b[2Jb',
      'a\u0007b',
      'a\u009bb',
      'a\u202eb',
      'a\u2066b',
      'a\u200fb',
      'a\u2060b',
    ]) {
      const given = property.startsWith('scopes')
        ? { scopes: [{ value: 'a', description: text }] }
        : { [property]: text };
      const { status, body } = await post(path, { ...rest, ...given });
      expect(status).toBe(400);
      expect(body.message).toMatch(
        /^Payload validation error: '[A-Z][a-z ]+ must not contain control characters'/,
      );
      expect(body.message).toContain(`on property ${property}.`);
    }
  });

  it.each(['\u001b[2J', '\n', '\u202e', '\u200b'])('nothing of an application has %j', async (text) => {
    for (const given of [
      ...['callbacks', 'allowed_logout_urls', 'web_origins', 'allowed_origins'].map((name) => ({
        [name]: [`http://localhost/${text}`],
      })),
      { logo_uri: text },
      { initiate_login_uri: text },
      { client_metadata: { tier: text } },
      { client_metadata: { [text]: 'gold' } },
      { app_type: 'resource_server', resource_server_identifier: `urn:${text}` },
    ]) {
      const { status, body } = await post('/clients', { name: 'of no control', ...given });
      expect([given, status]).toEqual([given, 400]);
      expect(body.message).toContain('must not contain control characters');
    }
  });

  it('a name may have what joins the letters of its script', async () => {
    expect((await post('/roles', { name: 'می\u200cخواهم 👩\u200d💻' })).status).toBe(200);
  });

  it.each(['a b', 'a"b', 'a\\b', 'é', 'a\tb', ' '])('no permission is called %j', async (value) => {
    expect(await post('/resource-servers', scopes({ value }))).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('has characters that a scope cannot have') },
    });
  });

  it('no permission is there twice', async () => {
    expect((await post('/resource-servers', scopes({ value: 'a' }, { value: 'a' }))).body.message).toBe(
      "Scope 'a' is there twice",
    );
  });

  it('what is at the limits is taken', async () => {
    const body = {
      identifier: long(600),
      name: long(200),
      token_lifetime: 2_592_000,
      token_lifetime_for_web: 0,
      signing_secret: long(16),
      scopes: Array.from({ length: 1000 }, (_, index) => ({ value: `s${index}`.padEnd(280, 'x') })),
    };
    expect((await post('/resource-servers', body)).status).toBe(201);
    expect((await post('/clients', client({ description: long(140), name: long(200) }))).status).toBe(201);
  });

  it('echoes no more of a body than a caller needs', async () => {
    const text = long(100_000);
    for (const body of [api({ signing_alg: text }), { [text]: 1, identifier: 'x' }]) {
      const answer = await post('/resource-servers', body);
      expect(answer.status).toBe(400);
      expect(JSON.stringify(answer.body).length).toBeLessThan(600);
    }
  });

  it('whatever a body is, it is taken or refused, and what is refused changes nothing', async () => {
    const { store } = bench.tenant;
    const paths = ['/resource-servers', '/clients', '/client-grants', '/users', '/roles'];
    const members = fc.constantFrom(
      'identifier',
      'name',
      'scopes',
      'client_id',
      'audience',
      'connection',
      'email',
      'password',
      'user_metadata',
      'grant_types',
      'description',
    );
    const bodies = fc.oneof(fc.jsonValue(), fc.dictionary(members, fc.jsonValue()));
    const count = (): number =>
      store.apis.count() +
      store.applications.count() +
      store.clientGrants.count() +
      store.users.count() +
      store.roles.count();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), bodies, async (path, body) => {
        const before = count();
        const { status, body: answer } = await post(path, body);
        if (status < 300) expect(count()).toBe(before + 1);
        else {
          expect([400, 404, 409]).toContain(status);
          expect(answer).toMatchObject({ statusCode: status, message: expect.any(String) });
          expect(count()).toBe(before);
        }
      }),
      { numRuns: 300, examples: [['/clients', { toString: null }]] },
    );
  });
});
