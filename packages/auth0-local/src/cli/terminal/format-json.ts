import { unprintable } from '../../unprintable.js';

/** A value as JSON that does nothing to a terminal: JSON.stringify leaves much as it is that some terminals obey. */
export function formatJson(value: unknown, indent?: number): string {
  return JSON.stringify(value, undefined, indent).replaceAll(unprintable, (character) =>
    // Within texts there is none left: this one ends a line.
    character === '\n' ? character : escapeUnits(character),
  );
}

/** JSON knows no characters beyond sixteen bits: those are two. */
function escapeUnits(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
