import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from 'redis';
import { Redis } from 'ioredis';
import { createRedisCommands } from '../../../src/binding/replay/redis-commands.js';
import { readCounter, type CounterReply } from '../../../src/binding/replay/read-redis-reply.js';
import { redisReplayStore } from '../../../src/binding/replay/redis-replay-store.js';
import type { ReplayStore } from '../../../src/binding/replay/replay-store.js';
import { wallSeconds } from '../../../src/clock.js';
import { clientsOfServer, type ConnectedClient } from '../../support/redis-clients.js';
import { startRedis, type RedisServer } from '../../support/redis-server.js';
import { digestOf, usedProof } from '../../support/used-proof.js';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server.stop();
});

describe.each(clientsOfServer)('redisReplayStore with %s', (_name, connect) => {
  let connected: ConnectedClient;
  let store: ReplayStore;
  beforeEach(async () => {
    await server.command('FLUSHALL');
    connected = await connect(server);
    store = redisReplayStore(connected.client);
  });
  afterEach(() => {
    connected.close();
  });

  it('accepts a proof once', async () => {
    expect(await store.register(usedProof('a'))).toBe(true);
    expect(await store.register(usedProof('a'))).toBe(false);
    expect(await store.register(usedProof('b'))).toBe(true);
  });

  it('G22 accepts one of a thousand that are sent at a time, by two processes', async () => {
    const other = await connect(server);
    const stores = [store, redisReplayStore(other.client)];
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async (_, n) => stores[n % 2]?.register(usedProof('a'))),
    );
    other.close();
    expect(answers.filter((isNew) => isNew === true)).toHaveLength(1);
    expect(answers.filter((isNew) => isNew === false)).toHaveLength(999);
  });

  it('keeps a proof for its lifetime, and its counter a second longer', async () => {
    await store.register(usedProof('a', { lifetimeSeconds: 330.0004 }));
    const proof = Number(await server.command('PTTL', `dpop:{0}:${digestOf('a')}`));
    const counter = Number(await server.command('PTTL', 'dpop:{0}'));
    expect(proof).toBeGreaterThan(325_000);
    expect(proof).toBeLessThanOrEqual(330_001);
    expect(counter).toBeGreaterThan(proof);
    expect(counter).toBeLessThanOrEqual(331_001);
    expect(await server.command('DBSIZE')).toBe(2);
  });

  it('never shortens the time of the counter, whoever registers', async () => {
    await store.register(usedProof('a', { lifetimeSeconds: 600 }));
    await redisReplayStore(connected.client).register(usedProof('b', { lifetimeSeconds: 5 }));
    expect(Number(await server.command('PTTL', 'dpop:{0}'))).toBeGreaterThan(595_000);
    await store.register(usedProof('c', { lifetimeSeconds: 5 }));
    expect(Number(await server.command('PTTL', 'dpop:{0}'))).toBeGreaterThan(595_000);
  });

  it('raises the counter where it is lower, and never lowers it', async () => {
    const commands = createRedisCommands(connected.client);
    const count = async (atLeast: number): Promise<number> => {
      const request = { counter: 'c', counterMilliseconds: 60_000, atLeast, epoch: 'e', isNewLost: false };
      return readCounter(await commands.count(request)).count;
    };
    const counts: number[] = [];
    for (const atLeast of [0, 0, 3.7e15, 0, 100]) counts.push(await count(atLeast));
    expect(counts).toEqual([1, 2, 3.7e15, 3.7e15 + 1, 3.7e15 + 2]);
    expect(Number(await server.command('PTTL', 'c'))).toBeGreaterThan(55_000);
  });

  it('marks a new counter, says which run of the server it is and what its clock says', async () => {
    const commands = createRedisCommands(connected.client);
    const count = async (epoch: string, isNewLost: boolean): Promise<CounterReply> =>
      readCounter(
        await commands.count({ counter: 'c', counterMilliseconds: 60_000, atLeast: 0, epoch, isNewLost }),
      );
    const run = /run_id:(\w+)/.exec(String(await server.command('INFO', 'server')))?.[1];
    const reply = await count('first', false);
    expect(reply).toMatchObject({ count: 1, epoch: 'first', run });
    expect(Math.abs(reply.seconds - wallSeconds())).toBeLessThan(3);
    expect(await count('second', true)).toMatchObject({ count: 2, epoch: 'first', run });
    await server.command('DEL', 'c');
    const { count: told, epoch, seconds } = await count('third', true);
    expect([told, epoch]).toEqual([seconds * 2 ** 21, 'third']);
  });

  it('leaves nothing behind after the lifetime, and takes the empty server for no loss', async () => {
    for (const name of ['a', 'b', 'c']) await store.register(usedProof(name, { lifetimeSeconds: 0.2 }));
    expect(await server.command('DBSIZE')).toBe(4);
    await vi.waitUntil(async () => (await server.command('DBSIZE')) === 0, { timeout: 5_000, interval: 20 });
    expect(await store.register(usedProof('a', { usableSince: 5 }))).toBe(true);
  });

  it('keeps to its prefix', async () => {
    const other = redisReplayStore(connected.client, { prefix: 'other:' });
    expect(await store.register(usedProof('a'))).toBe(true);
    expect(await other.register(usedProof('a'))).toBe(true);
    expect(((await server.command('KEYS', '*')) as string[]).sort()).toEqual([
      'dpop:{0}',
      `dpop:{0}:${digestOf('a')}`,
      'other:{0}',
      `other:{0}:${digestOf('a')}`,
    ]);
  });
});

describe('redisReplayStore', () => {
  it('reads replies that a client gives as bytes and texts', async () => {
    await server.command('FLUSHALL');
    const client = createClient({ url: server.url }).withTypeMapping({ 43: Buffer, 36: Buffer, 58: String });
    await client.connect();
    const store = redisReplayStore(client);
    expect(await store.register(usedProof('a'))).toBe(true);
    expect(await store.register(usedProof('a'))).toBe(false);
    client.destroy();
    const ioredis = new Redis(server.url, { stringNumbers: true, keyPrefix: 'app:' });
    expect(await redisReplayStore(ioredis).register(usedProof('a'))).toBe(true);
    expect(await redisReplayStore(ioredis).register(usedProof('a'))).toBe(false);
    ioredis.disconnect();
  });

  it.each([undefined, null, 'redis://localhost', {}, { set: () => {} }, { multi: () => {} }])(
    'refuses %j as a client, and names those it takes',
    (client) => {
      expect(() => redisReplayStore(client as never)).toThrow(
        /Invalid redisReplayStore configuration: the client is of no known kind\. Give it what createClient\(\)/,
      );
    },
  );

  it.each(['', 'Lost', null, true])('refuses the empty store %j', (emptyStore) => {
    const client = { multi: () => {}, sendCommand: () => {} };
    expect(() => redisReplayStore(client as never, { emptyStore: emptyStore as 'lost' })).toThrow(
      `"emptyStore" must be 'trusted' or 'lost'`,
    );
  });

  it.each(['', 'a{b', 'a}b', 5])('refuses the prefix %j', (prefix) => {
    const client = { multi: () => {}, sendCommand: () => {} };
    expect(() => redisReplayStore(client as never, { prefix: prefix as string })).toThrow(
      '"prefix" must be a text that is not empty and has no braces',
    );
  });
});
