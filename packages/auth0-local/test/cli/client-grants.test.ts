import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrowDown, createTenantRoom, enter, type TenantRoom } from '../support/run-command.js';
import { applications, audience } from '../support/trial-tenant.js';

const { machine, stranger } = applications;
let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

/** A grant for a new application. */
const createGrant = async (): Promise<string> => {
  const { body: client } = await room.manage<{ client_id: string }>('POST', '/clients', { name: 'Granted' });
  const body = { client_id: client.client_id, audience, scope: ['read:messages'] };
  return (await room.manage<{ id: string }>('POST', '/client-grants', body)).body.id;
};

describe('auth0 client-grants create', () => {
  it('shows a heading on stderr and the grant on stdout', async () => {
    const args = ['client-grants', 'create', '--client-id', stranger.client_id, '--audience', audience];
    const { code, stdout, stderr } = await room.run([...args, '--scopes', 'read:messages,read:admin']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} client grant created\n\n` });
    expect(stdout).toMatch(
      new RegExp(
        [
          '^ID            cgr_\\w{16}',
          `CLIENT ID     ${stranger.client_id}`,
          `AUDIENCE      ${audience}`,
          'SCOPES        read:messages read:admin',
          'SUBJECT TYPE  client\n$',
        ].join('\n'),
      ),
    );
  });

  it('takes all scopes, and the name of a user', async () => {
    const { code, stdout } = await room.run(
      [
        ['client-grants', 'create', '-c', stranger.client_id, '-a', audience, '--json'],
        ['--allow-all-scopes', '--subject-type', 'user', '-o', 'allow', '--allow-any-organization'],
      ].flat(),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      subject_type: 'user',
      allow_all_scopes: true,
      organization_usage: 'allow',
      allow_any_organization: true,
    });
  });

  it.each([
    ['--client-id', ['--audience', audience]],
    ['--audience', ['--client-id', 'machine-client']],
  ])('names %s where nobody can be asked', async (flag, args) => {
    const { code, stderr } = await room.run(['client-grants', 'create', ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain(`Missing ${flag}, and there is no terminal to ask on.`);
  });

  it('lets one choose both on a terminal', async () => {
    await room.tenant.seed({ resourceServers: [{ identifier: 'urn:orders', name: 'Orders' }] });
    const { code, screen } = await room.runOnTerminal(['client-grants', 'create', '--allow-all-scopes'], {
      answers: [
        { after: 'Application', keys: enter },
        { after: 'API', keys: arrowDown + arrowDown + enter },
      ],
    });
    expect(code).toBe(0);
    expect(screen).toMatch(/^CLIENT ID +machine-client$/m);
    expect(screen).toMatch(/^AUDIENCE +urn:orders$/m);
    expect(screen).toMatch(/^SCOPES +\(all\)$/m);
  });

  it.each([
    [
      ['--scopes', 'read:messages,read:nothing'],
      `These scopes are not defined on the API '${audience}': read:nothing. 'auth0 apis update' adds scopes.`,
    ],
    [
      ['--scopes', 'read:messages'],
      `Failed to create the client grant: A client grant already exists between machine-client and ${audience}.`,
    ],
    [
      ['--organization-usage', 'deny', '--allow-any-organization=true'],
      "--allow-any-organization can only be enabled when --organization-usage is 'allow' or 'require'.",
    ],
  ])('refuses %j', async (flags, sentence) => {
    const args = [
      'client-grants',
      'create',
      '--client-id',
      machine.client_id,
      '--audience',
      audience,
      ...flags,
    ];
    const { code, stdout, stderr } = await room.run(args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`=== ${room.name} error\n\n${sentence}\n`);
  });

  it('refuses scopes and all scopes at once', async () => {
    const { code, stderr } = await room.run([
      'client-grants',
      'create',
      '-s',
      'read:messages',
      '--allow-all-scopes',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("Option '-s, --scopes <scopes>' cannot be used with option '--allow-all-scopes");
  });
});

describe('auth0 client-grants list', () => {
  it('shows a heading on stderr and a table on stdout', async () => {
    const [piped, shown] = await Promise.all([
      room.run(['client-grants', 'list', '--client-id', machine.client_id, '--audience', audience]),
      room.runOnTerminal(['client-grants', 'ls', '-c', machine.client_id, '-a', audience], { columns: 200 }),
    ]);
    expect(piped).toMatchObject({ code: 0, stderr: `=== ${room.name} client grants (1)\n\n` });
    expect(piped.stdout).toMatch(
      new RegExp(
        `^ID +CLIENT ID +AUDIENCE +SUBJECT TYPE +SCOPES\ncgr_\\w{16} +machine-client +${audience} +client +read:messages write:messages\n$`,
      ),
    );
    expect(shown.screen).toContain(piped.stdout);
  });

  it('is narrowed by client, audience and subject type', async () => {
    const list = async (...flags: string[]): Promise<{ client_id: string; subject_type: string }[]> =>
      JSON.parse((await room.run(['client-grants', 'list', '--json', ...flags])).stdout);
    const ofUsers = await list('--subject-type', 'user');
    expect(ofUsers.length).toBeGreaterThan(0);
    expect(new Set(ofUsers.map((grant) => grant.subject_type))).toEqual(new Set(['user']));
    expect(await list('--client-id', 'nobody')).toEqual([]);
  });

  it('says what to do where there are none', async () => {
    const [table, json] = await Promise.all([
      room.run(['client-grants', 'list', '--client-id', 'nobody']),
      room.run(['client-grants', 'list', '--client-id', 'nobody', '--json']),
    ]);
    expect(table).toEqual({
      code: 0,
      stdout: '',
      stderr: `=== ${room.name} client grants (0)\n\nNo client grants available. Use 'auth0 client-grants create' to add one.\n`,
    });
    expect(json.stdout).toBe('[]\n');
  });
});

describe('auth0 client-grants show', () => {
  it('shows one, piped and on a terminal', async () => {
    const id = await createGrant();
    const [piped, shown] = await Promise.all([
      room.run(['client-grants', 'show', id]),
      room.runOnTerminal(['client-grants', 'show', id]),
    ]);
    expect(piped).toMatchObject({ code: 0, stderr: `=== ${room.name} client grant\n\n` });
    expect(piped.stdout).toMatch(/^SCOPES +read:messages$/m);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.screen).toContain(piped.stdout);
  });

  it('reports one that is not there', async () => {
    const { code, stderr } = await room.run(['client-grants', 'show', 'nothing']);
    expect(code).toBe(1);
    expect(stderr).toContain("Failed to read the client grant 'nothing': The client grant does not exist.");
  });
});

describe('auth0 client-grants update', () => {
  it('gives other scopes, all of them, and a list again', async () => {
    const id = await createGrant();
    const update = async (...flags: string[]): Promise<Record<string, unknown>> => {
      const { code, stdout, stderr } = await room.run(['client-grants', 'update', id, ...flags, '--json']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} client grant updated\n\n` });
      return JSON.parse(stdout) as Record<string, unknown>;
    };
    expect(await update('--scopes', 'read:messages,write:messages')).toMatchObject({
      scope: ['read:messages', 'write:messages'],
    });
    const all = await update('--allow-all-scopes');
    expect(all).toMatchObject({ allow_all_scopes: true });
    expect(all).not.toHaveProperty('scope');
    expect(await update('--scopes', 'read:messages')).toMatchObject({
      scope: ['read:messages'],
      allow_all_scopes: false,
    });
    expect(await update('--no-scopes')).toMatchObject({ scope: [] });
    const unknown = await room.run(['client-grants', 'update', id, '--scopes', 'read:nothing']);
    expect(unknown).toMatchObject({ code: 1, stdout: '' });
    expect(unknown.stderr).toContain(`not defined on the API '${audience}': read:nothing.`);
  });

  it('does the same on a terminal', async () => {
    const id = await createGrant();
    const { code, screen } = await room.runOnTerminal(['client-grants', 'update', id, '-s', 'read:admin']);
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} client grant updated`);
    expect(screen).toMatch(/^SCOPES +read:admin$/m);
  });
});

describe('auth0 client-grants delete', () => {
  it('deletes with --force, and asks on a terminal', async () => {
    const [first, second] = await Promise.all([createGrant(), createGrant()]);
    const [piped, shown] = await Promise.all([
      room.run(['client-grants', 'delete', first, '--force']),
      room.runOnTerminal(['client-grants', 'rm', second], {
        answers: [{ after: 'Are you sure?', keys: 'y' }],
      }),
    ]);
    expect(piped).toEqual({
      code: 0,
      stdout: '',
      stderr: `=== ${room.name} client grant ${first} deleted\n\n`,
    });
    expect(shown.code).toBe(0);
    for (const id of [first, second]) {
      expect(await room.manage('GET', `/client-grants/${id}`)).toMatchObject({ status: 404 });
    }
  });
});
