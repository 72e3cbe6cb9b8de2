import { describe, expect, it } from 'vitest';
import { BooleanOption } from '../../../src/cli/command-line/boolean-option.js';
import { CliCommand } from '../../../src/cli/command-line/cli-command.js';

/** What the options and arguments of a leaf are, below a program with an option of its own. */
function parse(...args: string[]): { options: object; words: readonly string[] } {
  const leaf = new CliCommand('leaf', 'A leaf.')
    .argument('[words...]')
    .option('-n, --name <name>', 'A name.')
    .addOption(new BooleanOption('-o, --on', 'A boolean.'))
    .action(() => {});
  const program = new CliCommand('program', 'A program.').option('--debug', 'Global.').with(leaf);
  program.parse(['leaf', ...args], { from: 'user' });
  return { options: leaf.optsWithGlobals(), words: leaf.args };
}

describe('CliCommand', () => {
  it.each([
    [['--on', 'word'], { options: { on: true }, words: ['word'] }],
    [['-o', 'word'], { options: { on: true }, words: ['word'] }],
    [['--on=false', 'word'], { options: { on: false }, words: ['word'] }],
    [['-o=false'], { options: { on: false }, words: [] }],
    [['-n', 'x'], { options: { name: 'x' }, words: [] }],
    [['-n=x'], { options: { name: 'x' }, words: [] }],
    [['-nx'], { options: { name: 'x' }, words: [] }],
    [['--name=a=b'], { options: { name: 'a=b' }, words: [] }],
    [['--name', '-x'], { options: { name: '-x' }, words: [] }],
    [['--on', '--debug'], { options: { on: true, debug: true }, words: [] }],
    [['--', '--on', '-n=x'], { options: {}, words: ['--on', '-n=x'] }],
  ])('reads %j', (args, parsed) => {
    expect(parse(...args)).toEqual(parsed);
  });

  it('refuses a value of a boolean that is none', () => {
    expect(() => parse('--on=yes')).toThrow('--on is either true or false, not "yes"');
  });

  it('names the command whose help helps', () => {
    expect(() => parse('--nam', 'x')).toThrow(
      "Unknown option '--nam'. Did you mean --name? See 'program leaf --help'.",
    );
  });
});
