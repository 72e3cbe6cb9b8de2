import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createClient } from 'redis';
import { Redis } from 'ioredis';
import { redisReplayStore } from '../../../src/binding/replay/redis-replay-store.js';
import { ReplayGuard } from '../../../src/binding/replay/replay-guard.js';
import type { ReplayStore, UsedProof } from '../../../src/binding/replay/replay-store.js';
import { monotonicSeconds } from '../../../src/clock.js';
import type { Auth0ApiEvent } from '../../../src/events.js';
import { failureOf } from '../../support/failure-of.js';
import { clientsOfServer, type ConnectedClient } from '../../support/redis-clients.js';
import { startRedis, type RedisServer } from '../../support/redis-server.js';
import { usedProof } from '../../support/used-proof.js';

describe.each(clientsOfServer)('redisReplayStore with %s', (_name, connect) => {
  let server: RedisServer;
  let connected: ConnectedClient;
  let store: ReplayStore;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(async () => {
    await server.stop();
  });
  beforeEach(async () => {
    await server.command('FLUSHALL');
    connected = await connect(server);
    store = redisReplayStore(connected.client);
  });
  afterEach(() => {
    connected.close();
  });

  it.each([['dpop:{0}', 'a key is in use by something else. Give the store a "prefix" of its own']])(
    'FC18 says that the key %s has a wrong type',
    async (key, cause) => {
      await server.command('LPUSH', key, 'x');
      const failure = await failureOf(store, usedProof('a'));
      expect(failure).toMatchObject({ reason: 'replay_store_failed' });
      expect(failure.message).toBe(`Redis did not register a proof: ${cause}.`);
      await server.command('SET', key, 'x');
      expect((await failureOf(store, usedProof('a'))).message).toContain(cause);
      await server.command('DEL', key);
      await server.command('HSET', key, 'n', 'x');
      expect((await failureOf(store, usedProof('a'))).message).toContain(cause);
      await server.command('HSET', key, 'n', '-5');
      expect((await failureOf(store, usedProof('a'))).message).toContain('no answer to SET or EVAL');
    },
  );

  it('FC18 refuses while the server is full, and accepts when it has room again', async () => {
    await server.command('CONFIG', 'SET', 'maxmemory', '1mb');
    const failure = await failureOf(store, usedProof('a'));
    await server.command('CONFIG', 'SET', 'maxmemory', '0');
    expect(failure.message).toContain(
      'its memory is full. Give it more; "maxmemory-policy" must stay "noeviction"',
    );
    expect(await store.register(usedProof('a'))).toBe(true);
  });

  it('FC18 says that it is connected to a replica', async () => {
    await server.command('REPLICAOF', '127.0.0.1', 1);
    const failure = await failureOf(store, usedProof('a'));
    await server.command('REPLICAOF', 'NO', 'ONE');
    expect(failure.message).toContain('it is a replica, which takes no writes');
  });

  it.each(['eval', 'set', 'hincrby'])('says what a user may not do, who may not %s', async (command) => {
    await server.command('ACL', 'SETUSER', 'default', `-${command}`);
    const failure = await failureOf(store, usedProof('a'));
    await server.command('ACL', 'SETUSER', 'default', `+${command}`);
    expect(failure.message).toContain('its user may not do that. Allow it SET, EVAL');
  });

  it('FC18 is an outage within the deadline while the server is paused, and a late answer changes nothing', async () => {
    const { guard, events } = guardOf(store);
    await guard.check(usedProof('first'));
    await server.command('CLIENT', 'PAUSE', 600, 'WRITE');
    const asked = monotonicSeconds();
    const answers = Array.from({ length: 20 }, async (_, n) => reasonOf(guard, `paused ${n}`));
    expect(new Set(await Promise.all(answers))).toEqual(new Set(['replay_store_timeout']));
    expect(monotonicSeconds() - asked).toBeLessThan(0.4);
    await server.command('CLIENT', 'UNPAUSE');
    expect(await reasonOf(guard, 'after')).toBe('accepted');
    expect(await reasonOf(guard, 'paused 0')).toBe('proof_replayed');
    expect(events.map(({ type }) => type)).toEqual(['replay_store_outage', 'replay_store_recovery']);
  });

  it('FC18 is an outage within the deadline when the server is killed, and over when it is back', async () => {
    const { guard, events } = guardOf(store);
    await guard.check(usedProof('first'));
    const pending = Array.from({ length: 20 }, async (_, n) => reasonOf(guard, `pending ${n}`));
    await server.kill();
    for (const reason of await Promise.all(pending))
      expect(['accepted', 'replay_store_failed', 'replay_store_timeout']).toContain(reason);
    const asked = monotonicSeconds();
    const reasons = await Promise.all(Array.from({ length: 20 }, async (_, n) => reasonOf(guard, `${n}`)));
    expect(monotonicSeconds() - asked).toBeLessThan(0.4);
    for (const reason of reasons) expect(['replay_store_failed', 'replay_store_timeout']).toContain(reason);
    await server.start();
    const later = usedProof('later', { usableSince: Date.now() / 1000 + 60 });
    await expect
      .poll(async () => reasonOf(guardOf(store).guard, later), { timeout: 5_000 })
      .toBe('proof_replayed');
    expect(events.every(({ type }) => type !== 'replay_store_recovery')).toBe(true);
    await guard.check(usedProof('last', { usableSince: Date.now() / 1000 + 60 }));
    expect(events.at(-1)).toEqual({ type: 'replay_store_recovery' });
  });
});

