import type { LogEntry } from '../../../src/log/tenant-log.ts';
import { outcomeOf, type Outcome } from './outcome.ts';

/** Which events are shown. */
export interface EventFilter {
  /** In any field, whatever its case. */
  readonly text: string;
  readonly outcome: Outcome | 'all';
}

const texts = new WeakMap<LogEntry, string>();

/** The events that fit. */
export function filterEvents(
  entries: readonly LogEntry[],
  { text, outcome }: EventFilter,
): readonly LogEntry[] {
  const wanted = text.trim().toLowerCase();
  if (wanted === '' && outcome === 'all') return entries;
  return entries.filter(
    (entry) => (outcome === 'all' || outcomeOf(entry) === outcome) && textOf(entry).includes(wanted),
  );
}

/** Made once for each event: there may be ten thousand, and they are looked through at every key. */
function textOf(entry: LogEntry): string {
  const known = texts.get(entry);
  if (known !== undefined) return known;
  const text = Object.values(entry).join('\n').toLowerCase();
  texts.set(entry, text);
  return text;
}
