import { readFileSync } from 'node:fs';
import type { Seed } from '../../tenant/seed.js';

/**
 * Reads a seed from a file; what is in it is checked when it is applied.
 *
 * @throws Error: the file cannot be read or is no JSON; the message names it.
 */
export function readSeedFile(file: string): Seed {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(`The seed ${file} cannot be read (${(error as NodeJS.ErrnoException).code}).`);
  }
  try {
    return JSON.parse(text) as Seed;
  } catch (error) {
    throw new Error(`The seed ${file} is no JSON: ${(error as Error).message}`);
  }
}
