import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  redisReplayStore,
  type RedisReplayStoreOptions,
} from '../../../src/binding/replay/redis-replay-store.js';
import { RedisStore } from '../../../src/binding/replay/redis-store.js';
import {
  ReplayStoreError,
  type ReplayStore,
  type UsedProof,
} from '../../../src/binding/replay/replay-store.js';
import { wallSeconds } from '../../../src/clock.js';
import { setWallClock } from '../../support/clock.js';
import { failureOf } from '../../support/failure-of.js';
import { clientsOfServer, type ConnectedClient } from '../../support/redis-clients.js';
import { startRedis, type RedisServer } from '../../support/redis-server.js';
import { usedProof } from '../../support/used-proof.js';

let server: RedisServer;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(async () => {
  await server.stop();
});

const lost = { reason: 'replay_store_lost' };
const hour = 3600;

/** A proof that nobody could use before some moment. */
const proofSince = (name: string, usableSince: number): UsedProof => usedProof(name, { usableSince });

describe.each(clientsOfServer)('redisReplayStore with %s', (_name, connect) => {
  const open: ConnectedClient[] = [];
  const connectTo = async (to: RedisServer): Promise<ConnectedClient['client']> => {
    const connected = await connect(to);
    open.push(connected);
    return connected.client;
  };
  const openStore = async (options?: RedisReplayStoreOptions): Promise<ReplayStore> =>
    redisReplayStore(await connectTo(server), options);
  beforeEach(async () => {
    await server.command('FLUSHALL');
  });
  afterEach(() => {
    for (const { close } of open.splice(0)) close();
  });

  it('notices that all was deleted although another process has made up for the count', async () => {
    const [knowing, other] = [await openStore(), await openStore()];
    await knowing.register(usedProof('first'));
    const used = usedProof('used');
    expect(await other.register(used)).toBe(true);
    await server.command('FLUSHALL');
    const fresh = await openStore();
    for (let n = 0; n < 5; n++) expect(await fresh.register(usedProof(`fresh ${n}`))).toBe(true);
    expect(await failureOf(knowing, used)).toMatchObject(lost);
    expect(await failureOf(fresh, usedProof('told'))).toMatchObject(lost);
  });

  it('notices older data although replays have made up for the count', async () => {
    const [knowing, other] = [await openStore(), await openStore()];
    await knowing.register(usedProof('first'));
    await server.command('SAVE');
    const used = usedProof('used');
    expect(await other.register(used)).toBe(true);
    await server.kill();
    await server.start();
    expect(await server.command('DBSIZE')).toBe(2);
    await server.command('CONFIG', 'SET', 'save', '');
    const fresh = await openStore();
    for (let n = 0; n < 5; n++) expect(await fresh.register(usedProof(`replay ${n}`))).toBe(true);
    expect(await failureOf(knowing, used)).toMatchObject(lost);
    expect(await failureOf(fresh, usedProof('told'))).toMatchObject(lost);
  });

  it('takes a restart for a loss although everything was kept', async () => {
    const keeping = await startRedis(['--appendonly', 'yes', '--appendfsync', 'always']);
    try {
      const store = redisReplayStore(await connectTo(keeping));
      await store.register(usedProof('a'));
      await keeping.kill();
      await keeping.start();
      expect(await keeping.command('DBSIZE')).toBe(2);
      expect(await store.register(usedProof('a'))).toBe(false);
      expect(await failureOf(store, usedProof('b'))).toMatchObject(lost);
      expect(await store.register(proofSince('c', wallSeconds() + 4))).toBe(true);
    } finally {
      await keeping.stop();
    }
  });

  it('tells the others of a loss by the time of the server where its own clock is an hour ahead', async () => {
    const [ahead, other, now] = [await openStore(), await openStore(), wallSeconds()];
    await ahead.register(usedProof('first'));
    await server.command('FLUSHALL');
    setWallClock(now + hour);
    expect(await failureOf(ahead, proofSince('a', now))).toMatchObject(lost);
    vi.useRealTimers();
    expect(await failureOf(other, proofSince('b', now))).toMatchObject(lost);
    expect(await other.register(proofSince('c', wallSeconds() + 4))).toBe(true);
  });

  it('and where it is behind, and refuses what was used before itself', async () => {
    const [behind, other, now] = [await openStore(), await openStore(), wallSeconds()];
    await behind.register(usedProof('first'));
    await server.command('FLUSHALL');
    setWallClock(now - 50);
    expect(await failureOf(behind, proofSince('a', now))).toMatchObject(lost);
    vi.useRealTimers();
    expect(await failureOf(other, proofSince('b', now))).toMatchObject(lost);
  });

  it('refuses what was used before a loss by its own clock where that of the server is behind', async () => {
    const [store, now] = [await openStore(), wallSeconds()];
    await store.register(usedProof('first'));
    await server.command('FLUSHALL');
    setWallClock(now + 50);
    expect(await failureOf(store, proofSince('a', now + 50))).toMatchObject(lost);
    expect(await store.register(proofSince('b', now + 54))).toBe(true);
  });

  it('waits for a minute at most where a loss is told to be in the future', async () => {
    const store = await openStore();
    const now = Math.ceil(wallSeconds());
    await server.command('HSET', 'dpop:{0}', 'n', String((now + hour) * 2 ** 21), 'e', 'an epoch');
    expect(await failureOf(store, proofSince('a', now + 60))).toMatchObject(lost);
    setWallClock(now + 65);
    expect(await store.register(proofSince('b', now + 65))).toBe(true);
  });

  it('takes an empty server for one that was lost where it is told to, in every process at once', async () => {
    const [store, other] = [await openStore({ emptyStore: 'lost' }), await openStore({ emptyStore: 'lost' })];
    expect(await failureOf(store, usedProof('a'))).toMatchObject(lost);
    expect(await failureOf(other, usedProof('b'))).toMatchObject(lost);
    expect(await failureOf(await openStore(), usedProof('c'))).toMatchObject(lost);
    const later = proofSince('later', wallSeconds() + 4);
    expect(await store.register(later)).toBe(true);
    expect(await other.register(later)).toBe(false);
    await server.command('FLUSHALL');
    expect(await failureOf(await openStore({ emptyStore: 'lost' }), usedProof('a'))).toMatchObject(lost);
  });

  it('and by its own clock, where that of the server is behind', async () => {
    const store = await openStore({ emptyStore: 'lost' });
    const now = wallSeconds();
    setWallClock(now + 50);
    expect(await failureOf(store, proofSince('a', now + 50))).toMatchObject(lost);
  });

  it('says that its user may not ask for the run of the server', async () => {
    const [store, operator] = [await openStore(), new Redis(server.url)];
    await operator.acl('SETUSER', 'default', '-info');
    const failure = await failureOf(store, usedProof('a'));
    await operator.acl('SETUSER', 'default', '+info');
    operator.disconnect();
    expect(failure).toMatchObject({ reason: 'replay_store_failed' });
    expect(failure.message).toContain('Allow it INFO ("ACL SETUSER … +info")');
    expect(await store.register(usedProof('b'))).toBe(true);
  });
});

