import { execFileSync } from 'node:child_process';
import type { Command } from 'commander';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import type { Api } from '../../src/tenant/apis.js';
import * as fixes from '../../src/oauth/fixes.js';

/** What the command line would do: which command, with which options and arguments. */
interface Parsed {
  readonly command: string;
  readonly args: readonly unknown[];
  readonly options: Readonly<Record<string, unknown>>;
}

/** Every command the log can print, and what it has to mean. Words that a shell would not leave alone are among them. */
const rows: readonly (readonly [name: keyof typeof fixes, fix: string | undefined, parsed: Parsed])[] = [
  [
    'fixSigningAlgorithm',
    fixes.fixSigningAlgorithm("it's an API", 'RS256'),
    { command: 'apis update', args: ["it's an API"], options: { signingAlg: 'RS256' } },
  ],
  [
    'fixMissingApi',
    fixes.fixMissingApi("it's an API"),
    {
      command: 'apis create',
      args: [],
      options: { name: "it's an API", identifier: "it's an API" },
    },
  ],
  [
    'fixMissingGrant',
    fixes.fixMissingGrant('client', 'urn:orders'),
    {
      command: 'client-grants create',
      args: [],
      options: { clientId: 'client', audience: 'urn:orders', allowAllScopes: true },
    },
  ],
  [
    'fixMissingGrant',
    fixes.fixMissingGrant('client', 'urn:orders', 'user'),
    {
      command: 'client-grants create',
      args: [],
      options: { clientId: 'client', audience: 'urn:orders', allowAllScopes: true, subjectType: 'user' },
    },
  ],
  [
    'fixGrantType',
    fixes.fixGrantType('client', ['refresh_token'], 'urn:ietf:params:oauth:grant-type:device_code'),
    {
      command: 'apps update',
      args: ['client'],
      options: { grants: ['refresh_token', 'urn:ietf:params:oauth:grant-type:device_code'] },
    },
  ],
  [
    'fixResourceServer',
    fixes.fixResourceServer("the users' gateway"),
    {
      command: 'apps create',
      args: [],
      options: {
        name: "the users' gateway",
        type: 'resource_server',
        resourceServerIdentifier: '<identifier>',
        allowAnyProfileOfType: ['on_behalf_of_token_exchange'],
      },
    },
  ],
  [
    'fixOnBehalfOf',
    fixes.fixOnBehalfOf('client', ['custom_authentication']),
    {
      command: 'apps update',
      args: ['client'],
      options: { allowAnyProfileOfType: ['custom_authentication', 'on_behalf_of_token_exchange'] },
    },
  ],
  [
    'fixAuthMethod',
    fixes.fixAuthMethod('client'),
    { command: 'apps update', args: ['client'], options: { authMethod: 'Post' } },
  ],
  [
    'fixSecret',
    fixes.fixSecret('client'),
    { command: 'apps show', args: ['client'], options: { revealSecrets: true } },
  ],
  [
    'fixUnknownClient',
    fixes.fixUnknownClient(),
    { command: 'apps list', args: [], options: { number: 100 } },
  ],
  [
    'fixCallback',
    fixes.fixCallback('client', ['http://localhost:3000/?a=b&c'], 'http://localhost:8484'),
    {
      command: 'apps update',
      args: ['client'],
      options: { callbacks: ['http://localhost:3000/?a=b&c', 'http://localhost:8484'] },
    },
  ],
  [
    'fixLogoutUrl',
    fixes.fixLogoutUrl('client', [], 'http://localhost:3000/'),
    { command: 'apps update', args: ['client'], options: { logoutUrls: ['http://localhost:3000/'] } },
  ],
  [
    'fixSubjectType',
    fixes.fixSubjectType({ identifier: 'urn:orders' } as Api, 'user'),
    {
      command: 'apis update',
      args: ['urn:orders'],
      options: { subjectTypeAuthorization: { user: { policy: 'allow_all' } } },
    },
  ],
  [
    'fixConsent',
    fixes.fixConsent('65f0'),
    {
      command: 'api',
      args: ['patch', 'resource-servers/65f0'],
      options: { data: '{"skip_consent_for_verifiable_first_party_clients":true}' },
    },
  ],
  [
    'fixUnknownUser',
    fixes.fixUnknownUser('ada@example.com'),
    {
      command: 'users create',
      args: [],
      options: { email: 'ada@example.com', password: '<password>' },
    },
  ],
  [
    'fixPassword',
    fixes.fixPassword('auth0|ada'),
    { command: 'users update', args: ['auth0|ada'], options: { password: '<password>' } },
  ],
  [
    'fixGrantedScopes',
    fixes.fixGrantedScopes('cgr_1', ['read:a', 'read:b']),
    { command: 'client-grants update', args: ['cgr_1'], options: { scopes: ['read:a', 'read:b'] } },
  ],
  [
    'fixApiScopes',
    fixes.fixApiScopes('urn:orders', ['read:a', 'read:b']),
    { command: 'apis update', args: ['urn:orders'], options: { scopes: ['read:a', 'read:b'] } },
  ],
  [
    'fixOfflineAccess',
    fixes.fixOfflineAccess('urn:orders'),
    { command: 'apis update', args: ['urn:orders'], options: { offlineAccess: true } },
  ],
  [
    'fixToken',
    fixes.fixToken('urn:orders'),
    { command: 'test token', args: [], options: { identifier: 'urn:orders', callbackPort: 8484 } },
  ],
  [
    'fixToken',
    fixes.fixToken('urn:orders', 'client'),
    { command: 'test token', args: ['client'], options: { identifier: 'urn:orders', callbackPort: 8484 } },
  ],
  [
    'fixPermission',
    fixes.fixPermission('auth0|ada', 'urn:orders', ['read:a']),
    {
      command: 'api',
      args: ['post', 'users/auth0%7Cada/permissions'],
      options: {
        data: '{"permissions":[{"resource_server_identifier":"urn:orders","permission_name":"read:a"}]}',
      },
    },
  ],
  [
    'fixPossession',
    fixes.fixPossession({ identifier: 'urn:orders' } as Api),
    { command: 'apis update', args: ['urn:orders'], options: { proofOfPossession: 'dpop' } },
  ],
  [
    'fixRequiredPossession',
    fixes.fixRequiredPossession({ identifier: 'urn:orders' } as Api),
    { command: 'apis update', args: ['urn:orders'], options: { proofOfPossessionRequired: false } },
  ],
  [
    'fixRequiringApplication',
    fixes.fixRequiringApplication('a/b'),
    {
      command: 'api',
      args: ['patch', 'clients/a%2Fb'],
      options: { data: '{"require_proof_of_possession":false}' },
    },
  ],
  [
    'fixBlockedUser',
    fixes.fixBlockedUser('auth0|ada'),
    { command: 'api', args: ['patch', 'users/auth0%7Cada'], options: { data: '{"blocked":false}' } },
  ],
];

