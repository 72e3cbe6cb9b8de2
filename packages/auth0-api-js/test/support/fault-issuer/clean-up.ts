import { afterEach, vi } from 'vitest';

// Real sockets and processes of their own, on machines that are busy.
vi.setConfig({ testTimeout: 60_000 });

const tasks: (() => unknown)[] = [];

/** Has something done after the test. What came last goes first. */
export function onCleanUp(task: () => unknown): void {
  tasks.push(task);
}

afterEach(async () => {
  for (const task of tasks.splice(0).reverse()) await task();
});
