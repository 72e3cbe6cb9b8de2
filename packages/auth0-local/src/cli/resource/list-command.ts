import { tenantAction } from '../command-line/actions.js';
import { CliCommand } from '../command-line/cli-command.js';
import { addOutputOptions } from '../command-line/global-options.js';
import { readNumber } from '../command-line/option-values.js';
import type { Query } from '../connection/management-client.js';
import type { Resource } from './resource.js';
import { addRevealOption, withoutSecrets } from './secrets.js';

/** What every list can be told. */
export interface ListOptions {
  readonly number: number;
}

/** Adds `--number`, and the options for the output. */
export function addListOptions(command: CliCommand): CliCommand {
  command.option('-n, --number <number>', 'How many at most, from 1 to 1000.', readNumber, 100);
  return addOutputOptions(command, { csv: true });
}

/** Makes the verb `list` of a resource, or another of the same kind. */
export function createListCommand<Item extends object, Options extends object = object>(
  resource: Resource<Item>,
  {
    name = 'list',
    aliases = ['ls'],
    readQuery = () => ({}),
  }: {
    readonly name?: string;
    readonly aliases?: readonly string[];
    readonly readQuery?: (options: Options) => Query;
  } = {},
): CliCommand {
  const { path, listKey, plural } = resource;
  const command = addListOptions(
    new CliCommand(name, `List the ${plural} of the tenant.`).aliases(aliases).action(
      tenantAction<ListOptions & Options>(async ({ output, management, options }) => {
        const items = await management.list<Item>(path, listKey, {
          doing: `list the ${plural}`,
          number: options.number,
          query: readQuery(options),
        });
        output.heading(`${plural} (${items.length})`);
        output.list(
          items.map((item) => withoutSecrets(resource, item, options)),
          resource.listFields,
          `No ${plural} available. Use 'auth0 ${resource.command} create' to add one.`,
        );
      }),
    ),
  );
  addRevealOption(command, resource);
  return command;
}
