import { BooleanOption } from '../command-line/boolean-option.js';
import type { CliCommand } from '../command-line/cli-command.js';
import type { OutputOptions } from '../command-line/global-options.js';
import type { Resource } from './resource.js';

/** Adds `--reveal-secrets`, where there are any. */
export function addRevealOption<Item extends object>(command: CliCommand, { secrets }: Resource<Item>): void {
  if (secrets !== undefined) {
    command.addOption(new BooleanOption('-r, --reveal-secrets', `Show secrets (${secrets.join(', ')}).`));
  }
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
