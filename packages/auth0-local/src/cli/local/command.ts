import { CliCommand } from '../command-line/cli-command.js';
import { createExecCommand } from './exec.js';
import { createExportCommand } from './export.js';
import { createLogsCommand } from './logs.js';
import { createResetCommand } from './reset.js';
import { createStartCommand } from './start.js';
import { createStatusCommand } from './status.js';
import { createStopCommand } from './stop.js';

/** `auth0 local`: the tenants on this machine. */
export function createLocalCommand(): CliCommand {
  const local = new CliCommand('local', 'Start, stop and look after tenants on this machine.');
  for (const create of [
    createStartCommand,
    createStopCommand,
    createStatusCommand,
    createResetCommand,
    createLogsCommand,
    createExportCommand,
    createExecCommand,
  ]) {
    local.addCommand(create());
  }
  return local;
}
