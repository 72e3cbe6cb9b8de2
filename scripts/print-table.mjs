/** Prints a table as Markdown, its columns aligned. */
export function printTable(heads, rows) {
  const lines = [heads, ...rows].map((line) => line.map(String));
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  const format = (cells) => `| ${cells.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  const [head, ...body] = lines.map(format);
  console.log([head, format(widths.map((width) => '-'.repeat(width))), ...body].join('\n'));
}
