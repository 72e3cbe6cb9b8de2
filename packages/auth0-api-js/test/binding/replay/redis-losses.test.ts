import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { redisReplayStore } from '../../../src/binding/replay/redis-replay-store.js';
import type { ReplayStore, UsedProof } from '../../../src/binding/replay/replay-store.js';
import { wallSeconds } from '../../../src/clock.js';
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

/** A proof that nobody could use before the loss. */
const laterProof = (name: string): UsedProof => usedProof(name, { usableSince: wallSeconds() + 3 });

/** In which way what was written is lost; each begins with what it needs before. */
const losses: readonly (readonly [
  string,
  { prepare?: () => Promise<unknown>; happen: () => Promise<unknown> },
])[] = [
  ['FLUSHALL', { happen: async () => server.command('FLUSHALL') }],
  [
    'a restart without data',
    {
      happen: async () => {
        await server.kill();
        await server.start();
      },
    },
  ],
  [
    'older data that is restored',
    {
      prepare: async () => server.command('SAVE'),
      happen: async () => {
        await server.kill();
        await server.start();
        expect(await server.command('DBSIZE')).toBe(2);
        await server.command('CONFIG', 'SET', 'save', '');
      },
    },
  ],
];

describe.each(clientsOfServer)('redisReplayStore with %s', (_name, connect) => {
  const open: ConnectedClient[] = [];
  const openStore = async (): Promise<ReplayStore> => {
    const connected = await connect(server);
    open.push(connected);
    return redisReplayStore(connected.client);
  };
  beforeEach(async () => {
    await server.command('FLUSHALL');
  });
  afterEach(() => {
    for (const { close } of open.splice(0)) close();
  });

  it.each(losses)('notices %s, and every process learns of it', async (_loss, { prepare, happen }) => {
    const [store, knowing, unknowing] = [await openStore(), await openStore(), await openStore()];
    expect(await store.register(usedProof('first'))).toBe(true);
    await prepare?.();
    const proof = usedProof('a');
    expect(await store.register(proof)).toBe(true);
    expect(await knowing.register(usedProof('b'))).toBe(true);
    expect(await knowing.register(usedProof('c'))).toBe(true);
    await happen();
    const failure = await failureOf(store, proof);
    expect(failure.reason).toBe('replay_store_lost');
    expect(failure.retryAfterSeconds).toBeGreaterThanOrEqual(2);
    expect(failure.retryAfterSeconds).toBeLessThan(30);
    expect(await failureOf(knowing, usedProof('b'))).toMatchObject({ reason: 'replay_store_lost' });
    expect(await failureOf(unknowing, usedProof('c'))).toMatchObject({ reason: 'replay_store_lost' });
    for (const [index, each] of [store, knowing, unknowing].entries()) {
      expect(await each.register(laterProof(`later ${index}`))).toBe(true);
      expect(await each.register(laterProof('later 0'))).toBe(false);
    }
    expect(await failureOf(await openStore(), usedProof('d'))).toMatchObject({ reason: 'replay_store_lost' });
  });

  it('notices a second loss, and one in the same second', async () => {
    const [store, other] = [await openStore(), await openStore()];
    await store.register(usedProof('first'));
    for (const name of ['a', 'b']) {
      await server.command('FLUSHALL');
      expect(await failureOf(store, usedProof('x'))).toMatchObject({ reason: 'replay_store_lost' });
      expect(await failureOf(other, usedProof('y'))).toMatchObject({ reason: 'replay_store_lost' });
      expect(await store.register(laterProof(name))).toBe(true);
    }
  });

  it('notices once what many requests see at a time', async () => {
    const store = await openStore();
    for (let n = 0; n < 300; n++) await store.register(usedProof(`before ${n}`));
    await server.command('FLUSHALL');
    const proofs = Array.from({ length: 200 }, (_, n) => usedProof(`before ${n}`));
    const reasons = await Promise.all(proofs.map(async (proof) => (await failureOf(store, proof)).reason));
    expect(new Set(reasons)).toEqual(new Set(['replay_store_lost']));
    const raised = Number(await server.command('HGET', 'dpop:{0}', 'n'));
    expect(Math.abs(Math.floor(raised / 2 ** 21) - wallSeconds())).toBeLessThan(5);
    // Raised in the middle of the 200, so fewer were counted since.
    expect(raised % 2 ** 21).toBeLessThan(200);
  });

  it('lets the others know for as long as the longest lifetime, whichever proof shows the loss', async () => {
    const store = await openStore();
    await store.register(usedProof('a', { lifetimeSeconds: 600 }));
    await server.command('FLUSHALL');
    const failure = await failureOf(store, usedProof('b', { lifetimeSeconds: 5 }));
    expect(failure).toMatchObject({ reason: 'replay_store_lost' });
    expect(Number(await server.command('PTTL', 'dpop:{0}'))).toBeGreaterThan(595_000);
  });

  it('says of a proof that is known that it was used, even after a loss', async () => {
    const store = await openStore();
    await store.register(usedProof('a'));
    await server.command('DEL', 'dpop:{0}');
    expect(await store.register(usedProof('a'))).toBe(false);
    expect(await failureOf(store, usedProof('b'))).toMatchObject({ reason: 'replay_store_lost' });
  });

  it('takes an empty server that no process knew as it is', async () => {
    const store = await openStore();
    expect(await store.register(usedProof('a'))).toBe(true);
  });
});
