import { tenantAction } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import type { KnownTenant } from '../connection/select-tenant.js';
import { openUrl } from '../terminal/open-url.js';
import { fetchItem } from './items.js';
import { requireId } from './require-id.js';
import type { Resource } from './resource.js';

/** Makes the verb `open` of a resource: its page in the Dashboard. */
export function createOpenCommand<Item extends object>(
  resource: Resource<Item>,
  dashboardPath: (id: string) => string,
): CliCommand {
  return new CliCommand('open', `Open the page of one of the ${resource.plural} in the Dashboard.`)
    .argument(`[${resource.argument}]`)
    .action(
      tenantAction<object, [string | undefined]>(async (call, given) => {
        const id = await requireId(call, resource, given);
        const item = await fetchItem(call.management, resource, id);
        const url = dashboardUrl(call.tenant, dashboardPath(encodeURIComponent(resource.idOf(item))));
        call.output.note(`Open the following URL in a browser: ${url}`);
        if (call.prompts.canAsk) openUrl(url);
      }),
    );
}

/** A real tenant's Dashboard is elsewhere; its address has the region and the name that the domain begins with. */
function dashboardUrl({ kind, name, url }: KnownTenant, path: string): string {
  if (kind === 'local') return `${url}/dashboard/${path}`;
  const [, tenant, region = 'us'] = /^([^.]+)(?:\.(\w+))?\.auth0\.com$/.exec(name) ?? [];
  return tenant === undefined
    ? 'https://manage.auth0.com/dashboard'
    : `https://manage.auth0.com/dashboard/${region}/${tenant}/${path}`;
}
