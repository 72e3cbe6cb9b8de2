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
