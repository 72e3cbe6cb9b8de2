import { fixRequiredPossession } from '../../oauth/fixes.js';
import { possessionCures } from '../../oauth/sender/possession-cures.js';
import type { Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import { isProofRequired } from '../../tenant/is-proof-required.js';
import { CommandError } from '../command-line/command-error.js';

/**
 * Checks that an API gives tokens without a proof, which this command cannot send.
 *
 * @param application - Who is to get the token; the test application of the API without.
 * @throws CommandError: it gives none, so that nothing needs to be created and nobody to log in.
 */
export function checkBearerAllowed(api: Api, application?: Application): void {
  const { name, identifier, proof_of_possession: setting } = api;
  if (!setting || !isProofRequired(api, application)) return;
  throw new CommandError(
    [
      `The API "${name ?? identifier}" requires proof of possession, and this command sends no proof. ${possessionCures[setting.mechanism]} If the API is to give bearer tokens as well, this helps:`,
      fixRequiredPossession(api),
    ].join('\n'),
  );
}
