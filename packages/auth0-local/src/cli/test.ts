import { CliCommand } from './command-line/cli-command.js';
import { createTestTokenCommand } from './test-token/command.js';

/** `auth0 test`: tries out what was set up. */
export function createTestCommand(): CliCommand {
  return new CliCommand('test', 'Try out what you have set up.').with(createTestTokenCommand());
}
