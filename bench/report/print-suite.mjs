import { printTable } from '../../scripts/print-table.mjs';
import { formatNumber } from './format-number.mjs';

/** Prints what a suite has measured: a table, how it was measured, and what became of its promises. */
export function printSuite({ title, rows, promises, notes }) {
  const write = (line) => process.stdout.write(`${line}\n`);
  write(`\n${title}\n`);
  if (rows.length > 0) {
    printTable(
      ['what', 'beside', 'ours', 'theirs', 'unit', 'times better'],
      rows.map(({ name, peer, ours, theirs, unit, ratio }) => [
        name,
        peer,
        formatNumber(ours),
        formatNumber(theirs),
        unit,
        formatNumber(ratio),
      ]),
    );
  }
  for (const note of notes) write(note);
  for (const { text, value, limit, unit, holds } of promises) {
    const figures = [value, limit].map((figure) => `${formatNumber(figure)} ${unit}`.trim());
    write(`${holds ? 'holds' : 'DOES NOT HOLD'}: ${text} (${figures[0]}; the limit is ${figures[1]})`);
  }
}
