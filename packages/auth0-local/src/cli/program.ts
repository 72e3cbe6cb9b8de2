import { readFileSync } from 'node:fs';
import { createApiCommand } from './api.js';
import { createApisCommand } from './apis.js';
import { createAppsCommand } from './apps.js';
import { createClientGrantsCommand } from './client-grants.js';
import { createExplainCommand } from './explain.js';
import { createLocalCommand } from './local/command.js';
import { createLoginCommand } from './login.js';
import { createLogoutCommand } from './logout.js';
import { createRolesCommand } from './roles.js';
import { createTenantsCommand } from './tenants.js';
import { createTestCommand } from './test.js';
import { createUsersCommand } from './users.js';
import { CliCommand } from './command-line/cli-command.js';
import { addGlobalOptions } from './command-line/global-options.js';

/** The `auth0` command with all its nouns. */
export function createProgram(): CliCommand {
  const program = new CliCommand(
    'auth0',
    'A tenant on your machine, and the commands to work with it. The same commands work with a real tenant after auth0 login.',
  );
  addGlobalOptions(program);
  program
    .commandsGroup('On this machine:')
    .with(createLocalCommand())
    .commandsGroup('In a tenant:')
    .with(
      createApisCommand(),
      createAppsCommand(),
      createClientGrantsCommand(),
      createUsersCommand(),
      createRolesCommand(),
    )
    .commandsGroup('Trying things out:')
    .with(createTestCommand(), createExplainCommand(), createApiCommand())
    .commandsGroup('Which tenant:')
    .with(createTenantsCommand(), createLoginCommand(), createLogoutCommand());
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
