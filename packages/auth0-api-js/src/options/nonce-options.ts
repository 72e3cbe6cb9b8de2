import { createSecretKey, type KeyObject } from 'node:crypto';
import type { NonceSecrets } from '../binding/nonce/nonces.js';
import { readOptions } from '../read-options.js';
import { checkDefined } from './check-defined.js';
import { invalidOption } from './invalid-option.js';
import { readNumber } from './read-number.js';
import { readSecretBytes } from './read-secret-bytes.js';

/** How nonces for DPoP proofs are made (RFC 9449 section 9). */
export interface NonceOptions {
  /**
   * At least 32 bytes that nobody else knows, the same for all processes of this API; a text counts in UTF-8. Or a list of
   * them: the first makes nonces, those of all are accepted. To replace one, put the new one last everywhere, then first,
   * then leave the old one out.
   */
  secret: string | Uint8Array | readonly (string | Uint8Array)[];
  /** How often the nonce changes, in seconds: 300 by default, from 10 to 3600. Each is accepted for as long again. */
  lifetimeSeconds?: number;
}

/** The `dpop.nonce` option after its check. */
export type NonceSettings = NonceSecrets;

const group = 'dpop.nonce';
const defaultLifetime = 300;
const shortestLifetime = 10;
const longestLifetime = 3600;

/**
 * Reads the `dpop.nonce` option.
 *
 * @throws InvalidConfigurationError: a value that cannot work, or a name that is none.
 */
export function readNonce(given: NonceOptions): NonceSettings {
  if (typeof given === 'string' || given instanceof Uint8Array)
    throw invalidOption(group, 'it must be an object: nonce: { secret }');
  const options = readOptions(given, ['secret', 'lifetimeSeconds'], group);
  checkDefined(options, ['lifetimeSeconds'], group);
  const { secret, lifetimeSeconds = defaultLifetime } = options;
  const place = { group, name: 'lifetimeSeconds' };
  return {
    secrets: readSecrets(secret),
    lifetimeSeconds: readNumber(lifetimeSeconds, place, shortestLifetime, longestLifetime),
  };
}

function readSecrets(given: unknown): readonly [KeyObject, ...KeyObject[]] {
  if (!Array.isArray(given)) return [readKey(given, 'secret')];
  const [first, ...others] = given.map((secret: unknown, index) => readKey(secret, `secret[${index}]`));
  if (first === undefined) throw invalidOption(group, '"secret" must not be an empty list');
  return [first, ...others];
}

function readKey(secret: unknown, name: string): KeyObject {
  const note = '"openssl rand -base64 32" makes one';
  const cure = `make a secret of its own, as ${note}`;
  return createSecretKey(readSecretBytes(secret, { group, name, note, cure }));
}
