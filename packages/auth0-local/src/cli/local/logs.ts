import { Option } from 'commander';
import { action } from '../command-line/actions.js';
import { BooleanOption } from '../command-line/boolean-option.js';
import { CliCommand } from '../command-line/cli-command.js';
import type { GlobalOptions } from '../command-line/global-options.js';
import { readNumber } from '../command-line/option-values.js';
import type { LogEntry } from '../../log/tenant-log.js';
import { askTenant } from './control-client.js';
import { selectLocalTenant } from '../connection/select-tenant.js';
import { formatLogEntry } from './format-log-entry.js';

interface LogsOptions {
  readonly follow?: boolean;
  readonly json?: boolean;
  readonly number: number;
}

/** `auth0 local logs`. */
export function createLogsCommand(): CliCommand {
  return new CliCommand('logs', 'Show what a local tenant has issued and refused, and why. Newest last.')
    .alias('tail')
    .addOption(new BooleanOption('-f, --follow', 'Go on with what happens from now on.'))
    .addOption(
      new Option('-n, --number <number>', 'How many of the newest, 1 to 1000.')
        .argParser(readNumber)
        .default(100),
    )
    .addOption(new BooleanOption('--json', 'Print an object a line.'))
    .examples('auth0 local logs', 'auth0 local logs --follow', 'auth0 local logs --number 10 --json')
    .action(action<LogsOptions>(({ options }) => showLogs(options)));
}

async function showLogs({
  tenant: name,
  follow = false,
  json = false,
  number,
}: LogsOptions & GlobalOptions): Promise<void> {
  const tenant = await selectLocalTenant(name);
  const query = new URLSearchParams({ number: String(number), follow: String(follow) });
  const { body } = await askTenant(tenant, 'GET', `/logs?${query.toString()}`);
  if (body === null) return;
  for await (const line of readLines(body)) {
    process.stdout.write(
      `${json ? line : formatLogEntry(JSON.parse(line) as LogEntry, { hasDate: true })}\n`,
    );
  }
}

/** The lines of a response, up to where it ends or the tenant stops. */
async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const chunk of body) {
      const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch {
    process.stderr.write('The tenant has stopped.\n');
  }
}