describe('the fixes of the log', () => {
  it('are all tried here', () => {
    const printed = Object.keys(fixes).filter((name) => name.startsWith('fix'));
    expect([...new Set(rows.map(([name]) => name))].sort()).toEqual(printed.sort());
  });

  it('are each another command', () => {
    const names = new Set(rows.map(([name]) => name));
    const commands = new Map(rows.map(([name, fix]) => [fix, name]));
    expect(new Set(commands.values())).toEqual(names);
  });

  it.each(rows)('%s means what it should to the command line: %s', async (_name, fix, parsed) => {
    expect(await parse(fix ?? '')).toEqual(parsed);
  });
});

describe('a word that begins with a dash', () => {
  it.each<[fix: string | undefined, parsed: Parsed]>([
    [
      fixes.fixMissingApi('--identifier'),
      { command: 'apis create', args: [], options: { name: '--identifier', identifier: '--identifier' } },
    ],
    [
      fixes.fixMissingGrant('-c', "-a=it's"),
      {
        command: 'client-grants create',
        args: [],
        options: { clientId: '-c', audience: "-a=it's", allowAllScopes: true },
      },
    ],
    [
      fixes.fixToken('-a=b', '-client'),
      { command: 'test token', args: ['-client'], options: { identifier: '-a=b', callbackPort: 8484 } },
    ],
    [
      fixes.fixApiScopes('--scopes', ['-read:a', 'b']),
      { command: 'apis update', args: ['--scopes'], options: { scopes: ['-read:a', 'b'] } },
    ],
    [
      fixes.fixUnknownUser('-@example.com'),
      { command: 'users create', args: [], options: { email: '-@example.com', password: '<password>' } },
    ],
  ])('is no option: %s', async (fix, parsed) => {
    expect(await parse(fix ?? '')).toEqual(parsed);
  });
});

