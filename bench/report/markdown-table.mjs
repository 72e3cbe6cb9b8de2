/**
 * Writes a table as Markdown. Cells are plain text, whatever is in them.
 *
 * @param {readonly { head: string, isNumber?: boolean }[]} columns Numbers stand at the right.
 * @param {readonly (readonly string[])[]} rows
 */
export function markdownTable(columns, rows) {
  const lines = [
    columns.map(({ head }) => escapeMarkdown(head)),
    columns.map(({ isNumber }) => (isNumber ? '--:' : '---')),
    ...rows.map((cells) => cells.map(escapeMarkdown)),
  ];
  return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function escapeMarkdown(text) {
  return text.replaceAll(/\s+/g, ' ').replaceAll(/[\\|<>*_`[\]~&]/g, String.raw`\$&`);
}
