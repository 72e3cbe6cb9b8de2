import { unprintable } from '../../unprintable.js';

/** Text that does nothing to a terminal but stand there: names are chosen by others, and may have escape sequences. */
export function printable(text: string): string {
  return text.replaceAll(/[\r\n\t]+/g, ' ').replaceAll(unprintable, '\ufffd');
}

/** The same for text of several lines. */
export function printableLines(text: string): string {
  return text.split('\n').map(printable).join('\n');
}
