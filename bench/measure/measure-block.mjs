import { performance } from 'node:perf_hooks';

/**
 * Measures one block of operations in this process.
 *
 * @param {number} operations How many there are in the block.
 * @param {() => unknown} run Runs all of them. What it needs is made before.
 * @returns {Promise<{ cpu: number, wall: number }>} µs for each operation: CPU time of the whole process, and wall time.
 */
export async function measureBlock(operations, run) {
  // Only the young: collecting everything also throws away what V8 has learnt of the shapes of objects, as nothing holds
  // them between two blocks, and the code that relies on it. A server that is never without requests keeps both.
  globalThis.gc?.({ type: 'minor' });
  const startedAt = performance.now();
  const before = process.cpuUsage();
  await run();
  const { user, system } = process.cpuUsage(before);
  const milliseconds = performance.now() - startedAt;
  return { cpu: (user + system) / operations, wall: (milliseconds * 1000) / operations };
}
