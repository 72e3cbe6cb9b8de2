import { useEffect } from 'preact/hooks';
import type { LogEntry } from '../../../src/log/tenant-log.ts';
import { followLog } from '../../api/log-events.ts';
import { createStore, useStore } from '../../api/store.ts';

/** The tenant's log as it is here. */
export interface ActivityLog {
  /** Newest first. */
  readonly entries: readonly LogEntry[];
  /** How many have come since the page was opened, beside what happened before. */
  readonly received: number;
  /** Whether all that happened before is here. */
  readonly isComplete: boolean;
}

/** As many as the tenant keeps. */
const kept = 10_000;

const log = createStore<ActivityLog>({ entries: [], received: 0, isComplete: false });
/** What has come since the page was drawn, newest last. */
let fresh: LogEntry[] = [];

const change = (part: Partial<ActivityLog>): void => log.set({ ...log.get(), ...part });

/** Shows all that came since the last time, at once: a busy tenant has more events than a screen has pictures. */
function flush(): void {
  if (fresh.length === 0) return;
  const { entries, received } = log.get();
  const count = fresh.length;
  change({ entries: [...fresh.reverse(), ...entries].slice(0, kept), received: received + count });
  fresh = [];
}

const follower = {
  newestId: () => {
    flush();
    const { entries, isComplete } = log.get();
    return isComplete ? entries[0]?.log_id : undefined;
  },
  onReset: () => {
    fresh = [];
    change({ entries: [], isComplete: false });
  },
  onBacklog: (older: readonly LogEntry[]) => change({ entries: [...log.get().entries, ...older] }),
  onCaughtUp: () => {
    flush();
    change({ isComplete: true });
  },
  onEntry: (entry: LogEntry) => {
    if (fresh.push(entry) === 1) requestAnimationFrame(flush);
  },
};

/** The tenant's log, as long as it is shown; what is here stays for the next time. */
export function useActivityLog(): ActivityLog {
  useEffect(() => followLog(follower), []);
  return useStore(log);
}
