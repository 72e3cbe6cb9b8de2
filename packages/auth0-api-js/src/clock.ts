/**
 * Seconds since the epoch, with fractions. For what tokens say about time.
 *
 * @param now - A clock that counts milliseconds since 1970; the system's by default.
 * @throws TypeError: what the clock says is no time. Compared with it, no token would ever be too old.
 */
export function wallSeconds(now: () => number = Date.now): number {
  const milliseconds = now();
  if (Number.isFinite(milliseconds)) return milliseconds / 1000;
  throw new TypeError(
    "'now' did not return a number. It must return milliseconds since 1970, as Date.now does.",
  );
}

/** Seconds on a clock that never jumps. For ages, cooldowns and deadlines. */
export function monotonicSeconds(): number {
  return performance.now() / 1000;
}
