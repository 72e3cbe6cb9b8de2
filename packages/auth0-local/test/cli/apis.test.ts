import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrowDown, createTenantRoom, enter, type TenantRoom } from '../support/run-command.js';
import { audience } from '../support/trial-tenant.js';

let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

interface WireApi {
  readonly id: string;
  readonly name: string;
  readonly scopes: readonly { readonly value: string; readonly description?: string }[];
  readonly proof_of_possession?: unknown;
}

/** A new API, and what the tenant says of one. */
let count = 0;
const nextIdentifier = (): string => `urn:api:${(count += 1)}`;
const find = async (identifier: string): Promise<WireApi> =>
  (await room.manage<WireApi>('GET', `/resource-servers/${encodeURIComponent(identifier)}`)).body;

describe('auth0 apis create', () => {
  it('shows a heading on stderr and the API as a table on stdout', async () => {
    const { code, stdout, stderr } = await room.run(
      [
        [
          'apis',
          'create',
          '--name',
          'Orders',
          '--identifier',
          'urn:orders',
          '--scopes',
          'read:orders,write:orders',
        ],
      ].flat(),
    );
    const environment = `AUTH0_DOMAIN=http://${room.name}\nAUTH0_AUDIENCE=urn:orders`;
    expect(stderr).toBe(`=== ${room.name} api created\n\n\nFor the .env of your API:\n\n${environment}\n`);
    expect(code).toBe(0);
    const { id } = await find('urn:orders');
    expect(stdout).toBe(
      [
        `ID                          ${id}`,
        'NAME                        Orders',
        'IDENTIFIER                  urn:orders',
        'SCOPES                      read:orders write:orders',
        'TOKEN LIFETIME              86400',
        'ALLOW OFFLINE ACCESS        ✗',
        'SIGNING ALGORITHM           RS256',
        'ENFORCE POLICIES            ✗',
        'SUBJECT TYPE AUTHORIZATION  {"user":{"policy":"allow_all"},"client":{"policy":"require_client_grant"}}',
        '',
      ].join('\n'),
    );
  });

  it('takes every option, long and short', async () => {
    const { code, stdout } = await room.run(
      [
        ['apis', 'create', '-n', 'All', '-i', 'urn:all', '-s', 'a:b', '-s', 'c:d', '-l', '3600', '-o'],
        ['--signing-alg=PS256', '--enforce-policies', '--token-dialect', 'rfc9068_profile_authz'],
        ['--subject-type-authorization', '{"client":{"policy":"deny_all"}}', '--json'],
      ].flat(),
    );
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'All',
      identifier: 'urn:all',
      scopes: [{ value: 'a:b' }, { value: 'c:d' }],
      token_lifetime: 3600,
      allow_offline_access: true,
      signing_alg: 'PS256',
      enforce_policies: true,
      token_dialect: 'rfc9068_profile_authz',
      subject_type_authorization: { user: { policy: 'allow_all' }, client: { policy: 'deny_all' } },
    });
  });

  it.each([
    ['-o', true],
    ['--offline-access=false', false],
  ])('takes %s for %s', async (flag, value) => {
    const args = ['apis', 'create', '--name', 'x', flag, '--identifier', nextIdentifier(), '--json'];
    expect(JSON.parse((await room.run(args)).stdout)).toMatchObject({ allow_offline_access: value });
  });

  it.each([
    ['dpop', [], { mechanism: 'dpop', required: false }],
    ['mtls', ['--proof-of-possession-required'], { mechanism: 'mtls', required: true }],
    ['none', [], null],
  ])('binds tokens: %s %j', async (mechanism, more, expected) => {
    const args = ['apis', 'create', '--name', 'x', '--identifier', nextIdentifier(), '--json'];
    const { stdout } = await room.run([...args, '--proof-of-possession', mechanism, ...more]);
    expect(JSON.parse(stdout)).toMatchObject({ proof_of_possession: expected });
  });

  it.each([
    [['--proof-of-possession', 'tls'], '--proof-of-possession is one of dpop, mtls, none, not "tls".'],
    [
      ['--proof-of-possession-required'],
      '--proof-of-possession-required needs --proof-of-possession dpop or --proof-of-possession mtls.',
    ],
  ])('says what is wrong with %j', async (flags, message) => {
    const args = ['apis', 'create', '--name', 'x', '--identifier', nextIdentifier()];
    const { code, stderr } = await room.run([...args, ...flags]);
    expect([code, stderr.split('\n\n')[1]]).toEqual([1, `${message}\n`]);
  });

  it('prints JSON with four spaces, or on one line', async () => {
    const create = (flag: string) =>
      room.run(['apis', 'create', '--name', 'x', '--identifier', nextIdentifier(), flag]);
    const [pretty, compact] = await Promise.all([create('--json'), create('--json-compact')]);
    expect(pretty.stdout).toMatch(/^\{\n {4}"name": "x",\n/);
    expect(compact.stdout).toMatch(/^\{"name":"x",[^\n]*\}\n$/);
  });

  it.each([
    ['--name', ['--identifier', 'urn:x']],
    ['--identifier', ['--name', 'x']],
  ])('names %s where nobody can be asked', async (flag, args) => {
    const { code, stdout, stderr } = await room.run(['apis', 'create', ...args]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(`=== ${room.name} error\n\nMissing ${flag}, and there is no terminal to ask on.\n`);
  });

  it('names it on a terminal, too, with --no-input', async () => {
    const { code, screen } = await room.runOnTerminal(['apis', 'create', '--no-input']);
    expect(code).toBe(1);
    expect(screen).toBe(`=== ${room.name} error\n\nMissing --name, and there is no terminal to ask on.\n`);
  });

  it('asks on a terminal for what is missing, and for nothing else', async () => {
    const identifier = nextIdentifier();
    const { code, screen } = await room.runOnTerminal(['apis', 'create'], {
      answers: [
        { after: 'Name', keys: `Asked for${enter}` },
        { after: 'Identifier', keys: identifier + enter },
      ],
    });
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} api created`);
    expect(screen).toMatch(/^NAME +Asked for$/m);
    expect(await find(identifier)).toMatchObject({ name: 'Asked for' });
  });

  it('asks again where nothing was written', async () => {
    const { code, screen } = await room.runOnTerminal(['apis', 'create', '--identifier', nextIdentifier()], {
      answers: [
        { after: 'Name', keys: enter },
        { after: 'Please write something.', keys: `x${enter}` },
      ],
    });
    expect(code).toBe(0);
    expect(screen).toContain('api created');
  });

  it('reports the refusal of the tenant', async () => {
    const { code, stdout, stderr } = await room.run([
      'apis',
      'create',
      '--name',
      'x',
      '--identifier',
      audience,
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `=== ${room.name} error\n\nFailed to create the API: A resource server with the same identifier already exists.\n`,
    );
  });

  it('shows a signing secret only where it is asked for', async () => {
    const create = (...flags: string[]) =>
      room.run(['apis', 'create', '-n', 'x', '-i', nextIdentifier(), '--signing-alg', 'HS256', ...flags]);
    const [table, json, revealed] = await Promise.all([
      create(),
      create('--json'),
      create('--reveal-secrets'),
    ]);
    expect(table.stdout).not.toContain('SECRET');
    expect(json.stdout).not.toContain('signing_secret');
    expect(revealed.stdout).toMatch(/^SIGNING SECRET +\S{16,}$/m);
  });
});

describe('auth0 apis list', () => {
  it('shows a heading on stderr and a table on stdout', async () => {
    const { code, stdout, stderr } = await room.run(['apis', 'list']);
    expect(code).toBe(0);
    const [labels = '', ...rows] = stdout.trimEnd().split('\n');
    expect(stderr).toBe(`=== ${room.name} apis (${rows.length})\n\n`);
    expect(labels).toMatch(/^ID {24}NAME +IDENTIFIER +SCOPES$/);
    expect(rows.find((row) => row.includes(audience))).toMatch(
      new RegExp(`^[0-9a-f]{24}  My Express API +${audience} +3$`),
    );
  });

  it('is JSON and CSV, too, and as short as --number says', async () => {
    const [json, csv, one] = await Promise.all([
      room.run(['apis', 'ls', '--json']),
      room.run(['apis', 'ls', '--csv']),
      room.run(['apis', 'ls', '--number', '1', '--json-compact']),
    ]);
    expect(JSON.parse(json.stdout)).toContainEqual(expect.objectContaining({ identifier: audience }));
    expect(csv.stdout).toMatch(
      new RegExp(`^ID,NAME,IDENTIFIER,SCOPES\n.*,My Express API,${audience},3$`, 'ms'),
    );
    expect(JSON.parse(one.stdout)).toHaveLength(1);
  });
});

describe('auth0 apis show', () => {
  it('takes the id or the identifier', async () => {
    const { id } = await find(audience);
    const [byId, byIdentifier] = await Promise.all([
      room.run(['apis', 'show', id]),
      room.run(['apis', 'show', audience]),
    ]);
    expect(byId).toEqual(byIdentifier);
    expect(byId).toMatchObject({ code: 0, stderr: `=== ${room.name} api\n\n` });
    expect(byId.stdout).toMatch(new RegExp(`^IDENTIFIER +${audience}$`, 'm'));
  });

  it('cuts long lists of scopes on a terminal, and only there', async () => {
    const identifier = nextIdentifier();
    const scopes = Array.from({ length: 30 }, (_, index) => `scope:number${index}`);
    await room.run(['apis', 'create', '-n', 'x', '-i', identifier, '-s', scopes.join(',')]);
    const [piped, shown] = await Promise.all([
      room.run(['apis', 'show', identifier]),
      room.runOnTerminal(['apis', 'show', identifier], { columns: 80 }),
    ]);
    expect(piped.stdout).toContain(`  ${scopes.join(' ')}\n`);
    expect(shown.screen).toMatch(/^SCOPES {2,}.{1,70}…$/m);
  });

  it('reports one that is not there', async () => {
    const { code, stdout, stderr } = await room.run(['apis', 'show', 'nothing']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `=== ${room.name} error\n\nFailed to read the API 'nothing': The resource server does not exist.\n`,
    );
  });

  it('lets one choose on a terminal, and names the argument elsewhere', async () => {
    const small = await createTenantRoom();
    const [chosen, piped] = await Promise.all([
      small.runOnTerminal(['apis', 'show'], { answers: [{ after: 'API', keys: arrowDown + enter }] }),
      small.run(['apis', 'show']),
    ]);
    expect(chosen.code).toBe(0);
    expect(chosen.screen).toMatch(/^NAME +My Express API$/m);
    expect(piped.stderr).toContain('Missing <api-id|api-identifier>, and there is no terminal to ask on.');
    await small.close();
  });
});

describe('auth0 apis update', () => {
  it('changes of how tokens are bound what is named, and keeps the rest', async () => {
    const identifier = nextIdentifier();
    const setting = { mechanism: 'dpop', required: true, required_for: 'public_clients' };
    await room.manage('POST', '/resource-servers', { identifier, name: 'x', proof_of_possession: setting });
    const update = async (...flags: string[]): Promise<unknown> => {
      await room.run(['apis', 'update', identifier, ...flags]);
      return (await find(identifier)).proof_of_possession;
    };
    expect(await update('--name', 'y')).toEqual(setting);
    expect(await update('--proof-of-possession', 'dpop')).toEqual(setting);
    expect(await update('--proof-of-possession-required=false')).toEqual({ ...setting, required: false });
    const required = ['--proof-of-possession', 'mtls', '--proof-of-possession-required'];
    expect(await update(...required)).toEqual({ mechanism: 'mtls', required: true });
    const { stdout } = await room.run(['apis', 'show', identifier]);
    expect(stdout).toMatch(/^PROOF OF POSSESSION +\{"mechanism":"mtls","required":true\}$/m);
    expect(await update('--proof-of-possession', 'none')).toBeNull();
  });

  it('changes what is named and leaves the rest', async () => {
    const identifier = nextIdentifier();
    await room.tenant.seed({
      resourceServers: [{ identifier, name: 'Old', scopes: [{ value: 'a:b', description: 'Kept' }] }],
    });
    const args = [
      'apis',
      'update',
      identifier,
      '--name',
      'New',
      '--scopes',
      'a:b c:d',
      '--offline-access',
      '--json',
    ];
    const { code, stdout, stderr } = await room.run(args);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} api updated\n\n` });
    expect(JSON.parse(stdout)).toMatchObject({
      name: 'New',
      scopes: [{ value: 'a:b', description: 'Kept' }, { value: 'c:d' }],
      allow_offline_access: true,
      token_lifetime: 86_400,
    });
  });

  it('does the same on a terminal', async () => {
    const { code, screen } = await room.runOnTerminal([
      'apis',
      'update',
      'urn:orders',
      '--token-lifetime',
      '1000',
    ]);
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} api updated`);
    expect(screen).toMatch(/^TOKEN LIFETIME +1000$/m);
  });

  it('says that nothing is to be changed', async () => {
    const { code, stderr } = await room.run(['apis', 'update', audience]);
    expect(code).toBe(1);
    expect(stderr).toContain("There is nothing to change. 'auth0 apis update --help' shows what there is.");
  });

  it('does not change the Management API', async () => {
    const { code, stderr } = await room.run([
      'apis',
      'update',
      `${room.tenant.issuer}api/v2/`,
      '--name',
      'x',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('System resource servers cannot be ');
  });
});

describe('auth0 apis scopes list', () => {
  it('shows scopes with their descriptions', async () => {
    const identifier = nextIdentifier();
    await room.tenant.seed({
      resourceServers: [
        { identifier, scopes: [{ value: 'a:b', description: 'To b' }, { value: 'long:scope' }] },
      ],
    });
    const [table, json, shown] = await Promise.all([
      room.run(['apis', 'scopes', 'list', identifier]),
      room.run(['apis', 'scopes', 'ls', identifier, '--json']),
      room.runOnTerminal(['apis', 'scopes', 'list', identifier]),
    ]);
    expect(table).toEqual({
      code: 0,
      stderr: `=== ${room.name} scopes of ${identifier} (2)\n\n`,
      stdout: 'SCOPE       DESCRIPTION\na:b         To b\nlong:scope\n',
    });
    expect(JSON.parse(json.stdout)).toEqual([{ value: 'a:b', description: 'To b' }, { value: 'long:scope' }]);
    expect(shown).toMatchObject({ code: 0 });
    expect(shown.screen).toContain('SCOPE       DESCRIPTION\na:b         To b\n');
  });

  it('says what to do where there are none', async () => {
    const identifier = nextIdentifier();
    await room.tenant.seed({ resourceServers: [{ identifier }] });
    const { code, stdout, stderr } = await room.run(['apis', 'scopes', 'list', identifier]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(`Use 'auth0 apis update ${identifier} --scopes read:things' to add one.`);
  });
});
