import type { ManagementClient } from '../connection/management-client.js';
import type { Resource } from './resource.js';

/** The first items there are. */
export async function listItems<Item extends object>(
  management: ManagementClient,
  { path, listKey, plural }: Resource<Item>,
  number: number,
): Promise<Item[]> {
  return management.list<Item>(path, listKey, { doing: `list the ${plural}`, number });
}

/** The path of one item. */
export function itemPath<Item extends object>({ path }: Resource<Item>, id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}

/** Reads one item. */
export async function fetchItem<Item extends object>(
  management: ManagementClient,
  resource: Resource<Item>,
  id: string,
): Promise<Item> {
  const doing = `read the ${resource.title} '${id}'`;
  return management.request<Item>('GET', itemPath(resource, id), { doing });
}
