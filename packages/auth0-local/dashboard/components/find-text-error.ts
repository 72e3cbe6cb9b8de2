import { printableText } from '../../src/unprintable.ts';

/** What the tenant takes as a text. */
interface TextRule {
  /** How many characters it can have. */
  readonly longest: number;
  /** What is said where there is nothing; without it there may be nothing. */
  readonly empty?: string;
  /** Whether it may have `<` and `>`. */
  readonly hasBrackets?: boolean;
}

/** What is wrong with a line of text before it is sent, and the cure. */
export function findTextError(
  typed: string,
  { longest, empty, hasBrackets = true }: TextRule,
): string | undefined {
  const text = typed.trim();
  if (text === '') return empty;
  if (text.length > longest) return describeLength(text.length, longest);
  if (!hasBrackets && /[<>]/.test(text)) return bracketsError;
  return printableText.test(text) ? undefined : controlsError;
}

/** Says by how much a text is too long. */
export function describeLength(length: number, longest: number): string {
  const excess = length - longest;
  return `At most ${longest} characters: leave out ${excess === 1 ? 'one' : excess}.`;
}

/** A name is shown in pages of others too, who may take it for HTML. */
export const bracketsError = 'Leave out < and >.';

/** What an editor or a terminal may bring in with a copied text. */
export const controlsError = 'Leave out line breaks, tabs and other characters that cannot be seen.';
