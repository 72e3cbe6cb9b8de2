import { Option, type Command } from 'commander';

/** What can be said to every command. */
export interface GlobalOptions {
  readonly tenant?: string;
  readonly debug?: boolean;
  readonly input: boolean;
  readonly color: boolean;
}

/** How a command prints what it has found; absent options print a table. */
export interface OutputOptions {
  readonly json?: boolean;
  readonly jsonCompact?: boolean;
  readonly csv?: boolean;
  /** Of what has any. */
  readonly revealSecrets?: boolean;
}

/** Gives the program the options of every command. */
export function addGlobalOptions(program: Command): void {
  program
    .option('--tenant <name>', 'The tenant to use, where there are several.')
    .option('--debug', 'Show the requests that are sent.')
    .option('--no-input', 'Ask nothing.')
    .option('--no-color', 'Print without colours.');
}

/** Gives a command `--json` and `--json-compact`, and a list `--csv` as well. */
export function addOutputOptions<C extends Command>(command: C, { csv = false } = {}): C {
  command
    .addOption(new Option('--json', 'Print JSON.').conflicts(['jsonCompact', 'csv']))
    .addOption(new Option('--json-compact', 'Print JSON on one line.').conflicts('csv'));
  if (csv) command.option('--csv', 'Print CSV.');
  return command;
}
