import type { Api } from '../tenant/apis.js';
import { possessionMechanisms } from '../tenant/proof-of-possession.js';
import { BooleanOption } from './command-line/boolean-option.js';
import type { CliCommand } from './command-line/cli-command.js';
import { CommandError } from './command-line/command-error.js';

type Setting = NonNullable<Api['proof_of_possession']>;

/** What the command line says of how the tokens of an API are bound to whoever asks for them. */
export interface PossessionOptions {
  readonly proofOfPossession?: Setting['mechanism'] | 'none';
  readonly proofOfPossessionRequired?: boolean;
}

/** Lets a command take these options. */
export function addPossessionOptions(command: CliCommand): CliCommand {
  return command
    .option(
      '--proof-of-possession <mechanism>',
      'What its tokens are bound to: dpop (a key), mtls (a client certificate) or none.',
      readMechanism,
    )
    .addOption(
      new BooleanOption('--proof-of-possession-required', 'Whether there are no tokens without a proof.'),
    );
}

/** Whether they can only be understood with what the API has already. */
export function isPossessionChanged(options: PossessionOptions): boolean {
  return options.proofOfPossession !== undefined || options.proofOfPossessionRequired !== undefined;
}

/**
 * The member of the body; what is not named stays as it is.
 *
 * @param current - What the API has.
 * @throws CommandError: a proof is required, and of nothing.
 */
export function readPossession(
  { proofOfPossession: named, proofOfPossessionRequired: required }: PossessionOptions,
  current?: Api['proof_of_possession'],
): Setting | null | undefined {
  if (named === undefined && required === undefined) return undefined;
  const mechanism = named ?? current?.mechanism ?? 'none';
  if (mechanism !== 'none') {
    const kept = current?.mechanism === mechanism ? current : undefined;
    return { ...kept, mechanism, required: required ?? kept?.required ?? false };
  }
  if (required !== true) return null;
  throw new CommandError(
    '--proof-of-possession-required needs --proof-of-possession dpop or --proof-of-possession mtls',
  );
}

function readMechanism(value: string): Setting['mechanism'] | 'none' {
  const known = [...possessionMechanisms, 'none'] as const;
  const mechanism = known.find((candidate) => candidate === value);
  if (mechanism !== undefined) return mechanism;
  throw new CommandError(`--proof-of-possession is one of ${known.join(', ')}, not ${JSON.stringify(value)}`);
}
