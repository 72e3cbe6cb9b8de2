import type { TenantCall } from '../command-line/actions.js';
import { BooleanOption } from '../command-line/boolean-option.js';
import type { CliCommand } from '../command-line/cli-command.js';
import { CommandError } from '../command-line/command-error.js';
import type { OutputOptions } from '../command-line/global-options.js';
import type { ManagementClient } from '../connection/management-client.js';
import type { Field } from '../terminal/table.js';

/** A kind of thing that a tenant has, and how the commands for it speak of it. */
export interface Resource<Item extends object> {
  /** The noun of its commands: `apis`. */
  readonly command: string;
  /** In headings: `api`, `apis`. */
  readonly noun: string;
  readonly plural: string;
  /** In sentences: `API`. */
  readonly title: string;
  /** How one of them is named on the command line: `api-id|api-identifier`. */
  readonly argument: string;
  /** Where the Management API has it, and under which member its lists have the items. */
  readonly path: string;
  readonly listKey: string;
  readonly idOf: (item: Item) => string;
  readonly labelOf: (item: Item) => string;
  readonly listFields: readonly Field<Item>[];
  readonly detailFields: readonly Field<Item>[];
  /** The members that only `--reveal-secrets` shows. */
  readonly secrets?: readonly (keyof Item & string)[];
  /** Finds the id where something else is given, like an email. */
  readonly findId?: (management: ManagementClient, given: string) => Promise<string>;
}

/** Adds `--reveal-secrets`, where there are any. */
export function addRevealOption<Item extends object>(command: CliCommand, { secrets }: Resource<Item>): void {
  if (secrets !== undefined) {
    command.addOption(new BooleanOption('-r, --reveal-secrets', `Show secrets (${secrets.join(', ')}).`));
  }
}

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

/** An item without its secrets, unless they are asked for. */
export function withoutSecrets<Item extends object>(
  { secrets = [] }: Resource<Item>,
  item: Item,
  { revealSecrets = false }: OutputOptions,
): Item {
  if (revealSecrets) return item;
  const names: readonly string[] = secrets;
  return Object.fromEntries(Object.entries(item).filter(([name]) => !names.includes(name))) as Item;
}

function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
