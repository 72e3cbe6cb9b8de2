import { afterAll, describe, expect, it } from 'vitest';
import { createCommandRoom } from '../support/run-command.js';

const room = createCommandRoom();
afterAll(room.remove);

const mistakes: readonly (readonly [mistake: string, args: readonly string[], sentence: string])[] = [
  [
    'an unknown noun',
    ['appis', 'list'],
    "Unknown command 'appis'. Did you mean one of apis, apps? See 'auth0 --help'.",
  ],
  [
    'an unknown verb',
    ['apis', 'crate'],
    "Unknown command 'crate'. Did you mean create? See 'auth0 apis --help'.",
  ],
  [
    'an unknown flag',
    ['apis', 'create', '--nam', 'x'],
    "Unknown option '--nam'. Did you mean --name? See 'auth0 apis create --help'.",
  ],
  [
    'a flag without its value',
    ['apis', 'create', '--name'],
    "Option '-n, --name <name>' argument missing. See 'auth0 apis create --help'.",
  ],
  [
    'two outputs at once',
    ['client-grants', 'list', '--json', '--csv'],
    "Option '--json' cannot be used with option '--csv'. See 'auth0 client-grants list --help'.",
  ],
  [
    'more than is asked for',
    ['roles', 'show', 'one', 'two'],
    "Too many arguments for 'show'. Expected 1 argument but got 2. See 'auth0 roles show --help'.",
  ],
  [
    'a boolean that is neither',
    ['apis', 'create', '--offline-access=maybe'],
    '--offline-access is either true or false, not "maybe".',
  ],
  [
    'a number that is too big',
    ['apis', 'list', '--number', '1001'],
    'Number flag invalid, please pass a number between 1 and 1000.',
  ],
  [
    'a number that is too small',
    ['apps', 'list', '--number', '-1'],
    'Number flag invalid, please pass a number between 1 and 1000.',
  ],
  [
    'a number that is none',
    ['users', 'search', '-n', 'ten'],
    'Number flag invalid, please pass a number between 1 and 1000.',
  ],
  [
    'a duration that is none',
    ['apis', 'create', '-l', '1h'],
    '--token-lifetime is a number of seconds, not "1h".',
  ],
  [
    'JSON that is none',
    ['apis', 'create', '--subject-type-authorization', '{'],
    `--subject-type-authorization is a JSON object, like '{"client":{"policy":"deny_all"}}'.`,
  ],
  ['a pair that is none', ['api', 'clients', '-q', 'fields'], '"fields" is no pair. Write name=value.'],
];

describe('a mistake on the command line', () => {
  it.each(mistakes)('%s is a sentence on stderr and exit code 1', async (_mistake, args, sentence) => {
    expect(await room.run(args)).toEqual({
      code: 1,
      stdout: '',
      stderr: `=== auth0 error\n\n${sentence}\n`,
    });
  });

  it('is the same on a terminal, in red', async () => {
    const { code, screen, raw } = await room.runOnTerminal(['apis', 'crate']);
    expect(code).toBe(1);
    expect(screen).toContain("=== auth0 error\n\nUnknown command 'crate'. Did you mean create?");
    expect(raw).toContain('\u001b[31m');
  });

  it.each([
    ['NO_COLOR', { NO_COLOR: '1' }, []],
    ['a terminal without colours', { TERM: 'dumb' }, []],
    ['--no-color', {}, ['--no-color']],
  ])('has no colour with %s', async (_what, env, flags) => {
    const { raw } = await room.runOnTerminal(['apis', 'crate', ...flags], { env });
    expect(raw).toContain('=== auth0 error');
    expect(raw).not.toContain('\u001b');
  });
});

describe('without a tenant', () => {
  it('a command names auth0 local start and auth0 login', async () => {
    const { code, stdout, stderr } = await room.run(['apis', 'list']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      "=== auth0 error\n\nThere is no tenant. Start one with 'auth0 local start', or log in to a real one with 'auth0 login'.\n",
    );
  });

  it('and with --json it is no JSON on stdout', async () => {
    const { code, stdout } = await room.run(['apis', 'list', '--json']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  });
});
