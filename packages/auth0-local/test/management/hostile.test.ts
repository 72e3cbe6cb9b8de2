import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { exportSeed } from '../../src/tenant/export-seed.js';
import {
  openManagementBench,
  refusal,
  type ManagementBench,
  type Refusal,
} from './support/management-bench.js';

const json = { 'content-type': 'application/json' };
const tooLarge = {
  statusCode: 413,
  error: 'Payload Too Large',
  message: 'Request body is too large. The limit is 1 MB.',
  errorCode: 'invalid_body',
};

/** Everything that can be written, with an id that exists. */
const writes: readonly (readonly [method: string, path: string])[] = [
  ['POST', '/resource-servers'],
  ['PATCH', '/resource-servers/https%3A%2F%2Fmy-express-api.example.com'],
  ['POST', '/clients'],
  ['PATCH', '/clients/web-client'],
  ['POST', '/clients/web-client/credentials'],
  ['POST', '/client-grants'],
  ['POST', '/users'],
  ['PATCH', '/users/auth0%7Cplain'],
  ['POST', '/users/auth0%7Cplain/roles'],
  ['DELETE', '/users/auth0%7Cplain/roles'],
  ['POST', '/users/auth0%7Cplain/permissions'],
  ['DELETE', '/users/auth0%7Cplain/permissions'],
  ['POST', '/roles'],
];

