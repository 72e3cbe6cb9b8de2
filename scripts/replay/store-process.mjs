import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { memoryReplayStore, redisReplayStore } from '@auth0/auth0-api-js';
import { serveCalls } from '../faults/serve-calls.mjs';
import { connectRedis } from './connect-redis.mjs';

// A replay store as a process of its own, so that what it holds can be measured. Started with --expose-gc.

const clientCount = 100;
const clients = Array.from({ length: clientCount }, (_, index) => digestOf(`client ${index}`));
let store;

serveCalls({
  createMemoryStore: (options) => {
    store = memoryReplayStore(options);
  },
  createRedisStore: async (redis) => {
    store = redisReplayStore(await connectRedis(redis, () => {}));
  },
  /**
   * Registers proofs by their numbers, some of them at a time, and counts what was answered: `true`, `false`, or the reason
   * of an error.
   */
  register: async ({ from, to, lifetimeSeconds, atATime }) => {
    const counts = {};
    let next = from;
    const startedAt = performance.now();
    const run = async () => {
      while (next < to) {
        const answer = await registerOne(next++, lifetimeSeconds);
        counts[answer] = (counts[answer] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: atATime }, run));
    return { counts, seconds: (performance.now() - startedAt) / 1000 };
  },
  /** Memory in use after a collection, arrays outside the heap included, in bytes. */
  bytes: async () => {
    for (let round = 0; round < 3; round++) {
      globalThis.gc();
      await sleep(20);
    }
    const { heapUsed, external } = process.memoryUsage();
    return heapUsed + external;
  },
  /** Moves the clock that never jumps. */
  advance: (seconds) => {
    const now = performance.now.bind(performance);
    performance.now = () => now() + seconds * 1000;
  },
});

async function registerOne(number, lifetimeSeconds) {
  const client = clients[number % clientCount];
  const usableSince = Date.now() / 1000;
  try {
    return await store.register({ id: digestOf(`proof ${number}`), client, lifetimeSeconds, usableSince });
  } catch (error) {
    return error.reason ?? error.stack;
  }
}

function digestOf(text) {
  return createHash('sha256').update(text).digest('base64url');
}
