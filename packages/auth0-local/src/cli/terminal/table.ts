import { printable } from './printable.js';

/** A column of a list, or a line of an item's details: its label, and what it says of an item. */
export type Field<Item> = readonly [label: string, value: (item: Item) => string | undefined, wide?: 'uncut'];

/** Items as rows below their labels, without borders. The columns are as wide as what is in them. */
export function formatTable(rows: readonly (readonly string[])[], width?: number): string[] {
  const cells = rows.map((row) => row.map(printable));
  const widths = (cells[0] ?? []).map((_, index) =>
    Math.max(...cells.map((row) => lengthOf(row[index] ?? ''))),
  );
  return cells.map((row) =>
    cut(
      row
        .map((cell, index) => pad(cell, widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
      width,
    ),
  );
}

/** One item: its labels, and beside them what they say. What an item does not have is left out. */
export function formatDetails<Item>(item: Item, fields: readonly Field<Item>[], width?: number): string[] {
  const rows = fields
    .map(([label, value, wide]) => ({ label, text: value(item), isUncut: wide === 'uncut' }))
    .filter((row): row is typeof row & { text: string } => row.text !== undefined);
  const labelWidth = Math.max(0, ...rows.map(({ label }) => label.length));
  return rows.map(({ label, text, isUncut }) =>
    cut(`${pad(label, labelWidth)}  ${printable(text)}`.trimEnd(), isUncut ? undefined : width),
  );
}

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - lengthOf(text)));
}

function cut(text: string, width: number | undefined): string {
  if (width === undefined || lengthOf(text) <= width) return text;
  return `${Array.from(text)
    .slice(0, width - 1)
    .join('')}…`;
}

function lengthOf(text: string): number {
  return Array.from(text).length;
}
