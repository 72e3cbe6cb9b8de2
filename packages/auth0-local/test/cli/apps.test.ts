import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrowDown, createTenantRoom, enter, type TenantRoom } from '../support/run-command.js';
import { applications } from '../support/trial-tenant.js';

const { machine, web } = applications;
let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

describe('auth0 apps create', () => {
  it('shows a heading on stderr and the application as a table on stdout, without its secret', async () => {
    const args = ['apps', 'create', '--name', 'Shop', '--type', 'regular', '--description', 'Sells things'];
    const { code, stdout, stderr } = await room.run([...args, '--callbacks', 'https://example.com']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} application created\n\n` });
    expect(stdout).toMatch(
      new RegExp(
        [
          '^CLIENT ID            [A-Za-z0-9]{32}',
          'NAME                 Shop',
          'DESCRIPTION          Sells things',
          'TYPE                 Regular Web Application',
          'CALLBACKS            https://example.com',
          'ALLOWED LOGOUT URLS',
          'ALLOWED ORIGINS',
          'ALLOWED WEB ORIGINS',
          'TOKEN ENDPOINT AUTH  client_secret_post',
          'GRANTS               authorization_code, implicit, refresh_token, client_credentials\n$',
        ].join('\n'),
      ),
    );
  });

  it.each([
    ['native', { app_type: 'native', token_endpoint_auth_method: 'none' }],
    ['spa', { app_type: 'spa', token_endpoint_auth_method: 'none' }],
    ['regular', { app_type: 'regular_web' }],
    ['m2m', { app_type: 'non_interactive', grant_types: ['client_credentials'] }],
  ])('takes the type %s', async (type, expected) => {
    const { stdout } = await room.run(['apps', 'create', '--name', type, '--type', type, '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ ...expected, oidc_conformant: true });
  });

  it('takes the other options, and the short names of grants', async () => {
    const { code, stdout } = await room.run(
      [
        ['apps', 'create', '-n', 'All', '-t', 'regular', '-a', 'Basic', '-f=false', '--json'],
        [
          '-c',
          'https://a.example,https://b.example',
          '-l',
          'https://a.example/out',
          '-o',
          'https://c.example',
        ],
        ['-w', 'https://d.example', '-g', 'code,refresh-token,client-credentials,password,device-code'],
        ['--metadata', 'key=value,foo=bar=baz', '--metadata', 'more=1', '-p', 'custom_authentication'],
        ['--refresh-token', '{"rotation_type":"rotating","leeway":5}'],
      ].flat(),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      token_endpoint_auth_method: 'client_secret_basic',
      is_first_party: false,
      callbacks: ['https://a.example', 'https://b.example'],
      allowed_logout_urls: ['https://a.example/out'],
      allowed_origins: ['https://c.example'],
      web_origins: ['https://d.example'],
      grant_types:
        'authorization_code refresh_token client_credentials password urn:ietf:params:oauth:grant-type:device_code'.split(
          ' ',
        ),
      client_metadata: { key: 'value', foo: 'bar=baz', more: '1' },
      token_exchange: { allow_any_profile_of_type: ['custom_authentication'] },
      refresh_token: { rotation_type: 'rotating', leeway: 5, token_lifetime: 2_592_000 },
    });
  });

  it('makes an API a client, too', async () => {
    const { stdout } = await room.run(
      [
        ['apps', 'create', '-n', 'Gateway', '-t', 'resource_server', '--json'],
        ['--resource-server-identifier', 'https://my-express-api.example.com'],
        ['--allow-any-profile-of-type', 'on_behalf_of_token_exchange'],
      ].flat(),
    );
    expect(JSON.parse(stdout)).toMatchObject({
      app_type: 'resource_server',
      grant_types: [],
      resource_server_identifier: 'https://my-express-api.example.com',
    });
  });

  it.each([
    ['--name', []],
    ['--type', ['--name', 'x']],
  ])('names %s where nobody can be asked', async (flag, args) => {
    const { code, stderr } = await room.run(['apps', 'create', ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain(`Missing ${flag}, and there is no terminal to ask on.`);
  });

  it('asks on a terminal for name and type', async () => {
    const { code, screen } = await room.runOnTerminal(['apps', 'create'], {
      answers: [
        { after: 'Name', keys: `Asked for${enter}` },
        { after: 'Type', keys: arrowDown + enter },
      ],
    });
    expect(code).toBe(0);
    expect(screen).toMatch(/^NAME +Asked for$/m);
    expect(screen).toMatch(/^TYPE +Single Page Web Application$/m);
  });

  it.each([
    [
      ['-t', 'mobile'],
      'There is no type "mobile". The types are native, spa, regular, m2m, resource_server.',
    ],
    [['-t', 'spa', '-a', 'Digest'], 'There is no auth method "Digest". The methods are None, Post, Basic.'],
    [
      ['-t', 'm2m', '-a', 'None'],
      'Failed to create the application: Invalid grant types: client_credentials.',
    ],
  ])('refuses %j', async (args, sentence) => {
    const { code, stdout, stderr } = await room.run(['apps', 'create', '--name', 'x', ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`=== ${room.name} error\n\n${sentence}\n`);
  });
});

describe('the secret of an application', () => {
  it.each([
    ['show', ['apps', 'show', machine.client_id]],
    ['show --json', ['apps', 'show', machine.client_id, '--json']],
    ['list', ['apps', 'list']],
    ['list --json', ['apps', 'list', '--json']],
    ['update', ['apps', 'update', machine.client_id, '--description', 'x']],
  ])('is not in the output of %s', async (_name, args) => {
    const { code, stdout, stderr } = await room.run(args);
    expect(code).toBe(0);
    expect(stdout + stderr).not.toContain(machine.client_secret);
    expect(stdout).not.toMatch(/client_secret"|CLIENT SECRET/);
  });

  it('is shown with --reveal-secrets', async () => {
    const [table, json, list] = await Promise.all([
      room.run(['apps', 'show', machine.client_id, '--reveal-secrets']),
      room.run(['apps', 'show', machine.client_id, '-r', '--json']),
      room.run(['apps', 'list', '-r', '--json']),
    ]);
    expect(table.stdout).toMatch(new RegExp(`^CLIENT SECRET +${machine.client_secret}$`, 'm'));
    expect(JSON.parse(json.stdout)).toMatchObject(machine);
    expect(JSON.parse(list.stdout)).toContainEqual(expect.objectContaining(machine));
  });
});

describe('auth0 apps list', () => {
  it('shows a heading on stderr and a table on stdout', async () => {
    const [piped, shown, csv] = await Promise.all([
      room.run(['apps', 'list']),
      room.runOnTerminal(['apps', 'ls'], { columns: 200 }),
      room.run(['apps', 'ls', '--csv', '-n', '1']),
    ]);
    expect(piped.code).toBe(0);
    expect(piped.stderr).toMatch(new RegExp(`^=== ${room.name} applications \\(\\d+\\)\n\n$`));
    expect(piped.stdout).toMatch(/^CLIENT ID +NAME +TYPE +CALLBACKS\n/);
    expect(piped.stdout).toMatch(
      /^web-client +Web +Regular Web Application +http:\/\/localhost:3000\/callback$/m,
    );
    expect(shown.screen).toContain(piped.stdout);
    expect(csv.stdout).toMatch(/^CLIENT ID,NAME,TYPE,CALLBACKS\n.+\n$/);
  });
});

describe('auth0 apps show', () => {
  it('shows one, piped and on a terminal', async () => {
    const [piped, shown] = await Promise.all([
      room.run(['apps', 'show', web.client_id]),
      room.runOnTerminal(['apps', 'show', web.client_id], { columns: 200 }),
    ]);
    expect(piped).toMatchObject({ code: 0, stderr: `=== ${room.name} application\n\n` });
    expect(piped.stdout).toMatch(/^NAME +Web$/m);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.screen).toContain(piped.stdout);
  });

  it('reports one that is not there', async () => {
    const { code, stderr } = await room.run(['apps', 'show', 'nobody']);
    expect(code).toBe(1);
    expect(stderr).toContain("Failed to read the application 'nobody': The client does not exist.");
  });
});

describe('auth0 apps update', () => {
  it('changes what is named, and leaves the rest', async () => {
    const args = [
      'apps',
      'update',
      web.client_id,
      '--logout-urls',
      'https://example.com',
      '--metadata',
      'a=b',
    ];
    const { code, stdout, stderr } = await room.run([...args, '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} application updated\n\n` });
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'Web',
      allowed_logout_urls: ['https://example.com'],
      callbacks: ['http://localhost:3000/callback'],
      client_metadata: { a: 'b' },
    });
  });

  it('does the same on a terminal', async () => {
    const { code, screen } = await room.runOnTerminal([
      'apps',
      'update',
      web.client_id,
      '--grants',
      'code,password',
    ]);
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} application updated`);
    expect(screen).toMatch(/^GRANTS +authorization_code, password$/m);
  });

  it('says that nothing is to be changed', async () => {
    const { code, stderr } = await room.run(['apps', 'update', web.client_id]);
    expect(code).toBe(1);
    expect(stderr).toContain("There is nothing to change. 'auth0 apps update --help' shows what there is.");
  });
});

describe('auth0 apps delete', () => {
  const create = async (name: string): Promise<string> =>
    (await room.manage<{ client_id: string }>('POST', '/clients', { name })).body.client_id;

  it('deletes with --force, and asks on a terminal', async () => {
    const [first, second] = await Promise.all([create('First'), create('Second')]);
    const [piped, shown] = await Promise.all([
      room.run(['apps', 'delete', first, '--force']),
      room.runOnTerminal(['apps', 'rm', second], { answers: [{ after: 'Are you sure?', keys: 'y' }] }),
    ]);
    expect(piped).toEqual({
      code: 0,
      stdout: '',
      stderr: `=== ${room.name} application ${first} deleted\n\n`,
    });
    expect(shown.code).toBe(0);
    expect(shown.screen).toContain(`=== ${room.name} application ${second} deleted`);
    for (const id of [first, second])
      expect(await room.manage('GET', `/clients/${id}`)).toMatchObject({ status: 404 });
  });
});

describe('auth0 apps open', () => {
  it('prints the page in the Dashboard, and opens it on a terminal', async () => {
    const url = `${room.tenant.domain}/dashboard/applications/web-client/settings`;
    const browser = room.installBrowser();
    const [piped, shown] = await Promise.all([
      room.run(['apps', 'open', web.client_id]),
      room.runOnTerminal(['apps', 'open', web.client_id], { env: browser.env, columns: 200 }),
    ]);
    expect(piped).toEqual({ code: 0, stdout: '', stderr: `Open the following URL in a browser: ${url}\n` });
    expect(shown.code).toBe(0);
    expect(await browser.opened()).toBe(url);
  });
});
