import { randomBytes } from 'node:crypto';
import type { Collection } from '../store/collection.js';
import { unprintable } from '../unprintable.js';
import { logTypes, type LogTypeCode } from './log-types.js';

/** What is noted of an event. Never a secret, a token, a code or a password. */
export interface LogInput {
  readonly type: LogTypeCode;
  /** What happened, in a sentence. */
  readonly description?: string;
  readonly client_id?: string;
  readonly client_name?: string;
  readonly user_id?: string;
  readonly user_name?: string;
  readonly audience?: string;
  readonly scope?: string;
  readonly ip?: string;
  /** The one command that makes this work the next time. */
  readonly fix?: string;
}

/** An event of the tenant. */
export interface LogEntry extends LogInput {
  readonly log_id: string;
  readonly date: string;
  readonly description: string;
}

/** The newest events, and a way to follow them. */
export interface TenantLog {
  write(input: LogInput): LogEntry;
  /** For what anybody can cause, however often: the newest hundred are kept, and no more are written within a minute. */
  writeForeign(input: LogInput): LogEntry | undefined;
  /** Newest last: all that are kept, or as many of the newest. */
  list(newest?: number): LogEntry[];
  /** What happened before an event, newest first; without one, the newest events. Nothing is left before one that is gone. */
  listBefore(id: string | undefined, limit: number): LogEntry[];
  /** What happened after an event, newest last; without one, from the beginning. Nothing at all if it is not kept. */
  listAfter(id: string | undefined, limit: number): LogEntry[] | undefined;
  /** Calls a listener for each event from now on; returns what ends that. */
  follow(listener: (entry: LogEntry) => void): () => void;
}

const kept = 10_000;
const slack = 1_000;
const keptForeign = 100;
const foreignMilliseconds = 60_000;

/** A log that keeps the newest ten thousand events in the store. */
export function createTenantLog(collection: Collection<LogEntry>, now: () => number): TenantLog {
  const listeners = new Set<(entry: LogEntry) => void>();
  const foreign: { readonly id: string; readonly at: number }[] = [];
  let written = 0;
  // A process that ends before it has written enough to tidy up leaves that to the next.
  collection.keepNewest(kept);
  const log: TenantLog = {
    write: (input) => {
      const date = new Date(now());
      const entry: LogEntry = {
        log_id: `${date.getTime()}${randomBytes(6).toString('hex')}`,
        date: date.toISOString(),
        ...withPrintableTexts({
          ...input,
          description: input.description ?? logTypes[input.type].description,
        }),
      };
      collection.put(entry.log_id, entry);
      written += 1;
      if (written % slack === 0) collection.keepNewest(kept);
      for (const listener of listeners) listener(entry);
      return entry;
    },
    writeForeign: (input) => {
      const at = now();
      const [oldest] = foreign;
      if (oldest !== undefined && foreign.length >= keptForeign) {
        if (at - oldest.at < foreignMilliseconds) return undefined;
        collection.delete(oldest.id);
        foreign.shift();
      }
      const entry = log.write(input);
      foreign.push({ id: entry.log_id, at });
      return entry;
    },
    list: (limit = -1) => collection.list({}, { limit, isNewestFirst: true }).toReversed(),
    listBefore: (id, limit) => {
      const position = id === undefined ? Number.MAX_SAFE_INTEGER : collection.findPosition(id);
      return position === undefined ? [] : collection.listBefore(position, limit);
    },
    listAfter: (id, limit) => {
      const position = id === undefined ? 0 : collection.findPosition(id);
      return position === undefined ? undefined : collection.listAfter({}, position, limit).documents;
    },
    follow: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return log;
}

/** Callers choose parts of these texts, and people read them in terminals. */
function withPrintableTexts<T extends Pick<LogInput, 'fix'>>(entry: T): T {
  const texts = Object.entries(entry)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, String(value).replaceAll(unprintable, '�').slice(0, 1000)])
    // A command that is not whole is another command.
    .filter(([name, text]) => name !== 'fix' || text === entry.fix);
  return Object.fromEntries(texts) as T;
}
