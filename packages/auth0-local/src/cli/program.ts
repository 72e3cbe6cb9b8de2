import { readFileSync } from 'node:fs';
import { CliCommand } from './command-line/cli-command.js';
import { addGlobalOptions } from './command-line/global-options.js';

/** The `auth0` command with all its nouns. */
export function createProgram(): CliCommand {
  const program = new CliCommand(
    'auth0',
    'A tenant on your machine, and the commands to work with it. The same commands work with a real tenant after auth0 login.',
  );
  addGlobalOptions(program);
  return program
    .version(`auth0 version ${readVersion()}`, '--version', 'Show the version.')
    .examples(
      'auth0 local start',
      'auth0 apis create --name "My Express API" --identifier https://my-express-api.example.com',
      'auth0 test token --identifier https://my-express-api.example.com',
    );
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
    readonly version: string;
  };
  return version;
}
