import { shortenText } from './shorten-text.mjs';

/** Breaks a text into lines at its spaces. A word that is longer than a line is shortened. */
export function wrapText(text, lineLength) {
  const lines = [''];
  for (const word of text.split(/[ \t\n]+/)) {
    const fitting = shortenText(word, lineLength);
    const line = `${lines.at(-1)} ${fitting}`.trim();
    if (line.length <= lineLength) lines[lines.length - 1] = line;
    else lines.push(fitting);
  }
  return lines;
}
