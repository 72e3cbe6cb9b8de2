import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenantRoom, enter, type TenantRoom } from '../support/run-command.js';
import { users } from '../support/trial-tenant.js';

const { plain, admin } = users;
let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

let count = 0;
const nextEmail = (): string => `user${(count += 1)}@example.com`;
const createUser = async (
  email = nextEmail(),
): Promise<{ readonly user_id: string; readonly email: string }> => {
  const body = { email, password: 'secret', connection: 'Username-Password-Authentication' };
  return (await room.manage<{ user_id: string; email: string }>('POST', '/users', body)).body;
};

describe('auth0 users create', () => {
  it('shows a heading on stderr and the user on stdout, without the password', async () => {
    const args = [
      'users',
      'create',
      '--email',
      'ada@example.com',
      '--password',
      'a-password',
      '--name',
      'Ada',
    ];
    const { code, stdout, stderr } = await room.run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} user created\n\n` });
    expect(stdout).toMatch(
      /^ID          auth0\|[0-9a-f]{24}\nEMAIL       ada@example\.com\nNAME        Ada\nCONNECTION  Username-Password-Authentication\n$/,
    );
    expect(stdout).not.toContain('a-password');
  });

  it('takes every option, and the user can log in', async () => {
    const email = nextEmail();
    const { code, stdout } = await room.run(
      [
        ['users', 'create', '-e', email, '-p', 'a-password', '-n', 'Name', '-u', 'name', '--email-verified'],
        ['-c', 'Username-Password-Authentication', '--app-metadata', '{"isAdmin":true}', '--json'],
        ['--user-metadata', '{"colour":"green"}'],
      ].flat(),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      email,
      name: 'Name',
      username: 'name',
      email_verified: true,
      app_metadata: { isAdmin: true },
      user_metadata: { colour: 'green' },
    });
    expect(stdout).not.toContain('a-password');
    const token = await room.ask('POST', '/oauth/token', {
      body: {
        grant_type: 'password',
        username: email,
        password: 'a-password',
        scope: 'openid',
        client_id: 'web-client',
        client_secret: 'web-secret',
      },
    });
    expect(token.status).toBe(200);
  });

  it.each([
    ['--email', []],
    ['--password', ['--email', 'x@example.com']],
  ])('names %s where nobody can be asked', async (flag, args) => {
    const { code, stderr } = await room.run(['users', 'create', ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain(`Missing ${flag}, and there is no terminal to ask on.`);
  });

  it('asks on a terminal, and hides the password', async () => {
    const email = nextEmail();
    const { code, screen, raw } = await room.runOnTerminal(['users', 'create'], {
      answers: [
        { after: 'Email', keys: email + enter },
        { after: 'Password', keys: `hidden-password${enter}` },
      ],
    });
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} user created`);
    expect(screen).toMatch(new RegExp(`^EMAIL +${email}$`, 'm'));
    expect(raw).not.toContain('hidden-password');
  });

  it('reports the refusal of the tenant', async () => {
    const { code, stdout, stderr } = await room.run(['users', 'create', '-e', plain.email, '-p', 'x']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`=== ${room.name} error\n\nFailed to create the user: The user already exists.\n`);
  });
});

