import { printable } from './printable.js';

/**
 * Rows as CSV (RFC 4180), a line each, without the line end the RFC wants a carriage return in. Nothing in them does
 * anything to a terminal, or is a formula to a spreadsheet: what begins like one gets a `'` in front.
 */
export function formatCsv(rows: readonly (readonly string[])[]): string[] {
  return rows.map((row) => row.map(quote).join(','));
}

function quote(cell: string): string {
  const text = `${/^[=+\-@\t\r]/.test(cell) ? "'" : ''}${printable(cell)}`;
  return /[",]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