describe('hostile requests', () => {
  let bench: ManagementBench;
  let before: string;

  beforeAll(async () => {
    bench = await openManagementBench();
    before = describeState();
    return () => bench.close();
  });

  const send = (method: string, path: string, body: unknown, headers: Record<string, string> = json) =>
    bench.manage<Refusal>(method, path, { body, headers });

  const describeState = (): string =>
    createHash('sha256')
      .update(JSON.stringify(exportSeed(bench.tenant)))
      .digest('hex');

  const expectUnchanged = async (): Promise<void> => {
    expect(describeState()).toBe(before);
    expect((await bench.manage('GET', '/roles')).status).toBe(200);
  };

  it.each(writes)('%s %s refuses 10 MB', async (method, path) => {
    const answer = await send(method, path, JSON.stringify({ name: 'x'.repeat(10_000_000) }));
    expect([answer.status, answer.body]).toEqual([413, tooLarge]);
    await expectUnchanged();
  });

  it('refuses a little more than a megabyte, and takes a little less', async () => {
    const body = (length: number): string => JSON.stringify({ user_metadata: { a: 'x'.repeat(length) } });
    expect((await send('PATCH', '/users/auth0%7Cplain', body(1_048_600))).status).toBe(413);
    expect((await send('PATCH', '/users/auth0%7Cplain', body(1_000_000))).status).toBe(200);
    await send('PATCH', '/users/auth0%7Cplain', JSON.stringify({ user_metadata: null }));
    await expectUnchanged();
  });

  it('refuses what becomes large when it is unpacked', async () => {
    const packed = gzipSync(JSON.stringify({ name: 'x'.repeat(10_000_000) }));
    const token = await bench.createToken();
    const response = await fetch(`${bench.site.url}/api/v2/roles`, {
      method: 'POST',
      headers: { ...json, 'content-encoding': 'gzip', authorization: `Bearer ${token}` },
      body: packed,
    });
    expect(response.status).toBe(413);
    await expectUnchanged();
  });

  it('does not read the body of somebody who may not send one', async () => {
    const answer = await bench.ask('POST', '/api/v2/roles', {
      body: '{'.repeat(10_000_000),
      headers: json,
    });
    expect(answer.status).toBe(401);
  });

  it.each([
    '{',
    '{"name":}',
    "{'name':'x'}",
    '{"name":"x"',
    'undefined',
    '{"name":"x"}}',
    '\u0000',
    '{"a":01}',
    'NaN',
  ])('refuses %j, which is no JSON', async (body) => {
    for (const [method, path] of writes) {
      const answer = await send(method, path, body);
      expect([answer.status, answer.body]).toEqual([
        400,
        refusal(400, 'Request body is not valid JSON', 'invalid_body'),
      ]);
    }
    await expectUnchanged();
  });

  it.each([
    ['deep lists', (depth: number) => '['.repeat(depth) + ']'.repeat(depth)],
    ['deep objects', (depth: number) => '{"a":'.repeat(depth) + '1' + '}'.repeat(depth)],
  ])('refuses %s', async (_what, write) => {
    for (const depth of [102, 1001, 100_000]) {
      const body = `{"name":"x","user_metadata":${write(depth)}}`;
      for (const [method, path] of writes) expect((await send(method, path, body)).status).toBe(400);
    }
    await expectUnchanged();
    const deepest = `{"user_metadata":${write(99)}}`;
    expect((await send('PATCH', '/users/auth0%7Cplain', deepest)).status).toBeLessThan(500);
    await send('PATCH', '/users/auth0%7Cplain', '{"user_metadata":null}');
    await expectUnchanged();
  });

  it.each([
    '{"__proto__":{"is_system":true}}',
    '{"identifier":"urn:x","__proto__":{"a":1}}',
    '{"user_metadata":{"__proto__":{"a":1}}}',
    '{"client_metadata":{"__proto__":"a"}}',
    '{"scopes":[{"value":"a","__proto__":null}]}',
    '{"\\u005f_proto__":{}}',
  ])('refuses %s, which would be a prototype', async (body) => {
    for (const [method, path] of writes) expect((await send(method, path, body)).status).toBe(400);
    expect(({} as { a?: unknown }).a).toBeUndefined();
    await expectUnchanged();
  });

  it('takes names of every object for names', async () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty']) {
      const answer = await send('POST', '/roles', JSON.stringify({ name: 'x', [name]: 1 }));
      expect(answer.body).toMatchObject({
        message: `Payload validation error: 'Additional properties not allowed: ${name}'.`,
      });
    }
    const metadata = { constructor: 'a', toString: { prototype: 1 } };
    const body = JSON.stringify({ user_metadata: metadata });
    const answer = await bench.manage('PATCH', '/users/auth0%7Cplain', { body, headers: json });
    expect(JSON.stringify(answer.body['user_metadata'])).toBe(JSON.stringify(metadata));
    await send('PATCH', '/users/auth0%7Cplain', '{"user_metadata":null}');
    await expectUnchanged();
  });

  it.each(['"\\ud800"', '"a\\u0000b"', '"\\udc00\\ud800"'])('refuses the text %s', async (text) => {
    for (const body of [`{"name":${text}}`, `{"identifier":${text}}`, `{"user_metadata":{${text}:1}}`]) {
      for (const [method, path] of writes) expect((await send(method, path, body)).status).toBe(400);
    }
    await expectUnchanged();
  });

  it('takes a text in any language', async () => {
    const name = 'Ünïcödé 日本語 👩‍💻';
    const { status, body } = await bench.manage('POST', '/roles', { body: { name } });
    expect([status, body['name']]).toEqual([200, name]);
    await bench.manage('DELETE', `/roles/${String(body['id'])}`);
    await expectUnchanged();
  });

  it.each([
    ['application/x-www-form-urlencoded', 'name=x'],
    ['text/plain', '{"name":"x"}'],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/xml', '<a/>'],
  ])('refuses %s', async (type, body) => {
    const answer = await send('POST', '/roles', body, { 'content-type': type });
    expect([answer.status, answer.body]).toMatchObject([
      415,
      { statusCode: 415, error: 'Unsupported Media Type' },
    ]);
    await expectUnchanged();
  });

  it.each([
    ['application/json; charset=latin1', 415],
    ['application/json; charset=utf-8', 200],
    ['APPLICATION/JSON', 200],
  ])('answers a body of type %s with %i', async (type, status) => {
    const answer = await bench.manage('POST', '/roles', {
      body: '{"name":"x"}',
      headers: { 'content-type': type },
    });
    expect(answer.status).toBe(status);
    if (status === 200) await bench.manage('DELETE', `/roles/${String(answer.body['id'])}`);
    await expectUnchanged();
  });

  it('takes null and nothing where there is nothing to say', async () => {
    for (const body of ['null', '', '{}']) {
      expect((await send('PATCH', '/clients/web-client', body)).status).toBe(200);
      expect((await send('DELETE', '/client-grants/x', body)).status).toBe(204);
    }
    const token = await bench.createToken();
    for (const body of ['null', '{', 'a=b']) {
      const response = await rawRequest(bench, [
        'GET /api/v2/roles HTTP/1.1',
        `Content-Type: ${body === 'a=b' ? 'application/x-www-form-urlencoded' : 'application/json'}`,
        `Content-Length: ${body.length}`,
        `Authorization: Bearer ${token}`,
        '',
        body,
      ]);
      expect(response).toMatch(/^HTTP\/1\.1 200 /);
    }
    await expectUnchanged();
  });

  it.each(['%zz', '%', '%E0%A4%A', 'a%00b', '..%2F..', '%2e%2e', 'x'.repeat(5000), "' OR 1=1 --"])(
    'survives the id %s',
    async (id) => {
      const printed = vi.spyOn(process.stderr, 'write');
      for (const path of ['/clients/', '/users/', '/resource-servers/', '/roles/', '/keys/signing/']) {
        const answer = await bench.manage('GET', `${path}${id.includes('%') ? id : encodeURIComponent(id)}`);
        expect([400, 404]).toContain(answer.status);
        expect(answer.body).toMatchObject({ statusCode: answer.status });
      }
      expect(printed).not.toHaveBeenCalled();
      printed.mockRestore();
      await expectUnchanged();
    },
  );

  it('survives two hundred requests at once, of which each changes something', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `role ${index}`);
    const created = await Promise.all(
      names.map((name) => bench.manage('POST', '/roles', { body: { name } })),
    );
    expect(created.every(({ status }) => status === 200)).toBe(true);
    const kept = bench.tenant.store.roles.list().map(({ name }) => name);
    expect(new Set(kept)).toEqual(new Set(['admin', ...names]));
    await Promise.all(created.map(({ body }) => bench.manage('DELETE', `/roles/${String(body['id'])}`)));
    await expectUnchanged();
  });

  it('creates one of many that are the same and come at once', async () => {
    const user = { connection: 'Username-Password-Authentication', email: 'same@example.com', password: 'x' };
    for (const [path, body] of [
      ['/users', user],
      ['/resource-servers', { identifier: 'urn:same' }],
      ['/roles', { name: 'same' }],
    ] as const) {
      const answers = await Promise.all(
        Array.from({ length: 8 }, () => bench.manage('POST', path, { body })),
      );
      const statuses = answers.map(({ status }) => status).toSorted((a, b) => a - b);
      expect(statuses.slice(1)).toEqual(Array.from({ length: 7 }, () => 409));
      expect(statuses[0]).toBeLessThan(300);
    }
  });
});

/** Sends lines as they are, and returns the whole response as text. */
function rawRequest(bench: ManagementBench, lines: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(bench.site.url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const [first = '', ...rest] = lines;
    connect(Number(port), hostname)
      .on('data', (chunk) => chunks.push(chunk))
      .on('error', reject)
      .on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
      .write([first, 'Host: localhost', 'Connection: close', ...rest].join('\r\n'));
  });
}
