import { printableText } from '../../../../src/unprintable.ts';

/**
 * Writes a value for a `.env` file, so that dotenv, `node --env-file` and a shell that sources the file all read exactly
 * this, and run nothing of it.
 *
 * @returns Nothing where no way of writing it is read alike by all of them.
 */
export function writeEnvValue(value: string): string | undefined {
  if (!printableText.test(value) || isBroken(value)) return undefined;
  if (/^[\w@%+=:,./-]+$/.test(value)) return value;
  if (!value.includes("'")) return `'${value}'`;
  // In double quotes a shell runs commands and puts in variables, and a backslash means something to each of them.
  return /["$`\\]/.test(value) ? undefined : `"${value}"`;
}

/** Half a character is another one in a file. A backslash at the end hides the quote behind it from dotenv. */
function isBroken(value: string): boolean {
  return /\p{Cs}|\\$/u.test(value);
}
