import type { LogEntry } from '../../src/log/tenant-log.ts';
import { reportAnswer } from './connection.ts';
import { base } from './navigation.ts';
import { startSession } from './request.ts';

/** Who follows the tenant's log. */
export interface LogFollower {
  /** The newest event that is here, with all before it: what comes next follows it. */
  readonly newestId: () => string | undefined;
  /** Everything comes anew. */
  readonly onReset: () => void;
  /** What happened before, newest first; several times. */
  readonly onBacklog: (entries: readonly LogEntry[]) => void;
  /** All that happened before is here. */
  readonly onCaughtUp: () => void;
  readonly onEntry: (entry: LogEntry) => void;
  /** The connection is lost; another is tried. */
  readonly onLost: () => void;
}

const shortestWaitMs = 300;
const longestWaitMs = 3000;

/**
 * Follows the tenant's log, also after the tenant was away or was restarted. Nothing is kept open while nobody looks: a
 * browser has few connections to share between its pages.
 *
 * @returns What ends it.
 */
export function followLog(follower: LogFollower): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let waitMs = shortestWaitMs;
  let attempt = 0;

  const close = (): void => {
    attempt += 1;
    source?.close();
    clearTimeout(timer);
  };
  const open = async (): Promise<void> => {
    close();
    const current = attempt;
    // A tenant that was restarted knows nothing of an older session, and the browser does not tell why it has no stream.
    const hasSession = await startSession().then(
      () => true,
      () => false,
    );
    if (current !== attempt) return;
    if (hasSession) source = listen(follower, { onOpen: settle, onEnd: retry });
    else retry();
  };
  const settle = (): void => {
    waitMs = shortestWaitMs;
    reportAnswer();
  };
  const retry = (): void => {
    close();
    follower.onLost();
    timer = setTimeout(() => void open(), waitMs);
    waitMs = Math.min(2 * waitMs, longestWaitMs);
  };
  const followWhileSeen = (): void => {
    if (document.visibilityState === 'hidden') close();
    else void open();
  };
  document.addEventListener('visibilitychange', followWhileSeen);
  followWhileSeen();
  return () => {
    document.removeEventListener('visibilitychange', followWhileSeen);
    close();
  };
}

function listen(
  follower: LogFollower,
  { onOpen, onEnd }: { readonly onOpen: () => void; readonly onEnd: () => void },
): EventSource {
  const after = follower.newestId();
  // What is here may be a part of what comes.
  if (after === undefined) follower.onReset();
  const query = after === undefined ? '' : `?${new URLSearchParams({ after }).toString()}`;
  const source = new EventSource(`${base}/api/events${query}`);
  const on = (type: string, take: (data: never) => void): void =>
    source.addEventListener(type, ({ data }: MessageEvent<string>) => take(JSON.parse(data) as never));
  on('reset', follower.onReset);
  on('backlog', follower.onBacklog);
  on('caught-up', follower.onCaughtUp);
  on('entry', follower.onEntry);
  source.addEventListener('open', onOpen);
  source.addEventListener('error', onEnd);
  return source;
}
