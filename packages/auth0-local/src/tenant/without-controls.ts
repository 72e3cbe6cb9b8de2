import * as v from 'valibot';
import { printableIdentifier, printableText } from '../unprintable.js';

/**
 * For texts that stand in terminals, in commands that people copy and beside other text: none of them does something
 * there, or turns the text around.
 *
 * @param what - How the refusal calls it, in the beginning of a sentence.
 */
export function withoutControls(what: string) {
  return v.regex<string, string>(printableText, `${what} must not contain control characters`);
}

/** The same for identifiers and URLs, which programs compare and people do not spell. */
export function withoutControlsOrJoiners(what: string) {
  return v.regex<string, string>(printableIdentifier, `${what} must not contain control characters`);
}
