import { afterEach } from 'vitest';

const tasks: (() => unknown)[] = [];

/** Has something done after the test. What came last goes first. */
export function onCleanUp(task: () => unknown): void {
  tasks.push(task);
}

afterEach(async () => {
  for (const task of tasks.splice(0).reverse()) await task();
});
