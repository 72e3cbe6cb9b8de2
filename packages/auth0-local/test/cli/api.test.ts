import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenantRoom, readResult, type TenantRoom } from '../support/run-command.js';

let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

describe('auth0 api', () => {
  it('prints the answer as JSON, and nothing else', async () => {
    const args = ['api', 'get', 'clients', '-q', 'fields=name', '-q', 'include_fields=true'];
    const { code, stdout, stderr } = await room.run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toContainEqual({ name: 'Machine' });
    expect(stdout).toMatch(/^\[\n {4}\{\n {8}"name"/);
  });

  it.each(['roles', '/roles', 'api/v2/roles', '/api/v2/roles'])(
    'takes the path %s, and gets it',
    async (path) => {
      const { code, stdout } = await room.run(['api', path, '--json-compact']);
      expect(code).toBe(0);
      expect(JSON.parse(stdout)).toMatchObject([{ name: 'admin' }]);
      expect(stdout).toMatch(/^\[.*\]\n$/);
    },
  );

  it('posts where there is data and no method', async () => {
    const { code, stdout } = await room.run(['api', 'roles', '--data', '{"name":"posted"}']);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'posted' });
  });

  it('takes the data from a pipe', async () => {
    const { code, stdout } = await room.run(['api', 'post', 'roles'], { input: '{"name":"piped"}' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'piped' });
  });

  it('prefers --data to a pipe, which it does not wait for', async () => {
    const child = room.start(['api', 'post', 'roles', '--data', '{"name":"flag"}']);
    const { code, stdout } = await readResult(child);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ name: 'flag' });
  });

  it('does not wait for a pipe where it only reads', async () => {
    const child = room.start(['api', 'roles']);
    expect(await readResult(child)).toMatchObject({ code: 0 });
  });

  it('prints the refusal on stdout, and says so on stderr', async () => {
    const { code, stdout, stderr } = await room.run(['api', 'get', 'clients/nobody']);
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ statusCode: 404, errorCode: 'inexistent_client' });
    expect(stderr).toBe(
      `=== ${room.name} error\n\nGET clients/nobody failed with 404: The client does not exist.\n`,
    );
  });

  it.each([
    [
      'no method',
      ['api', 'conquer', 'roles'],
      'There is no method "conquer". The methods are get, post, put, patch, delete.',
    ],
    ['no JSON', ['api', 'post', 'roles', '--data', '{"name'], 'The data is no JSON: '],
    [
      'a way out',
      ['api', 'get', '../../local/status'],
      '"../../local/status" is no path of the Management API.',
    ],
    ['no path', ['api'], "Missing required argument 'method'. See 'auth0 api --help'."],
  ])('refuses %s', async (_what, args, sentence) => {
    const { code, stdout, stderr } = await room.run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(sentence);
  });

  it('deletes only what is confirmed', async () => {
    const { body } = await room.manage<{ id: string }>('POST', '/roles', { name: 'doomed' });
    const path = `roles/${body.id}`;
    const refused = await room.run(['api', 'delete', path]);
    expect(refused).toMatchObject({ code: 1, stdout: '' });
    expect(refused.stderr).toContain('Add --force');
    const no = await room.runOnTerminal(['api', 'delete', path], {
      answers: [{ after: 'Are you sure?', keys: 'n' }],
    });
    expect(no.code).toBe(0);
    expect(no.screen).toContain('Nothing was deleted.');
    expect(await room.run(['api', 'delete', path, '--force'])).toMatchObject({ code: 0, stderr: '' });
    expect(await room.manage('GET', `/roles/${body.id}`)).toMatchObject({ status: 404 });
  });

  it('shows requests with --debug, and no token', async () => {
    const { code, stdout, stderr } = await room.run(['api', 'get', 'roles', '--debug']);
    expect(code).toBe(0);
    expect(stderr).toContain(`Sending the following request: GET ${room.tenant.domain}/api/v2/roles\n`);
    expect(stderr).toMatch(/^Answer: 200 after \d+ ms$/m);
    expect(stdout + stderr).not.toContain('eyJ');
    expect(stderr).not.toContain(room.tenant.ownerSecret);
  });

  it('prints the same on a terminal', async () => {
    const { code, screen } = await room.runOnTerminal(['api', 'get', 'roles', '-q', 'name_filter=admin']);
    expect(code).toBe(0);
    expect(screen).toContain('[\n    {\n');
  });

  it('ends quietly when nobody reads on', async () => {
    const child = room.start(['api', 'get', 'clients']);
    child.stdout.destroy();
    const { code, stderr } = await readResult(child);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});
