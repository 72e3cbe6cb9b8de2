/** How texts stand out on a terminal that shows it. */
export interface Style {
  readonly bold: (text: string) => string;
  readonly red: (text: string) => string;
}

/** Styles for a stream: none where it is no terminal, or where somebody has asked for none (https://no-color.org). */
export function createStyle(stream: NodeJS.WriteStream, { color }: { readonly color: boolean }): Style {
  const isOn = color && stream.isTTY && !process.env['NO_COLOR'] && process.env['TERM'] !== 'dumb';
  const wrap = (start: number, end: number) => (text: string) =>
    isOn ? `\u001b[${start}m${text}\u001b[${end}m` : text;
  return { bold: wrap(1, 22), red: wrap(31, 39) };
}