describe('auth0 users search', () => {
  it('shows a heading on stderr and a table on stdout', async () => {
    const [piped, shown, csv] = await Promise.all([
      room.run(['users', 'search', '--query', `email:"${plain.email}"`]),
      room.runOnTerminal(['users', 'search', '-q', `email:"${plain.email}"`], { columns: 200 }),
      room.run(['users', 'search', '-q', `email:"${plain.email}"`, '--csv']),
    ]);
    expect(piped).toEqual({
      code: 0,
      stderr: `=== ${room.name} users (1)\n\n`,
      stdout: [
        'ID           EMAIL              NAME               CONNECTION',
        'auth0|plain  plain@example.com  plain@example.com  Username-Password-Authentication',
        '',
      ].join('\n'),
    });
    expect(shown.screen).toContain(piped.stdout);
    expect(csv.stdout).toBe(
      'ID,EMAIL,NAME,CONNECTION\nauth0|plain,plain@example.com,plain@example.com,Username-Password-Authentication\n',
    );
  });

  it('lists all without a query, sorted as is asked for', async () => {
    const list = async (...flags: string[]): Promise<string[]> => {
      const { stdout } = await room.run(['users', 'list', '--json', ...flags]);
      return (JSON.parse(stdout) as { email: string }[]).map(({ email }) => email);
    };
    const emails = await list('--sort', 'email:1');
    expect(emails).toEqual(emails.toSorted());
    expect(emails).toEqual(expect.arrayContaining([plain.email, admin.email]));
    expect(await list('--sort', 'email:-1')).toEqual(emails.toReversed());
  });

  it('takes no names that would play with a terminal, and shows metadata that would as they are not', async () => {
    const evil = 'Evil\u001b[2J\u009bname\u202e';
    const email = nextEmail();
    const create = ['users', 'create', '-e', email, '-p', 'x', '-n'];
    const refused = await room.run([...create, evil]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("'Name must not contain control characters' on property name");
    const { stdout: created } = await room.run([...create, 'Good name', '--json']);
    const { user_id: id } = JSON.parse(created) as { user_id: string };
    await room.run(['api', 'patch', `users/${id}`, '--data', JSON.stringify({ user_metadata: { evil } })]);
    const { stdout } = await room.run(['users', 'show', email, '--json']);
    expect(stdout).toContain('"Evil\\u001b[2J\\u009bname\\u202e"');
    expect(JSON.parse(stdout)).toMatchObject({ user_metadata: { evil } });
  });
});

describe('auth0 users show', () => {
  it('takes the id or the email, piped and on a terminal', async () => {
    const [byId, byEmail, shown] = await Promise.all([
      room.run(['users', 'show', plain.user_id]),
      room.run(['users', 'show', plain.email]),
      room.runOnTerminal(['users', 'show', plain.email]),
    ]);
    expect(byId).toEqual(byEmail);
    expect(byId).toMatchObject({ code: 0, stderr: `=== ${room.name} user\n\n` });
    expect(byId.stdout).toMatch(/^EMAIL +plain@example\.com$/m);
    expect(shown.screen).toContain(byId.stdout);
  });

  it('reports one that is not there', async () => {
    const [byId, byEmail] = await Promise.all([
      room.run(['users', 'show', 'auth0|nobody']),
      room.run(['users', 'show', 'nobody@example.com']),
    ]);
    expect(byId).toMatchObject({ code: 1, stdout: '' });
    expect(byId.stderr).toContain("Failed to read the user 'auth0|nobody': The user does not exist.");
    expect(byEmail.stderr).toContain("There is no user with the email 'nobody@example.com'.");
  });
});

describe('auth0 users update', () => {
  it('changes what is named', async () => {
    const { user_id: id } = await createUser();
    const args = [
      'users',
      'update',
      id,
      '--name',
      'New',
      '--app-metadata',
      '{"a":1}',
      '--password',
      'new-password',
    ];
    const { code, stdout, stderr } = await room.run([...args, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} user updated\n\n` });
    expect(JSON.parse(stdout)).toMatchObject({ user_id: id, name: 'New', app_metadata: { a: 1 } });
    expect(stdout).not.toContain('new-password');
  });

  it('blocks a user, on a terminal', async () => {
    const { email } = await createUser();
    const { code, screen } = await room.runOnTerminal(['users', 'update', email, '--blocked']);
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} user updated`);
    expect(screen).toMatch(/^BLOCKED +✓$/m);
  });
});

describe('auth0 users delete', () => {
  it('deletes with --force, and asks on a terminal', async () => {
    const [first, second] = await Promise.all([createUser(), createUser()]);
    const [piped, shown] = await Promise.all([
      room.run(['users', 'delete', first.email, '--force']),
      room.runOnTerminal(['users', 'rm', second.user_id], {
        answers: [{ after: 'Are you sure?', keys: 'y' }],
      }),
    ]);
    expect(piped).toEqual({
      code: 0,
      stdout: '',
      stderr: `=== ${room.name} user ${first.user_id} deleted\n\n`,
    });
    expect(shown.code).toBe(0);
    for (const { user_id: id } of [first, second]) {
      expect(await room.manage('GET', `/users/${encodeURIComponent(id)}`)).toMatchObject({ status: 404 });
    }
  });
});

describe('auth0 users roles', () => {
  it('assign, show and remove take roles by name or id', async () => {
    const { email, user_id: id } = await createUser();
    const assigned = await room.run(['users', 'roles', 'assign', email, '--roles', 'admin']);
    expect(assigned).toMatchObject({ code: 0, stderr: `=== ${room.name} roles of ${id} (1)\n\n` });
    expect(assigned.stdout).toMatch(/^ID +NAME +DESCRIPTION\nrol_\w{16} +admin +admin\n$/);
    const shown = await room.run(['users', 'roles', 'show', email, '--json']);
    const [role] = JSON.parse(shown.stdout) as [{ id: string; name: string }];
    expect(role.name).toBe('admin');
    const removed = await room.run(['users', 'roles', 'rm', id, '-r', role.id]);
    expect(removed).toEqual({
      code: 0,
      stdout: '',
      stderr: `=== ${room.name} roles of ${id} (0)\n\nNo roles available. Use 'auth0 users roles assign' to add one.\n`,
    });
  });

  it('do the same on a terminal, and let one choose the role', async () => {
    const { email } = await createUser();
    const assigned = await room.runOnTerminal(['users', 'roles', 'add', email], {
      answers: [{ after: 'Role', keys: enter }],
    });
    expect(assigned.code).toBe(0);
    expect(assigned.screen).toMatch(/^rol_\w{16} +admin/m);
    expect((await room.runOnTerminal(['users', 'roles', 'show', email])).screen).toMatch(
      /^rol_\w{16} +admin/m,
    );
    const removed = await room.runOnTerminal(['users', 'roles', 'remove', email, '--roles', 'admin']);
    expect(removed.screen).toContain('No roles available.');
  });

  it('report a role that is not there', async () => {
    const { code, stderr } = await room.run(['users', 'roles', 'assign', plain.email, '--roles', 'nothing']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      "There is no role with the name 'nothing'. 'auth0 roles list' shows what there is.",
    );
  });
});
