import { algorithms as supportedAlgorithms } from '../verify/algorithms.js';
import { invalidOption } from './invalid-option.js';

const secretCure = 'A secret is for one issuer: issuers: [{ issuer, secret }], which needs no "algorithms"';

/**
 * Reads a list of signature algorithms.
 *
 * @param group - What the list is a part of, for the message.
 * @param symmetricCure - What is said to who asks for a symmetric one.
 * @throws InvalidConfigurationError: empty, or a name that is not an asymmetric algorithm of this library.
 */
export function readAlgorithms(
  algorithms: unknown,
  group = 'algorithms',
  symmetricCure: string = secretCure,
): ReadonlySet<string> {
  const refuse = (reason: string): never => {
    throw invalidOption(group, reason);
  };
  if (!Array.isArray(algorithms) || algorithms.length === 0)
    return refuse('"algorithms" must be a non-empty array');
  for (const name of algorithms) {
    if (typeof name !== 'string' || name === '') refuse('each "algorithms" entry must be a non-empty string');
    if (/^hs/i.test(name)) refuse(`symmetric algorithms are not allowed. ${symmetricCure}`);
    if (!supportedAlgorithms.has(name)) {
      refuse(
        `${JSON.stringify(name)} is not supported. Choose from ${[...supportedAlgorithms.keys()].join(', ')}`,
      );
    }
  }
  return new Set(algorithms);
}
