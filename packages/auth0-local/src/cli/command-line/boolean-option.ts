import { Option } from 'commander';
import { CommandError } from './command-error.js';

/** An option that is there, or says `=true` or `=false`: `--offline-access`, `--offline-access=false`. */
export class BooleanOption extends Option {
  constructor(flags: string, description: string) {
    super(`${flags} [boolean]`, description);
    this.argParser((value) => readBoolean(value, this.long ?? flags));
  }

  /** As it stands in the help. */
  get term(): string {
    return this.flags.replace(' [boolean]', '[=false]');
  }
}

function readBoolean(value: string, name: string): boolean {
  if (value === 'true') return true;
  if (value === 'false') return false;
  throw new CommandError(`${name} is either true or false, not ${JSON.stringify(value)}`);
}
