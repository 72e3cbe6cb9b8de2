import { action } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import { formatJson } from '../terminal/format-json.js';
import { createOutput } from '../terminal/output.js';
import { writePrivateFile } from '../write-private-file.js';
import { askTenant } from './control-client.js';
import { selectLocalTenant } from '../connection/select-tenant.js';

interface ExportOptions {
  readonly output?: string;
}

/** `auth0 local export`. */
export function createExportCommand(): CliCommand {
  return new CliCommand(
    'export',
    'Write what is in a local tenant as a seed, for `auth0 local start --seed`.',
  )
    .option('-o, --output <file>', 'Write it to this file, which only you can read. It has secrets in it.')
    .examples('auth0 local export --output seed.json', 'auth0 local export > seed.json')
    .action(
      action<ExportOptions>(async ({ options }) => {
        const tenant = await selectLocalTenant(options.tenant);
        const seed: unknown = await (await askTenant(tenant, 'GET', '/export')).json();
        const text = `${formatJson(seed, 2)}\n`;
        if (options.output === undefined) {
          process.stdout.write(text);
          return;
        }
        writePrivateFile(options.output, text);
        createOutput(options, tenant.name).heading(`exported to ${options.output}`);
      }),
    );
}
