import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisReplayStore } from '../../../src/binding/replay/redis-replay-store.js';
import type { ReplayStore } from '../../../src/binding/replay/replay-store.js';
import { createClient } from 'redis';
import { wallSeconds } from '../../../src/clock.js';
import { failureOf } from '../../support/failure-of.js';
import { clientsOfCluster, type ConnectedClient } from '../../support/redis-clients.js';
import { startRedisCluster, type RedisServer } from '../../support/redis-server.js';
import { usedProof } from '../../support/used-proof.js';

let nodes: readonly RedisServer[];
beforeAll(async () => {
  nodes = await startRedisCluster();
}, 60_000);
afterAll(async () => {
  await Promise.all(nodes.map(async (node) => node.stop()));
});

const firstNode = (): RedisServer => nodes[0] as RedisServer;
/** Enough to reach each of the 16 buckets. */
const proofNames = Array.from({ length: 400 }, (_, n) => `proof ${n}`);

describe.each(clientsOfCluster)('redisReplayStore with a cluster of %s', (_name, connect) => {
  const open: ConnectedClient[] = [];
  const openStore = async (): Promise<ReplayStore> => {
    const connected = await connect(firstNode());
    open.push(connected);
    return redisReplayStore(connected.client);
  };
  beforeEach(async () => {
    await Promise.all(nodes.map(async (node) => node.command('FLUSHALL')));
  });
  afterEach(() => {
    for (const { close } of open.splice(0)) close();
  });

  it('spreads proofs over the servers, and accepts each once', async () => {
    const stores = [await openStore(), await openStore()];
    const answers = await Promise.all(
      proofNames.flatMap((name) => stores.map(async (store) => store.register(usedProof(name)))),
    );
    expect(answers.filter(Boolean)).toHaveLength(proofNames.length);
    const sizes = await Promise.all(nodes.map(async (node) => Number(await node.command('DBSIZE'))));
    for (const size of sizes) expect(size).toBeGreaterThan(40);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(proofNames.length + 16);
  });

  it('accepts one of a thousand that are sent at a time', async () => {
    const stores = [await openStore(), await openStore()];
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => stores[n % 2]?.register(usedProof('a'))),
    );
    expect(answers.filter(Boolean)).toHaveLength(1);
  });

  it('notices that one server lost its data, and tells every process on every server', async () => {
    const [store, other] = [await openStore(), await openStore()];
    for (const name of proofNames) await store.register(usedProof(name));
    await firstNode().command('FLUSHALL');
    const counters = (await Promise.all(nodes.map(countersOf))).flat();
    expect(counters.length).toBeLessThan(16);
    for (let n = 0; await hasAccepted(store, `next ${n}`); n++);
    for (let n = 0; n < 40; n++)
      expect(await failureOf(other, usedProof(`new ${n}`))).toMatchObject({ reason: 'replay_store_lost' });
    expect((await Promise.all(nodes.map(countersOf))).flat()).toHaveLength(16);
    const later = usedProof('later', { usableSince: wallSeconds() + 3 });
    expect(await other.register(later)).toBe(true);
    expect(await store.register(later)).toBe(false);
  });
});

describe('redisReplayStore with a client of one server', () => {
  it('says that the server is part of a cluster', async () => {
    await Promise.all(nodes.map(async (node) => node.command('FLUSHALL')));
    const messages = await Promise.all(
      nodes.map(async ({ url }) => {
        const client = createClient({ url });
        await client.connect();
        try {
          await redisReplayStore(client).register(usedProof('a'));
          return 'accepted';
        } catch (error) {
          return (error as Error).message;
        } finally {
          client.destroy();
        }
      }),
    );
    expect(messages.filter((message) => message === 'accepted')).toHaveLength(1);
    expect(messages.filter((message) => message.includes('Use createCluster() of redis'))).toHaveLength(2);
  });
});

/** Tells whether a proof is accepted, or refused because others were lost. */
async function hasAccepted(store: ReplayStore, name: string): Promise<boolean> {
  try {
    return await store.register(usedProof(name));
  } catch (error) {
    expect(error).toMatchObject({ reason: 'replay_store_lost' });
    return false;
  }
}

async function countersOf(node: RedisServer): Promise<readonly string[]> {
  const keys = (await node.command('KEYS', '*')) as string[];
  return keys.filter((key) => key.endsWith('}'));
}