describe('a list of a fix', () => {
  it.each([
    ['fixApiScopes', fixes.fixApiScopes('urn:orders', ['read:a', 'read:b,write:admin'])],
    ['fixGrantedScopes', fixes.fixGrantedScopes('cgr_1', ['read:a', 'read:b,write:admin'])],
    ['fixGrantedScopes', fixes.fixGrantedScopes('cgr_1', ['read:a', 'read:b\u00a0write:admin'])],
    ['fixGrantType', fixes.fixGrantType('client', ['a,b'], 'refresh_token')],
    ['fixOnBehalfOf', fixes.fixOnBehalfOf('client', ['custom_authentication,other'])],
  ])('is none where the command line would make two of one: %s', (_name, fix) => {
    expect(fix).toBeUndefined();
  });

  const scope = fc.oneof(
    fc.string({ minLength: 1, unit: 'binary' }).filter((text) => !text.includes('\0')),
    fc.stringMatching(/^[a-c:,= \t-]{1,8}$/),
    fc.stringMatching(/^[a-z]{1,8}:[a-z'$=-]{1,8}$/),
  );

  it('is read by the command line as exactly the permissions that it is about', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(scope, { minLength: 1, maxLength: 4 }), async (scopes) => {
        for (const fix of [
          fixes.fixGrantedScopes('cgr_1', scopes),
          fixes.fixApiScopes('urn:orders', scopes),
        ]) {
          if (fix !== undefined) expect((await parse(fix)).options).toEqual({ scopes });
        }
      }),
    );
  });
});

describe('quote', () => {
  it('leaves no word to zsh that it takes for the path of a command', () => {
    expect(fixes.quote('=ls')).toBe("'=ls'");
    expect(fixes.quote('a=ls')).toBe('a=ls');
  });
});

describe.each([
  ['fixCallback', fixes.fixCallback],
  ['fixLogoutUrl', fixes.fixLogoutUrl],
])('%s', (_name, fixUrl) => {
  it.each(['http://127.0.0.1:1/', 'http://127.9.9.9/', 'https://[::1]:3000/x', 'http://app.localhost/?a=b'])(
    'adds %s, which is on this machine',
    (url) => {
      expect(fixUrl('client', ['https://app.example.com/'], url)).toContain(
        `https://app.example.com/,${url}`,
      );
    },
  );

  it.each([
    'https://attacker.example.com/',
    'http://localhost@attacker.example.com/',
    'http://localhost.attacker.example.com/',
    'http://127.0.0.1.attacker.example.com/',
    'attacker://localhost/',
    'http://localhost/,https://attacker.example.com/',
  ])('adds nothing for %s', (url) => {
    expect(fixUrl('client', [], url)).toBeUndefined();
  });

  it('makes no two of one in the list that is there', () => {
    expect(fixUrl('client', ['http://localhost/a,b'], 'http://localhost/')).toBeUndefined();
  });
});

/** Lets a shell take a line apart and the real program read its words, and says what it would do. */
async function parse(line: string): Promise<Parsed> {
  const print = "printf '%s\\0' ";
  const words = execFileSync('sh', ['-c', print + line.replace(/^auth0 /, '')], { encoding: 'utf8' });
  const program = createProgram();
  let parsed: Parsed | undefined;
  for (const command of leavesOf(program)) {
    command.action((...given: unknown[]) => {
      parsed = { command: pathOf(command), args: readArguments(command, given), options: command.opts() };
    });
  }
  await program.parseAsync(words.split('\0').slice(0, -1), { from: 'user' });
  if (parsed === undefined) throw new Error(`${line} does nothing.`);
  return parsed;
}

function readArguments({ registeredArguments }: Command, given: readonly unknown[]): unknown[] {
  return given.slice(0, registeredArguments.length).filter((argument) => argument !== undefined);
}

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

/** The words of a command behind `auth0`. */
function pathOf(command: Command): string {
  const { parent } = command;
  return parent === null || parent.parent === null ? command.name() : `${pathOf(parent)} ${command.name()}`;
}
