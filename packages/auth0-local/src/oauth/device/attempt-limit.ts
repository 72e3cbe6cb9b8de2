/** Counts failures, so that nobody can guess for long. */
export interface AttemptLimit {
  isExceeded(key: string): boolean;
  countFailure(key: string): void;
}

const mostKeys = 1000;

/** A limit of failures for each key, counted anew when a window of time is over. */
export function createAttemptLimit({
  failures,
  windowSeconds,
  now,
}: {
  readonly failures: number;
  readonly windowSeconds: number;
  readonly now: () => number;
}): AttemptLimit {
  const windows = new Map<string, { count: number; readonly until: number }>();
  const read = (key: string) => {
    const window = windows.get(key);
    return window !== undefined && window.until > now() ? window : undefined;
  };
  return {
    isExceeded: (key) => (read(key)?.count ?? 0) >= failures,
    countFailure: (key) => {
      const window = read(key) ?? { count: 0, until: now() + windowSeconds * 1000 };
      window.count += 1;
      windows.delete(key);
      windows.set(key, window);
      const [oldest] = windows.keys();
      if (windows.size > mostKeys && oldest !== undefined) windows.delete(oldest);
    },
  };
}
