import { setTimeout as sleep } from 'node:timers/promises';
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
      await sleep((keys.health().nextAttemptInSeconds ?? 1) * 1000, undefined, { signal }).catch(() => {});
    }
  }
}
