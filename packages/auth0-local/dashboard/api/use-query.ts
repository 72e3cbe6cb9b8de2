import { useEffect, useState } from 'preact/hooks';
import { onReturn } from './connection.ts';
import { onDoubt } from './doubt.ts';

/** What the tenant said, and how it stands with asking. */
export interface Query<Data> {
  /** The last good answer; also while another is on its way, or did not come. */
  readonly data: Data | undefined;
  readonly error: Error | undefined;
  readonly isLoading: boolean;
  reload(): Promise<void>;
}

interface Entry {
  data: unknown;
  error: Error | undefined;
  flight: Promise<void> | undefined;
  load: () => Promise<unknown>;
  readonly listeners: Set<() => void>;
}

const entries = new Map<string, Entry>();
/** How many answers are kept for pages that are not shown. */
const mostEntries = 100;

/**
 * Asks for data, and keeps them up to date: asked again when a component shows them, when something changed them
 * (`invalidate`), and when the tenant is back.
 *
 * @param key - What is asked for; the same key is asked once at a time. Nothing is asked without.
 */
export function useQuery<Data>(key: string | undefined, load: () => Promise<Data>): Query<Data> {
  const [, render] = useState({});
  useEffect(() => {
    if (key === undefined) return undefined;
    const entry = readEntry(key, load);
    const update = (): void => render({});
    entry.listeners.add(update);
    void refresh(entry);
    return () => {
      entry.listeners.delete(update);
      dropUnused();
    };
  }, [key]);
  const entry = key === undefined ? undefined : entries.get(key);
  if (entry !== undefined) entry.load = load;
  return {
    data: entry?.data as Data | undefined,
    error: entry?.error,
    isLoading: key !== undefined && (entry === undefined || entry.flight !== undefined),
    reload: () => (entry === undefined ? Promise.resolve() : refresh(entry)),
  };
}

/** Asks again for everything whose key begins like that. */
export async function invalidate(...prefixes: readonly string[]): Promise<void> {
  const stale = [...entries].filter(([key]) => prefixes.some((prefix) => key.startsWith(prefix)));
  await Promise.all(
    stale.map(async ([key, entry]) => {
      if (entry.listeners.size === 0) entries.delete(key);
      else await refresh(entry, { anew: true });
    }),
  );
}

/** Shows other data at once, before the tenant has said so. */
export function setData<Data>(key: string, change: (data: Data) => Data): void {
  const entry = entries.get(key);
  if (entry?.data === undefined) return;
  entry.data = change(entry.data as Data);
  notify(entry);
}

onReturn(() => void invalidate(''));

onDoubt(({ method, path }) => {
  for (const [key, entry] of entries) {
    // Where a part of a thing is not found, the thing may be gone; where a change is refused, anything that is shown. Only
    // what is read is asked for again, and not while it is: nothing begins anew because of its own refusal.
    const isInDoubt = method === 'GET' ? `${path}/`.startsWith(`${key}/`) : key.startsWith('/v2/');
    if (isInDoubt && entry.listeners.size > 0 && entry.flight === undefined) void refresh(entry);
  }
});

function readEntry(key: string, load: () => Promise<unknown>): Entry {
  const known = entries.get(key);
  if (known !== undefined) return known;
  const entry: Entry = { data: undefined, error: undefined, flight: undefined, load, listeners: new Set() };
  entries.set(key, entry);
  return entry;
}

/** @param anew - What is on its way was asked before a change, and says nothing of it. */
async function refresh(entry: Entry, { anew = false } = {}): Promise<void> {
  if (anew) await entry.flight;
  entry.flight ??= fill(entry).finally(() => {
    entry.flight = undefined;
    notify(entry);
  });
  notify(entry);
  await entry.flight;
}

async function fill(entry: Entry): Promise<void> {
  try {
    entry.data = await entry.load();
    entry.error = undefined;
  } catch (error) {
    entry.error = error as Error;
  }
}

function notify(entry: Entry): void {
  for (const listener of entry.listeners) listener();
}

function dropUnused(): void {
  if (entries.size <= mostEntries) return;
  for (const [key, { listeners }] of entries) if (listeners.size === 0) entries.delete(key);
}
