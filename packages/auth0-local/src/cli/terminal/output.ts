import type { GlobalOptions, OutputOptions } from '../command-line/global-options.js';
import { formatCsv } from './csv.js';
import { formatJson } from './format-json.js';
import { printable, printableLines } from './printable.js';
import { createStyle } from './style.js';
import { formatDetails, formatTable, type Field } from './table.js';

/** Where a command prints: what was asked for on stdout, everything about it on stderr. */
export interface Output {
  /** `=== <tenant> …` on stderr. */
  readonly heading: (text: string) => void;
  /** A line on stderr. */
  readonly note: (text: string) => void;
  /** A line on stderr, if `--debug` asks for it. */
  readonly debug: (text: string) => void;
  /** A line on stdout. */
  readonly line: (text: string) => void;
  /** JSON on stdout, on one line if `--json-compact` asks for it. */
  readonly json: (value: unknown) => void;
  /** A list as the options ask for it: a table, JSON or CSV. Without items, `emptyNote` on stderr. */
  readonly list: <Item>(items: readonly Item[], fields: readonly Field<Item>[], emptyNote: string) => void;
  /** One item as the options ask for it: labels and values, or JSON. */
  readonly details: <Item>(item: Item, fields: readonly Field<Item>[]) => void;
}

/** The output of a command, for its options; headings name the tenant. */
export function createOutput(
  options: Pick<GlobalOptions, 'color' | 'debug'> & OutputOptions,
  tenantName?: string,
): Output {
  const style = createStyle(process.stderr, options);
  const dataStyle = createStyle(process.stdout, options);
  // A terminal that does not know its size says 0.
  const width = process.stdout.isTTY ? process.stdout.columns || undefined : undefined;
  const isJson = options.json === true || options.jsonCompact === true;
  const note = (text: string): void => void process.stderr.write(`${text}\n`);
  const line = (text: string): void => void process.stdout.write(`${text}\n`);
  const json = (value: unknown): void => line(formatJson(value, options.jsonCompact ? undefined : 4));
  return {
    heading: (text) =>
      note(`${style.bold(`=== ${printable([tenantName, text].filter(Boolean).join(' '))}`)}\n`),
    note: (text) => note(printableLines(text)),
    debug: (text) => {
      if (options.debug) note(printableLines(text));
    },
    line,
    json,
    list: (items, fields, emptyNote) => {
      if (isJson) {
        json(items);
        return;
      }
      const labels = fields.map(([label]) => label);
      const rows = items.map((item) => fields.map(([, value]) => value(item) ?? ''));
      if (options.csv) formatCsv([labels, ...rows]).forEach(line);
      else if (items.length === 0) note(emptyNote);
      else {
        const [first = '', ...others] = formatTable([labels, ...rows], width);
        line(dataStyle.bold(first));
        others.forEach(line);
      }
    },
    details: (item, fields) => {
      if (isJson) json(item);
      else formatDetails(item, fields, width).forEach(line);
    },
  };
}
