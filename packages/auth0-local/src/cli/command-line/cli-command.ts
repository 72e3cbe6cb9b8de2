import { Command, CommanderError, type Option } from 'commander';
import { BooleanOption } from './boolean-option.js';
import { CommandError } from './command-error.js';
import { toSentence } from './to-sentence.js';

const doneCodes = new Set(['commander.help', 'commander.helpDisplayed', 'commander.version']);

/** Whether commander has shown the help or the version, and there is nothing left to do. */
export function isDone(error: unknown): boolean {
  return error instanceof CommanderError && doneCodes.has(error.code);
}

/** A command that fails with a `CommandError`, writes its help as this program does, and reads flags as the real one. */
export class CliCommand extends Command {
  constructor(name: string, description: string) {
    super(name);
    this.description(description);
    this.helpOption('-h, --help', 'Show this help.');
    this.helpCommand(false);
    this.exitOverride((error) => {
      throw isDone(error) ? error : this.#explain(error);
    });
    this.configureOutput({
      // A noun without a verb: its help is what was wanted, and no error.
      writeErr: (text) => process.stdout.write(text),
      getErrHelpWidth: () => process.stdout.columns,
      outputError: () => {},
    });
    this.configureHelp({
      minWidthToWrap: 20,
      showGlobalOptions: true,
      visibleGlobalOptions,
      optionTerm,
      subcommandTerm,
    });
  }

  /** Adds the verbs of a noun, in the order in which the help lists them. */
  with(...commands: readonly CliCommand[]): this {
    for (const command of commands) this.addCommand(command);
    return this;
  }

  /** What the help shows at its end, a line each. */
  examples(...lines: readonly string[]): this {
    return this.addHelpText('after', `\nExamples:\n${lines.map((line) => `  ${line}`).join('\n')}`);
  }

  /**
   * A boolean option takes no word behind it, only `=true` and `=false`: commander would take the next argument for its
   * value. And a short option may have its value behind `=`, which commander would take for a part of it.
   */
  override parseOptions(args: string[]): ReturnType<Command['parseOptions']> {
    const end = args.indexOf('--');
    const words = end === -1 ? args : args.slice(0, end);
    return super.parseOptions([...words.map((word) => this.#normalise(word)), ...args.slice(words.length)]);
  }

  #normalise(word: string): string {
    const [, flag = '', rest = ''] = /^(--?[^=\s]+)(=.*)?$/s.exec(word) ?? [];
    const option = this.options.find(({ long, short }) => flag !== '' && (long === flag || short === flag));
    if (option instanceof BooleanOption) return `${option.long}${rest === '' ? '=true' : rest}`;
    return option?.required && option.short === flag && rest !== '' ? `${option.long}${rest}` : word;
  }

  #explain({ code, message }: CommanderError): CommandError {
    const [first = '', ...others] = message.replace(/^error: /, '').split('\n');
    const path = commandPath(this);
    return new CommandError(
      [toSentence(first), ...others.map(readSuggestion), `See '${path} --help'.`].join(' '),
      {
        cause: code,
      },
    );
  }
}

function readSuggestion(line: string): string {
  return line.replace(/^\((.*)\)$/, '$1');
}

function commandPath(command: Command): string {
  return command.parent === null ? command.name() : `${commandPath(command.parent)} ${command.name()}`;
}

/** Those of the program that are for every command: all but its version. */
function visibleGlobalOptions(this: void, { parent }: Command): Option[] {
  if (parent === null) return [];
  return parent.parent === null
    ? parent.options.filter(({ long }) => long !== '--version')
    : visibleGlobalOptions(parent);
}

function optionTerm(option: Option): string {
  return option instanceof BooleanOption ? option.term : option.flags;
}

function subcommandTerm(this: void, command: Command): string {
  const [alias] = command.aliases();
  return alias === undefined ? command.name() : `${command.name()}, ${alias}`;
}
