/** A time limit that several steps share. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Ends the wait; the timer is gone. */
  clear(): void;
}

/** Starts a time limit. Its timer does not keep the process alive. */
export function startDeadline(seconds: number): Deadline {
  const controller = new AbortController();
  const expire = (): void => controller.abort(new Error(`no complete answer within ${seconds} s`));
  const timer = setTimeout(expire, seconds * 1000);
  timer.unref();
  return { signal: controller.signal, clear: () => clearTimeout(timer) };
}

/** Waits for work no longer than the signal allows, even if the work takes no notice of the signal. */
export async function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise: aborted, reject } = withReject();
  const onAbort = (): void => reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

function withReject(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<never>((_resolve, rejectPromise) => {
    reject = rejectPromise;
  });
  return { promise, reject };
}
