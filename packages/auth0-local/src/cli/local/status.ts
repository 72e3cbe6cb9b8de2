import { action } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import { addOutputOptions } from '../command-line/global-options.js';
import { createOutput } from '../terminal/output.js';
import { askTenant } from './control-client.js';
import { selectLocalTenant } from '../connection/select-tenant.js';

/** What the tenant says of itself. */
interface TenantStatus {
  readonly pid: number;
  readonly domain: string;
  readonly issuer: string;
  readonly urls: { readonly https: string };
  readonly data_dir: string | null;
  readonly started_at: string;
  readonly memory_mb: number;
  readonly apis: number;
  readonly applications: number;
  readonly users: number;
  readonly roles: number;
}

/** `auth0 local status`. */
export function createStatusCommand(): CliCommand {
  return addOutputOptions(
    new CliCommand('status', 'Show a local tenant that runs. Exits with 1 if there is none.'),
  )
    .examples('auth0 local status', 'auth0 local status --json')
    .action(
      action(async ({ options }) => {
        const tenant = await selectLocalTenant(options.tenant);
        const status = (await (await askTenant(tenant, 'GET', '/status')).json()) as TenantStatus;
        const output = createOutput(options, tenant.name);
        output.heading('status');
        output.details(status, [
          ['DOMAIN', ({ domain }) => domain],
          ['TLS', ({ urls }) => urls.https],
          ['ISSUER', ({ issuer }) => issuer],
          ['STATE', ({ data_dir: folder }) => folder ?? 'in memory'],
          ['PROCESS', ({ pid }) => String(pid)],
          ['STARTED', ({ started_at: at }) => at],
          ['MEMORY', ({ memory_mb: megabytes }) => `${megabytes} MB`],
          ['APIS', ({ apis }) => String(apis)],
          ['APPLICATIONS', ({ applications }) => String(applications)],
          ['USERS', ({ users }) => String(users)],
          ['ROLES', ({ roles }) => String(roles)],
        ]);
      }),
    );
}
