import { TemporarilyUnavailableError } from '../errors.js';
import type { KeySource } from './key-source.js';

/** Keeps asking for keys, with the pauses that the source makes, until they can be used or the signal fires. */
export async function whenUsable(keys: KeySource, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await keys.prepare();
      return;
    } catch (error) {
      if (!(error instanceof TemporarilyUnavailableError)) throw error;
      await pause(keys.health().nextAttemptInSeconds ?? 1, signal);
    }
  }
}

async function pause(seconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, seconds * 1000);
    signal.addEventListener('abort', end);
  });
}
