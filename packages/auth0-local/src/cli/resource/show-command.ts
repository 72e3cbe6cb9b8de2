import { tenantAction } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import { addOutputOptions } from '../command-line/global-options.js';
import { showItem } from './change-item.js';
import { fetchItem } from './items.js';
import { requireId } from './require-id.js';
import type { Resource } from './resource.js';
import { addRevealOption } from './secrets.js';

/** Makes the verb `show` of a resource. */
export function createShowCommand<Item extends object>(resource: Resource<Item>): CliCommand {
  const command = addOutputOptions(
    new CliCommand('show', `Show one of the ${resource.plural}.`).argument(`[${resource.argument}]`).action(
      tenantAction<object, [string | undefined]>(async (call, given) => {
        const id = await requireId(call, resource, given);
        showItem(call, resource, resource.noun, await fetchItem(call.management, resource, id));
      }),
    ),
  );
  addRevealOption(command, resource);
  return command;
}
