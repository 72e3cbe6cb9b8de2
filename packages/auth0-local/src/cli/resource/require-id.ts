import type { TenantCall } from '../command-line/actions.js';
import { listItems } from './items.js';
import type { Resource } from './resource.js';

/**
 * The id of the item that a command is about: as given, or chosen from a list at a terminal.
 *
 * @param flag - How it is given.
 */
export async function requireId<Item extends object>(
  { management, prompts }: TenantCall,
  resource: Resource<Item>,
  given: string | undefined,
  flag = `<${resource.argument}>`,
): Promise<string> {
  if (given !== undefined) return (await resource.findId?.(management, given)) ?? given;
  const question = { message: capitalise(resource.title), flag };
  return prompts.choose(question, async () => {
    const items = await listItems(management, resource, 1000);
    return items.map((item) => ({
      value: resource.idOf(item),
      label: resource.labelOf(item),
      hint: resource.idOf(item),
    }));
  });
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
