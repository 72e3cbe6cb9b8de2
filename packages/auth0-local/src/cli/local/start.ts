import { resolve } from 'node:path';
import { Option } from 'commander';
import { action, type Call } from '../command-line/actions.js';
import { BooleanOption } from '../command-line/boolean-option.js';
import { CliCommand } from '../command-line/cli-command.js';
import { CommandError } from '../command-line/command-error.js';
import { readList } from '../command-line/option-values.js';
import { dashboardAudiences, type DashboardAudience } from '../../dashboard/audience.js';
import type { TenantOptions } from '../../options.js';
import { describeStart } from './describe-start.js';
import { detachedVariable, detachTenant, type DetachedMessage } from './detach-tenant.js';
import { readSeedFile } from './read-seed-file.js';

interface StartOptions {
  readonly port: number;
  readonly httpsPort: number;
  readonly dataDir: string;
  readonly ephemeral?: boolean;
  readonly host?: string;
  readonly issuer?: string;
  readonly allowHost: string[];
  readonly dashboard: DashboardAudience;
  readonly seed?: string;
  readonly detach?: boolean;
  readonly allowProduction?: boolean;
  readonly quiet?: boolean;
}

/** `auth0 local start`. */
export function createStartCommand(): CliCommand {
  return new CliCommand('start', 'Start a tenant on this machine, in the foreground.')
    .addOption(portOption('--port <number>', 'The port for http.', 4400))
    .addOption(portOption('--https-port <number>', 'The port for https.', 4443))
    .addOption(new Option('--data-dir <folder>', 'Where the state is kept.').default('.auth0-local'))
    .addOption(
      new BooleanOption('--ephemeral', 'Keep the state in memory; it is gone when the tenant stops.'),
    )
    .option('--host <address>', 'The address to listen on. Loopback only, IPv4 and IPv6, unless given.')
    .option('--issuer <url>', 'Name this issuer on both listeners, like https://tenant.test:4443.')
    .addOption(
      new Option('--allow-host <names>', 'Further host names requests may be sent to.')
        .argParser(readList)
        .default([], 'none'),
    )
    .addOption(
      new Option('--dashboard <audience>', 'For whom the Dashboard is.')
        .choices(dashboardAudiences)
        .default('loopback', 'loopback: who sits at this machine'),
    )
    .option('--seed <file>', 'Create what this file names and the tenant does not have.')
    .addOption(new BooleanOption('--detach', 'Start it in the background, and return when it is ready.'))
    .addOption(new BooleanOption('--quiet', 'Print the log only.'))
    .addOption(new BooleanOption('--allow-production', 'Run even though NODE_ENV is production.'))
    .examples(
      'auth0 local start',
      'auth0 local start --seed seed.json --detach',
      'auth0 local start --ephemeral --port 5000 --https-port 5443',
      'auth0 local start --host 0.0.0.0 --issuer https://tenant.test:4443',
    )
    .action(action<StartOptions>(startTenant));
}

async function startTenant({ options, output }: Call<StartOptions>): Promise<void> {
  const dataDir = options.ephemeral ? undefined : resolve(options.dataDir);
  const { host = 'localhost', dashboard } = options;
  if (process.env[detachedVariable] !== undefined) {
    await runDetached(readTenantOptions(options, dataDir));
    return;
  }
  if (options.detach) {
    const record = await detachTenant(dataDir);
    output.heading(`${record.name} started`);
    if (!options.quiet) output.note(describeStart(record, { isDetached: true, host, dashboard }));
    return;
  }
  const { runTenant } = await import('./run-tenant.js');
  await runTenant(readTenantOptions(options, dataDir), (record) => {
    if (options.quiet) return;
    output.heading(`${record.name} started`);
    output.note(describeStart(record, { host, dashboard }));
  });
}

/** In the process that was detached: whoever started it hears how it went. */
async function runDetached(options: TenantOptions): Promise<void> {
  const tell = (message: DetachedMessage): void => void process.send?.(message);
  try {
    const { runTenant } = await import('./run-tenant.js');
    await runTenant(options, (record) => tell({ record }));
  } catch (error) {
    tell({ error: (error as Error).message });
    throw error;
  }
}

function readTenantOptions(options: StartOptions, dataDir: string | undefined): TenantOptions {
  const { port, httpsPort, host, issuer, allowHost, dashboard, seed, allowProduction } = options;
  return {
    ...(dataDir === undefined ? { ephemeral: true } : { dataDir }),
    port,
    httpsPort,
    ...(host !== undefined && { host }),
    ...(issuer !== undefined && { issuer }),
    allowHosts: allowHost,
    dashboard,
    ...(seed !== undefined && { seed: readSeedFile(seed) }),
    ...(allowProduction !== undefined && { allowProduction }),
  };
}

function portOption(flags: string, description: string, standard: number): Option {
  return new Option(flags, description).default(standard).argParser((value) => {
    const port = /^\d+$/.test(value) ? Number(value) : -1;
    if (port >= 0 && port <= 65_535) return port;
    throw new CommandError(`${flags.split(' ')[0]} is a port from 0 to 65535, not ${JSON.stringify(value)}`);
  });
}
