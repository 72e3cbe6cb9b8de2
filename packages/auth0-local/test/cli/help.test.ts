import type { Command } from 'commander';
import { afterAll, describe, expect, it } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { createCommandRoom } from '../support/run-command.js';
import manifest from '../../package.json' with { type: 'json' };

const room = createCommandRoom();
afterAll(room.remove);

describe('auth0 --help', () => {
  it('names every noun, with an example to begin with', async () => {
    const { code, stdout, stderr } = await room.run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    for (const { name } of createProgram().commands.map((command) => ({ name: command.name() }))) {
      expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
    }
    expect(stdout).toContain('Examples:\n  auth0 local start\n');
  });

  it('is what auth0 and a noun without a verb print', async () => {
    const [program, noun] = await Promise.all([room.run([]), room.run(['apis'])]);
    expect(program).toEqual(await room.run(['--help']));
    expect(noun).toEqual(await room.run(['apis', '--help']));
    expect(noun.stdout).toContain('create');
  });

  it('is what auth0 help prints, and that of a command with its name behind', async () => {
    const [program, command] = await Promise.all([room.run(['help']), room.run(['help', 'apis', 'create'])]);
    expect(program).toEqual(await room.run(['--help']));
    expect(command).toEqual(await room.run(['apis', 'create', '--help']));
  });

  it('is on a terminal as wide as that', async () => {
    const { code, screen } = await room.runOnTerminal(['apis', 'create', '--help'], { columns: 64 });
    expect(code).toBe(0);
    const lines = screen.slice(0, screen.indexOf('Examples:')).split('\n');
    expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(64);
  });
});

describe('auth0 apis create --help', () => {
  it('has the options, those of every command, and examples', async () => {
    const { code, stdout } = await room.run(['apis', 'create', '--help']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Usage: auth0 apis create \[options\]\n/);
    for (const term of [
      '-n, --name <name>',
      '-i, --identifier <identifier>',
      '-s, --scopes <scopes>',
      '-l, --token-lifetime <seconds>',
      '-o, --offline-access[=false]',
      '--signing-alg <algorithm>',
      '--subject-type-authorization <json>',
      '--enforce-policies[=false]',
      '--token-dialect <dialect>',
      '--json ',
      '--json-compact',
      '--tenant <name>',
      '--debug',
      '--no-input',
      '--no-color',
    ]) {
      expect(stdout).toContain(`  ${term}`);
    }
    expect(stdout).toContain(
      'Examples:\n  auth0 apis create --name "My Express API" --identifier https://my-express-api.example.com\n',
    );
  });
});

describe('every command', () => {
  it.each(leavesOf(createProgram()).map((command) => [pathOf(command), command] as const))(
    'auth0 %s says what it does and each of its options',
    (_path, command) => {
      expect(command.description()).toMatch(/\.$/);
      for (const { flags, description, hidden } of command.options) {
        if (!hidden) expect(description, flags).toMatch(/[.)]$/);
      }
    },
  );
});

describe('auth0 --version', () => {
  it('prints the version of the package', async () => {
    expect(await room.run(['--version'])).toEqual({
      code: 0,
      stdout: `auth0 version ${manifest.version}\n`,
      stderr: '',
    });
  });
});

function leavesOf(command: Command): Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

function pathOf(command: Command): string {
  return command.parent === null ? '' : `${pathOf(command.parent)} ${command.name()}`.trim();
}
