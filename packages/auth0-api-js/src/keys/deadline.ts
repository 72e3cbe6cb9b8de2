import { monotonicSeconds } from '../clock.js';

/** A time limit that several steps share. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Ends the wait; the timer is gone. */
  clear(): void;
}

/** A timer that fires later than this was held up by a busy process. In seconds. */
const lateSeconds = 0.1;
/** What such a process is given to read an answer that has arrived meanwhile. In seconds. */
const graceSeconds = 1;

/**
 * Starts a time limit. Its timer does not keep the process alive.
 *
 * A process that was busy when the limit passed gets a short second one: the answer may be waiting in its sockets, and an
 * issuer must not be called slow by a process that did not listen.
 *
 * @param closing - Ends the wait before its time.
 */
export function startDeadline(seconds: number, closing?: AbortSignal): Deadline {
  const controller = new AbortController();
  const dueAt = monotonicSeconds() + seconds;
  const expire = (): void => controller.abort(new Error(`no complete answer within ${seconds} s`));
  const onClosing = (): void => controller.abort(closing?.reason);
  const expireUnlessBusy = (): void => {
    if (monotonicSeconds() - dueAt < lateSeconds) expire();
    else timer = setTimeout(expire, graceSeconds * 1000).unref();
  };
  let timer = setTimeout(expireUnlessBusy, seconds * 1000).unref();
  closing?.addEventListener('abort', onClosing, { once: true });
  return {
    signal: controller.signal,
    clear: () => {
      clearTimeout(timer);
      closing?.removeEventListener('abort', onClosing);
    },
  };
}
