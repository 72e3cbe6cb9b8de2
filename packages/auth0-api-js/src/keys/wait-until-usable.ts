import { setMaxListeners } from 'node:events';
import type { KeySource } from './key-source.js';
import { whenUsable } from './when-usable.js';

/** How long to wait. */
export interface WaitLimits {
  readonly seconds: number;
  /** Each ends the wait. */
  readonly signals: readonly AbortSignal[];
}

/**
 * Waits until the keys of all sources can be used, or the time is over; whichever it was, it resolves. The timer keeps the
 * process alive: a program that waits to be ready has nothing else yet.
 */
export async function waitUntilUsable(
  sources: readonly KeySource[],
  { seconds, signals }: WaitLimits,
): Promise<void> {
  const controller = new AbortController();
  const end = (): void => controller.abort();
  // Each source, and each wait, listens: however many there are, none of it is a leak to warn of.
  setMaxListeners(0, controller.signal, ...signals);
  const ended = new Promise<void>((resolve) => {
    controller.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const timer = setTimeout(end, seconds * 1000);
  for (const signal of signals) signal.addEventListener('abort', end, { once: true });
  if (signals.some(({ aborted }) => aborted)) end();
  try {
    const all = Promise.all(sources.map(async (keys) => whenUsable(keys, controller.signal)));
    await Promise.race([all, ended]);
  } finally {
    clearTimeout(timer);
    end();
    for (const signal of signals) signal.removeEventListener('abort', end);
  }
}