describe('redisReplayStore', () => {
  it('fails where the client was never connected or has been closed, and says what helps', async () => {
    const unconnected = redisReplayStore(createClient());
    expect((await failureOf(unconnected, usedProof('a'))).message).toContain(
      'Call its connect() at start-up',
    );
    const closed = new Redis({ lazyConnect: true });
    closed.disconnect();
    const failure = await failureOf(redisReplayStore(closed), usedProof('a'));
    expect(failure).toMatchObject({ reason: 'replay_store_failed' });
    expect(failure.message).toContain('Check that it is up, and that the client is connected');
  });

  it('does not wait for a connection where the client is told not to', async () => {
    const away = createClient({ disableOfflineQueue: true, socket: { port: 1, reconnectStrategy: false } });
    const failure = await failureOf(redisReplayStore(away), usedProof('a'));
    expect(failure).toMatchObject({ reason: 'replay_store_failed' });
    expect(failure.message).toContain('it cannot be reached. Check that it is up');
  });

  it('lets 10,000 wait and fails the others at once, so that a server that is away fills no memory', async () => {
    const client = new Redis({
      port: 1,
      lazyConnect: true,
      retryStrategy: () => 60_000,
      maxRetriesPerRequest: null,
    });
    client.on('error', () => {});
    const store = redisReplayStore(client);
    const waiting = Array.from({ length: 10_000 }, async (_, n) => failureOf(store, usedProof(String(n))));
    expect((await failureOf(store, usedProof('one more'))).message).toContain(
      '10000 proofs wait for an answer',
    );
    client.disconnect();
    expect(new Set((await Promise.all(waiting)).map(({ message }) => message)).size).toBe(1);
    expect((await failureOf(store, usedProof('after'))).message).not.toContain('10000');
  });
});

function guardOf(store: ReplayStore): { guard: ReplayGuard; events: Auth0ApiEvent[] } {
  const events: Auth0ApiEvent[] = [];
  const emit = (event: Auth0ApiEvent): void => void events.push(event);
  return { guard: new ReplayGuard({ store, onFailure: 'refuse', deadlineMilliseconds: 50, emit }), events };
}

async function reasonOf(guard: ReplayGuard, proof: string | UsedProof): Promise<unknown> {
  try {
    await guard.check(typeof proof === 'string' ? usedProof(proof) : proof);
    return 'accepted';
  } catch (error) {
    return error instanceof Error && 'reason' in error ? error.reason : error;
  }
}
