/** Rows as CSV (RFC 4180), a line each, without the line end the RFC wants a carriage return in. */
export function formatCsv(rows: readonly (readonly string[])[]): string[] {
  return rows.map((row) => row.map(quote).join(','));
}

function quote(cell: string): string {
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
