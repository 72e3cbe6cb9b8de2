/** Seconds since the epoch, with fractions. For what tokens say about time. */
export function wallSeconds(): number {
  return Date.now() / 1000;
}

/** Seconds on a clock that never jumps. For ages, cooldowns and deadlines. */
export function monotonicSeconds(): number {
  return performance.now() / 1000;
}
