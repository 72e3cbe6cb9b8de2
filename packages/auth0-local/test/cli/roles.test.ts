import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenantRoom, enter, type TenantRoom } from '../support/run-command.js';
import { audience } from '../support/trial-tenant.js';

let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

let count = 0;
const createRole = async (): Promise<{ readonly id: string; readonly name: string }> => {
  const name = `role${(count += 1)}`;
  return (await room.manage<{ id: string; name: string }>('POST', '/roles', { name })).body;
};

describe('auth0 roles create', () => {
  it('shows a heading on stderr and the role on stdout', async () => {
    const args = ['roles', 'create', '--name', 'editor', '--description', 'Writes'];
    const { code, stdout, stderr } = await room.run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} role created\n\n` });
    expect(stdout).toMatch(/^ID           rol_\w{16}\nNAME         editor\nDESCRIPTION  Writes\n$/);
  });

  it('asks on a terminal for the name, and names it elsewhere', async () => {
    const [shown, piped] = await Promise.all([
      room.runOnTerminal(['roles', 'create'], { answers: [{ after: 'Name', keys: `asked${enter}` }] }),
      room.run(['roles', 'create']),
    ]);
    expect(shown.code).toBe(0);
    expect(shown.screen).toMatch(/^NAME +asked$/m);
    expect(piped).toMatchObject({ code: 1, stdout: '' });
    expect(piped.stderr).toContain('Missing --name, and there is no terminal to ask on.');
  });

  it('reports the refusal of the tenant', async () => {
    const { code, stderr } = await room.run(['roles', 'create', '--name', 'admin']);
    expect(code).toBe(1);
    expect(stderr).toContain('Failed to create the role: The role "admin" already exists.');
  });
});

describe('auth0 roles list', () => {
  it('shows a heading on stderr and a table on stdout', async () => {
    const [piped, json] = await Promise.all([
      room.run(['roles', 'list']),
      room.run(['roles', 'ls', '--json']),
    ]);
    expect(piped.code).toBe(0);
    expect(piped.stderr).toMatch(new RegExp(`^=== ${room.name} roles \\(\\d+\\)\n\n$`));
    expect(piped.stdout).toMatch(/^ID +NAME +DESCRIPTION\n/);
    expect(JSON.parse(json.stdout)).toContainEqual(expect.objectContaining({ name: 'admin' }));
    expect((await room.runOnTerminal(['roles', 'list'])).screen).toContain(piped.stdout);
  });

  it('says what to do where there are none', async () => {
    const empty = await createTenantRoom({ seed: {} });
    const [table, json] = await Promise.all([
      empty.run(['roles', 'list']),
      empty.run(['roles', 'list', '--json']),
    ]);
    expect(table.code).toBe(0);
    expect(table.stderr).toContain("No roles available. Use 'auth0 roles create' to add one.\n");
    expect(json.stdout).toBe('[]\n');
    await empty.close();
  });
});

describe('auth0 roles show', () => {
  it('takes the id or the name, piped and on a terminal', async () => {
    const { id, name } = await createRole();
    const [byId, byName, shown] = await Promise.all([
      room.run(['roles', 'show', id]),
      room.run(['roles', 'show', name]),
      room.runOnTerminal(['roles', 'show', name]),
    ]);
    expect(byId).toEqual(byName);
    expect(byId).toMatchObject({ code: 0, stderr: `=== ${room.name} role\n\n` });
    expect(byId.stdout).toContain(`NAME         ${name}\n`);
    expect(shown.screen).toContain(byId.stdout);
  });
});

describe('auth0 roles update', () => {
  it('changes what is named, piped and on a terminal', async () => {
    const { id, name } = await createRole();
    const piped = await room.run(['roles', 'update', id, '--description', 'Better', '--json']);
    expect(piped).toMatchObject({ code: 0, stderr: `=== ${room.name} role updated\n\n` });
    expect(JSON.parse(piped.stdout)).toMatchObject({ id, name, description: 'Better' });
    const shown = await room.runOnTerminal(['roles', 'update', name, '--name', 'renamed']);
    expect(shown.code).toBe(0);
    expect(shown.screen).toMatch(/^NAME +renamed$/m);
  });
});

describe('auth0 roles delete', () => {
  it('deletes with --force, and asks on a terminal', async () => {
    const [first, second] = await Promise.all([createRole(), createRole()]);
    const [piped, shown] = await Promise.all([
      room.run(['roles', 'delete', first.name, '--force']),
      room.runOnTerminal(['roles', 'rm', second.id], { answers: [{ after: 'Are you sure?', keys: 'y' }] }),
    ]);
    expect(piped).toEqual({ code: 0, stdout: '', stderr: `=== ${room.name} role ${first.id} deleted\n\n` });
    expect(shown.code).toBe(0);
    for (const { id } of [first, second])
      expect(await room.manage('GET', `/roles/${id}`)).toMatchObject({ status: 404 });
  });
});

describe('auth0 roles permissions', () => {
  it('add, list and remove, piped', async () => {
    const { name } = await createRole();
    const empty = await room.run(['roles', 'permissions', 'list', name]);
    expect(empty).toMatchObject({ code: 0, stdout: '' });
    expect(empty.stderr).toContain('No role permissions available.');
    const args = [name, '--api-id', audience, '--permissions', 'read:messages,write:messages'];
    expect(await room.run(['roles', 'permissions', 'add', ...args])).toEqual({
      code: 0,
      stdout: '',
      stderr: `Added permissions read:messages, write:messages (${audience}) to role ${name}.\n`,
    });
    const list = await room.run(['roles', 'permissions', 'ls', name]);
    expect(list).toMatchObject({ code: 0, stderr: `=== ${room.name} role permissions (2)\n\n` });
    expect(list.stdout).toMatch(
      new RegExp(
        `^API IDENTIFIER +API NAME +PERMISSION NAME +DESCRIPTION\n${audience}  My Express API  read:messages\n${audience}  My Express API  write:messages\n$`,
      ),
    );
    expect(await room.run(['roles', 'permissions', 'rm', ...args])).toEqual({
      code: 0,
      stdout: '',
      stderr: `Removed permissions read:messages, write:messages (${audience}) from role ${name}.\n`,
    });
    expect((await room.run(['roles', 'permissions', 'ls', name, '--json'])).stdout).toBe('[]\n');
  });

  it('add, list and remove, on a terminal', async () => {
    const { name } = await createRole();
    const added = await room.runOnTerminal(['roles', 'permissions', 'add', name, '-a', audience], {
      answers: [{ after: 'Permission', keys: enter }],
    });
    expect(added.code).toBe(0);
    expect(added.screen).toContain(`Added permissions read:messages (${audience}) to role ${name}.`);
    const list = await room.runOnTerminal(['roles', 'permissions', 'list', name]);
    expect(list.screen).toMatch(new RegExp(`^${audience}  My Express API  read:messages$`, 'm'));
    const flags = ['--resource-server-identifier', audience, '-p', 'read:messages'];
    const removed = await room.runOnTerminal(['roles', 'permissions', 'remove', name, ...flags]);
    expect(removed.screen).toContain(`Removed permissions read:messages (${audience}) from role ${name}.`);
  });

  it('name what is missing where nobody can be asked', async () => {
    const { name } = await createRole();
    const [api, permissions] = await Promise.all([
      room.run(['roles', 'permissions', 'add', name]),
      room.run(['roles', 'permissions', 'add', name, '--api-id', audience]),
    ]);
    expect(api.stderr).toContain('Missing --api-id, and there is no terminal to ask on.');
    expect(permissions.stderr).toContain('Missing --permissions, and there is no terminal to ask on.');
  });
});
