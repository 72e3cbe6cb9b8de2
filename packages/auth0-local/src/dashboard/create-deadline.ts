/** An end for something that waits. */
export interface Deadline {
  /** Aborted when the time is over, or the other signal is aborted. */
  readonly signal: AbortSignal;
  /** Lets go of the timer: to be called when the wait is over. */
  readonly clear: () => void;
}

/**
 * Prepares a signal that follows another one and a time. Nothing holds `AbortSignal.any([…, AbortSignal.timeout()])` in
 * Node.js 20: a garbage collection takes its timer away, and the wait has no end. This timer holds what it aborts.
 */
export function createDeadline(followed: AbortSignal, milliseconds: number): Deadline {
  const end = new AbortController();
  const abort = (): void => end.abort();
  const timer = setTimeout(abort, milliseconds);
  followed.addEventListener('abort', abort);
  if (followed.aborted) abort();
  return {
    signal: end.signal,
    clear: () => {
      clearTimeout(timer);
      followed.removeEventListener('abort', abort);
    },
  };
}
