import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@auth0/auth0-api-js';
import { startChild } from '../faults/start-child.mjs';
import { createCaller } from '../replay/create-caller.mjs';
import { startRedis } from '../replay/start-redis.mjs';

const module = new URL('../replay/store-process.mjs', import.meta.url);
/** In the memory of a process; `memoryReplayStore` promises some 60 for a million. */
const mostBytesPerEntry = 100;
/** Of the lifetime, a proof is remembered in Redis this much longer at most: Redis drops keys by and by. */
const slackSeconds = 30;

/** A million distinct proofs: none is refused, memory stays within its bound, and Redis is empty again afterwards. */
export const replayMillion = {
  title: 'A million distinct proofs through each store',
  run: async ({ isQuick, say }) => {
    const count = isQuick ? 20_000 : 1_000_000;
    await fillMemory(count, say);
    await fillRedis({ count, lifetimeSeconds: isQuick ? 5 : 90 }, say);
    await verifySigned(isQuick ? 2000 : 50_000, say);
  },
};

/** Fills the store to its brim, and once more when all of that is past its time. */
async function fillMemory(count, say) {
  const child = startChild(module, ['--expose-gc']);
  const lifetimeSeconds = 335;
  const register = (from, to) => child.call('register', { from, to, lifetimeSeconds, atATime: 1 });
  try {
    await child.call('createMemoryStore', { maxEntries: count });
    const empty = await child.call('bytes');
    const { counts, seconds } = await register(0, count);
    const perEntry = ((await child.call('bytes')) - empty) / count;
    say(
      `memory: ${perEntry.toFixed(1)} bytes per entry; ${perSecond(count, seconds)}, made-up digests included`,
    );
    assert.deepEqual(counts, { true: count });
    assert.ok(perEntry <= mostBytesPerEntry, `${perEntry} bytes per entry`);
    assert.deepEqual((await register(0, count)).counts, { false: count });
    assert.deepEqual((await register(count, count + 100)).counts, { replay_store_full: 100 });

    await child.call('advance', lifetimeSeconds + 1);
    assert.deepEqual((await register(0, count)).counts, { true: count });
    const again = ((await child.call('bytes')) - empty) / count;
    await child.call('advance', lifetimeSeconds + 1);
    assert.deepEqual((await register(0, 1)).counts, { true: 1 });
    const left = ((await child.call('bytes')) - empty) / 1e6;
    say(
      `memory: ${again.toFixed(1)} bytes per entry the second time; ${left.toFixed(2)} MB with one entry after it`,
    );
    assert.ok(again <= mostBytesPerEntry, `${again} bytes per entry`);
    assert.ok(left < 4, `${left} MB are left`);
  } finally {
    await child.stop();
  }
}

/** One process with each client library, half of the proofs each. */
async function fillRedis({ count, lifetimeSeconds }, say) {
  const redis = await startRedis();
  const children = ['redis', 'ioredis'].map((library) => ({ library, child: startChild(module) }));
  const half = count / 2;
  const registerAll = (number) =>
    Promise.all(
      children.map(({ child }, index) =>
        child.call('register', {
          from: index * half,
          to: index * half + number,
          lifetimeSeconds,
          atATime: 200,
        }),
      ),
    );
  try {
    for (const { library, child } of children)
      await child.call('createRedisStore', { library, url: redis.url });
    const empty = await redis.info('used_memory');
    const results = await registerAll(half);
    const endedAt = performance.now();
    const bytes = (await redis.info('used_memory')) - empty;
    const keys = Number(await redis.command('DBSIZE'));
    const speeds = results.map(({ seconds }) => perSecond(half, seconds)).join(' and ');
    say(`Redis: ${(bytes / keys).toFixed(1)} bytes per key, ${keys} keys; ${speeds} beside each other`);
    for (const { counts } of results) assert.deepEqual(counts, { true: half });
    const secondsTaken = Math.max(...results.map(({ seconds }) => seconds));
    if (secondsTaken < lifetimeSeconds / 2)
      for (const { counts } of await registerAll(1000)) assert.deepEqual(counts, { false: 1000 });

    while ((await redis.command('DBSIZE')) > 0) {
      const seconds = (performance.now() - endedAt) / 1000;
      assert.ok(seconds < lifetimeSeconds + slackSeconds, `keys are left after ${seconds} s`);
      await sleep(100);
    }
    const seconds = (performance.now() - endedAt) / 1000;
    const left = ((await redis.info('used_memory')) - empty) / 1e6;
    say(
      `Redis: empty ${seconds.toFixed(1)} s after the last (lifetime ${lifetimeSeconds} s); ${left.toFixed(1)} MB more than before`,
    );
  } finally {
    await Promise.all(children.map(({ child }) => child.stop()));
    await redis.stop();
  }
}

/** The whole way, with real signatures. */
async function verifySigned(count, say) {
  const { trust, dpop, url, headers } = await createCaller();
  const client = new ApiClient({ ...trust, dpop });
  try {
    for (let number = 0; number < count; number++) {
      const { authorization, dpop: dpopProof } = headers();
      const [scheme, accessToken] = authorization.split(' ');
      await client.verifyAccessToken({ accessToken, scheme, dpopProof, httpMethod: 'GET', httpUrl: url });
    }
    say(`${count} signed proofs through the client: all accepted`);
  } finally {
    client.close();
  }
}

function perSecond(count, seconds) {
  return `${Math.round(count / seconds).toLocaleString('en')} a second`;
}
