import { afterEach, vi } from 'vitest';

/** The moment at which tests take place that care about time, in seconds since the epoch. */
export const noon = 1_800_000_000;

/** Stops the clock that claims are judged by, and turns it to a moment. It runs again after the test. */
export function setWallClock(seconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: seconds * 1000 });
}

/** Stops the wall clock, the monotonic clock and timers; `vi.advanceTimersByTime()` moves them. */
export function stopTime(seconds: number = noon): void {
  vi.useFakeTimers({
    toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout'],
    now: seconds * 1000,
  });
}

afterEach(() => {
  vi.useRealTimers();
});
