import { tenantAction, type TenantCall } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import { toSentence } from '../command-line/to-sentence.js';
import { CommandError } from '../command-line/command-error.js';
import { createForceOption, isConfirmed, type ForceOptions } from './confirm.js';
import { fetchItem, itemPath } from './items.js';
import { requireId } from './require-id.js';
import type { Resource } from './resource.js';

/** Makes the verb `delete` of a resource: of one or several, after a confirmation. */
export function createDeleteCommand<Item extends object>(resource: Resource<Item>): CliCommand {
  return new CliCommand('delete', `Delete one or several of the ${resource.plural}.`)
    .alias('rm')
    .argument(`[${resource.argument}...]`)
    .addOption(createForceOption())
    .action(
      tenantAction<ForceOptions, [string[]]>(async (call, given) => {
        const ids = given.length > 0 ? given : [await requireId(call, resource, undefined)];
        const what = `This deletes the ${resource.title} ${ids.map((id) => `'${id}'`).join(', ')}.`;
        if (!(await isConfirmed(call, what))) {
          call.output.note('Nothing was deleted.');
          return;
        }
        await deleteItems(call, resource, ids);
      }),
    );
}

/** Deletes what can be deleted, and then fails if something could not. */
async function deleteItems<Item extends object>(
  call: TenantCall,
  resource: Resource<Item>,
  given: readonly string[],
): Promise<void> {
  const failures: string[] = [];
  for (const name of given) {
    const doing = `delete the ${resource.title} '${name}'`;
    try {
      const id = await requireId(call, resource, name);
      // The API says 204 of what is not there, too; whoever misspelt a name should hear of it.
      await fetchItem(call.management, resource, id);
      await call.management.request('DELETE', itemPath(resource, id), { doing });
      call.output.heading(`${resource.noun} ${id} deleted`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length > 0) throw new CommandError(failures.map(toSentence).join('\n'));
}
