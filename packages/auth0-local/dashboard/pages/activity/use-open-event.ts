import { useLocation } from 'preact-iso';
import { useRef } from 'preact/hooks';
import type { LogEntry } from '../../../src/log/tenant-log.ts';
import { pages } from '../../api/navigation.ts';

/** The event whose details are shown. */
export interface OpenEvent {
  readonly entry: LogEntry | undefined;
  /** The id of one that the address names and that is not here. */
  readonly missingId: string | undefined;
  readonly open: (entry: LogEntry | undefined) => void;
}

/** The event whose details are shown: the address has its id, so that others can lead to it and a reload keeps it. */
export function useOpenEvent(entries: readonly LogEntry[]): OpenEvent {
  const { query, route } = useLocation();
  const id = query['event'];
  const last = useRef<LogEntry | undefined>(undefined);
  // One that is being read stays when there are too many newer ones.
  if (last.current?.log_id !== id) last.current = entries.find(({ log_id: other }) => other === id);
  return {
    entry: last.current,
    missingId: last.current === undefined ? id : undefined,
    open: (entry) => route(entry === undefined ? pages.activity : pages.event(entry.log_id), true),
  };
}
