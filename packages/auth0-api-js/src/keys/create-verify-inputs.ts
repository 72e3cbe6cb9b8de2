import type { KeyObject, VerifyKeyObjectInput } from 'node:crypto';
import { algorithms } from '../verify/algorithms.js';

/** What `node:crypto` is given to verify by one algorithm. */
export interface VerifyInput {
  readonly digest: string | undefined;
  readonly key: KeyObject | VerifyKeyObjectInput;
}

/** Options that `node:crypto` looks for on whatever key it is given. */
const optionNames = ['padding', 'saltLength', 'dsaEncoding', 'context'] as const;

/**
 * Prepares a key for each algorithm that it may be used with, so that nothing is put together where a token is verified.
 *
 * A key goes to `node:crypto` by itself where it needs no options: Node.js 24 takes 8 µs longer for one inside of an object.
 * Members that it looks for are written out on both, so that none is found on the prototype of all objects.
 */
export function createVerifyInputs(
  keyObject: KeyObject,
  names: ReadonlySet<string>,
): ReadonlyMap<string, VerifyInput> {
  shadowOptions(keyObject);
  return new Map([...names].map((name) => [name, createInput(keyObject, name)]));
}

function createInput(keyObject: KeyObject, name: string): VerifyInput {
  const { digest, options } = algorithms.get(name) ?? { digest: undefined, options: undefined };
  if (options === undefined) return { digest, key: keyObject };
  return { digest, key: Object.assign(Object.create(null), options, { key: keyObject }) };
}

function shadowOptions(keyObject: KeyObject): void {
  const nothing: PropertyDescriptor = Object.assign(Object.create(null), { value: undefined });
  for (const name of optionNames) Object.defineProperty(keyObject, name, nothing);
}
