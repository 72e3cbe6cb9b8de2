import type { TenantCall } from '../command-line/actions.js';
import { CommandError } from '../command-line/command-error.js';
import { itemPath } from './items.js';
import type { Resource } from './resource.js';
import { withoutSecrets } from './secrets.js';

/** Creates an item and shows it. */
export async function createItem<Item extends object>(
  call: TenantCall,
  resource: Resource<Item>,
  body: object,
): Promise<void> {
  const doing = `create the ${resource.title}`;
  const item = await call.management.request<Item>('POST', resource.path, { doing, body });
  showItem(call, resource, `${resource.noun} created`, item);
}

/**
 * Changes an item and shows it.
 *
 * @param body - Members that are undefined stay as they are.
 */
export async function updateItem<Item extends object>(
  call: TenantCall,
  resource: Resource<Item>,
  id: string,
  body: object,
): Promise<void> {
  if (Object.values(body).every((value) => value === undefined)) {
    throw new CommandError(
      `There is nothing to change. 'auth0 ${resource.command} update --help' shows what there is`,
    );
  }
  const doing = `update the ${resource.title} '${id}'`;
  const item = await call.management.request<Item>('PATCH', itemPath(resource, id), { doing, body });
  showItem(call, resource, `${resource.noun} updated`, item);
}

/** Shows an item below a heading, its secrets only if they are asked for. */
export function showItem<Item extends object>(
  { output, options }: TenantCall,
  resource: Resource<Item>,
  heading: string,
  item: Item,
): void {
  output.heading(heading);
  output.details(withoutSecrets(resource, item, options), resource.detailFields);
}