// Over one connection, where requests and replies keep their order.
const singleClients = clientsOfServer.filter(([name]) => !name.includes('pool'));

describe.each(singleClients)('RedisStore with one connection of %s', (_name, connect) => {
  it.each([
    ['is right', 0],
    ['is behind', 50],
  ])(
    'notices what happens while the first requests of a process are on their way, whose clock %s',
    async (_clock, behindSeconds) => {
      await server.command('FLUSHALL');
      const { client, close } = await connect(server);
      // The store itself: it sends at once, before the command that deletes.
      const store = new RedisStore(client, 'dpop:', false);
      const proofs = Array.from({ length: 250 }, (_, n) => usedProof(`proof ${n}`));
      const before = proofs.map(async (proof) => verdictOf(store, proof));
      const flushed = sendFlush(client);
      const after = proofs.map(async (proof) => verdictOf(store, proof));
      setWallClock(wallSeconds() - behindSeconds);
      await flushed;
      for (const verdict of await Promise.all(before)) expect([true, 'replay_store_lost']).toContain(verdict);
      // Had they not been deleted, they would be known.
      expect(new Set(await Promise.all(after))).toEqual(new Set(['replay_store_lost']));
      close();
    },
  );
});

async function verdictOf(store: ReplayStore, proof: UsedProof): Promise<unknown> {
  try {
    return await store.register(proof);
  } catch (error) {
    return error instanceof ReplayStoreError ? error.reason : error;
  }
}

/** Sends it over the connection of the client, in turn with what it was told before. */
async function sendFlush(client: object): Promise<unknown> {
  const flush = ['FLUSHALL'];
  if ('call' in client) return (client as { call(name: string): Promise<unknown> }).call('FLUSHALL');
  return (client as { sendCommand(command: string[]): Promise<unknown> }).sendCommand(flush);
}
