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
  /** Whether what happens now comes here: not yet, yes, or not until there is another connection. */
  readonly connection: 'opening' | 'live' | 'lost';
}

/** As many as the tenant keeps. */
const kept = 10_000;

const log = createStore<ActivityLog>({ entries: [], received: 0, isComplete: false, connection: 'opening' });
/** What has come since the page was drawn, newest last. */
let fresh: LogEntry[] = [];

/** While everything comes anew: what was here before it began. */
let renewal: (Pick<ActivityLog, 'received'> & { readonly newestId: string | undefined }) | undefined;
/** Whether what was here before is still shown: until something comes instead. */
let isOutdated = false;

const change = (part: Partial<ActivityLog>): void => log.set({ ...log.get(), ...part });

/** Shows all that came since the last time, at once: a busy tenant has more events than a screen has pictures. */
function flush(): void {
  if (fresh.length === 0) return;
  const { entries, received } = log.get();
  const count = fresh.length;
  change({ entries: [...fresh.reverse(), ...entries].slice(0, kept), received: received + count });
  fresh = [];
}

/** What was here gives way to what comes instead. */
function makeWay(): void {
  if (isOutdated) change({ entries: [] });
  isOutdated = false;
}

/** How many have come, where all came anew: those that were not here before. */
function countReceived(): number {
  const { entries, received } = log.get();
  if (renewal?.newestId === undefined) return received;
  const { newestId } = renewal;
  const index = entries.findIndex(({ log_id: id }) => id === newestId);
  return renewal.received + (index < 0 ? entries.length : index);
}

const follower = {
  newestId: () => {
    flush();
    const { entries, isComplete } = log.get();
    return isComplete ? entries[0]?.log_id : undefined;
  },
  onReset: () => {
    flush();
    const { entries, received } = log.get();
    renewal ??= { received, newestId: entries[0]?.log_id };
    isOutdated = true;
    change({ isComplete: false });
  },
  onBacklog: (older: readonly LogEntry[]) => {
    makeWay();
    change({ entries: [...log.get().entries, ...older] });
  },
  onCaughtUp: () => {
    makeWay();
    flush();
    change({ received: countReceived(), isComplete: true, connection: 'live' });
    renewal = undefined;
  },
  onEntry: (entry: LogEntry) => {
    makeWay();
    if (fresh.push(entry) === 1) requestAnimationFrame(flush);
  },
  onLost: () => change({ connection: 'lost' }),
};

/** The tenant's log, as long as it is shown; what is here stays for the next time. */
export function useActivityLog(): ActivityLog {
  useEffect(() => {
    const stop = followLog(follower);
    return () => {
      stop();
      change({ connection: 'opening' });
    };
  }, []);
  return useStore(log);
}
