import { describe, expect, it, vi } from 'vitest';
import { memoryReplayStore } from '../../../src/binding/replay/memory-replay-store.js';
import { ReplayStoreError } from '../../../src/binding/replay/replay-store.js';
import { stopTime } from '../../support/clock.js';
import { runChild, builtModule } from '../../support/run-child.js';
import { digestOf, usedProof } from '../../support/used-proof.js';

function failureOf(act: () => unknown): ReplayStoreError {
  try {
    act();
  } catch (error) {
    if (error instanceof ReplayStoreError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

describe('memoryReplayStore', () => {
  it('accepts a proof once, and answers without a promise', () => {
    const store = memoryReplayStore();
    expect(store.register(usedProof('a'))).toBe(true);
    expect(store.register(usedProof('a'))).toBe(false);
    expect(store.register(usedProof('b'))).toBe(true);
  });

  it('tells apart what differs in the last of the bits that are kept', () => {
    const store = memoryReplayStore();
    const id = (last: number): string =>
      Buffer.from([...Array<number>(15).fill(7), last, 0, 0]).toString('base64url');
    expect(store.register(usedProof('', { id: id(1) }))).toBe(true);
    expect(store.register(usedProof('', { id: id(2) }))).toBe(true);
    expect(store.register(usedProof('', { id: id(1) }))).toBe(false);
  });

  it('remembers a proof for exactly its lifetime', () => {
    stopTime();
    const store = memoryReplayStore();
    store.register(usedProof('a', { lifetimeSeconds: 10 }));
    vi.advanceTimersByTime(9_999);
    expect(store.register(usedProof('a', { lifetimeSeconds: 10 }))).toBe(false);
    vi.advanceTimersByTime(1);
    expect(store.register(usedProof('a', { lifetimeSeconds: 10 }))).toBe(true);
  });

  it('judges a proof by its own time behind one that lasts longer', () => {
    stopTime();
    const store = memoryReplayStore();
    store.register(usedProof('long', { lifetimeSeconds: 100 }));
    store.register(usedProof('short', { lifetimeSeconds: 1 }));
    vi.advanceTimersByTime(1_000);
    expect(store.register(usedProof('short', { lifetimeSeconds: 50 }))).toBe(true);
    vi.advanceTimersByTime(49_999);
    expect(store.register(usedProof('short'))).toBe(false);
    expect(store.register(usedProof('long'))).toBe(false);
  });

  it('keeps what it holds when it is full, and says when there is room', () => {
    stopTime();
    const store = memoryReplayStore({ maxEntries: 2 });
    const of = (name: string) => usedProof(name, { client: digestOf(name), lifetimeSeconds: 10 });
    store.register(of('a'));
    vi.advanceTimersByTime(4_000);
    store.register(of('b'));
    const failure = failureOf(() => store.register(of('c')));
    expect(failure).toMatchObject({ reason: 'replay_store_full', retryAfterSeconds: 6 });
    expect(failure.message).toContain('"maxEntries"');
    expect(store.register(of('a'))).toBe(false);
    vi.advanceTimersByTime(6_000);
    expect(store.register(of('c'))).toBe(true);
    expect(store.register(of('b'))).toBe(false);
  });

  it('G28 gives each client a share, so that one cannot lock out the others', () => {
    stopTime();
    const store = memoryReplayStore({ maxEntries: 10, maxEntriesPerKey: 2 });
    const of = (name: string, client: string) =>
      usedProof(name, { client: digestOf(client), lifetimeSeconds: 10 });
    store.register(of('other', 'quiet'));
    vi.advanceTimersByTime(1_000);
    store.register(of('1', 'loud'));
    vi.advanceTimersByTime(2_000);
    store.register(of('2', 'loud'));
    expect(failureOf(() => store.register(of('3', 'loud')))).toMatchObject({
      reason: 'replay_client_full',
      retryAfterSeconds: 8,
    });
    expect(store.register(of('4', 'quiet'))).toBe(true);
    vi.advanceTimersByTime(8_000);
    expect(store.register(of('3', 'loud'))).toBe(true);
    expect(failureOf(() => store.register(of('5', 'loud')))).toMatchObject({
      reason: 'replay_client_full',
      retryAfterSeconds: 2,
    });
  });

  it('refuses no client because of proofs that are past their time, however many stand before them', () => {
    stopTime();
    const store = memoryReplayStore({ maxEntriesPerKey: 2 });
    const of = (name: string, client: string, lifetimeSeconds: number) =>
      usedProof(name, { client: digestOf(client), lifetimeSeconds });
    for (let n = 0; n < 50; n++) store.register(of(String(n), `other ${n}`, 1));
    store.register(of('a', 'client', 1));
    store.register(of('b', 'client', 1));
    store.register(of('live', 'other', 100));
    vi.advanceTimersByTime(1_000);
    expect(store.register(of('c', 'client', 1))).toBe(true);
    expect(store.register(of('live', 'other', 100))).toBe(false);
  });

  it('forgets everything at once after the last lifetime, though nobody asks', () => {
    stopTime();
    const store = memoryReplayStore();
    for (let n = 0; n < 5_000; n++) store.register(usedProof(String(n), { lifetimeSeconds: 30 }));
    vi.advanceTimersByTime(20_000);
    store.register(usedProof('last', { lifetimeSeconds: 30 }));
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(29_999);
    expect(vi.getTimerCount()).toBe(1);
    vi.advanceTimersByTime(2);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('gives memory back while it is idle, and when less is held, and does not keep a process alive', () => {
    const { code, stdout, stderr } = runChild(
      `
      import { memoryReplayStore } from ${JSON.stringify(builtModule('binding/replay/memory-replay-store.js'))};
      import { randomBytes } from 'node:crypto';
      import { setFlagsFromString } from 'node:v8';
      import { runInNewContext } from 'node:vm';
      setFlagsFromString('--expose-gc');
      const gc = runInNewContext('gc');
      const store = memoryReplayStore({ maxEntriesPerKey: 1e6 });
      const client = randomBytes(32).toString('base64url');
      const before = process.memoryUsage().arrayBuffers;
      for (let n = 0; n < 100_000; n++)
        store.register({ id: randomBytes(32).toString('base64url'), client, lifetimeSeconds: 1, usableSince: 0 });
      const held = process.memoryUsage().arrayBuffers - before;
      const register = (lifetimeSeconds) =>
        store.register({ id: randomBytes(32).toString('base64url'), client, lifetimeSeconds, usableSince: 0 });
      const fallsBelow = async (bytes) => {
        for (const end = performance.now() + 6_000; performance.now() < end; ) {
          gc();
          await new Promise((resolve) => setTimeout(resolve, 50));
          if (process.memoryUsage().arrayBuffers - before < bytes) return true;
        }
        return false;
      };
      const isIdleEmpty = await fallsBelow(200_000);
      for (let n = 0; n < 100_000; n++) register(1);
      register(3600);
      await new Promise((resolve) => setTimeout(resolve, 1_050));
      for (let n = 0; n < 13_000; n++) register(3600);
      const isSmallAgain = await fallsBelow(1_000_000);
      process.stdout.write(JSON.stringify({ held, isIdleEmpty, isSmallAgain }));
    `,
      20_000,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const { held, ...facts } = JSON.parse(stdout) as { held: number };
    expect(held).toBeGreaterThan(3_000_000);
    expect(held).toBeLessThan(6_000_000);
    expect(facts).toEqual({ isIdleEmpty: true, isSmallAgain: true });
  });

  it.each([
    [{ maxEntries: 0 }, 'Invalid memoryReplayStore configuration: "maxEntries" must be from 1 to 536870912'],
    [{ maxEntries: 1.5 }, 'Invalid memoryReplayStore configuration: "maxEntries" must be a whole number'],
    [
      { maxEntriesPerKey: '5' },
      'Invalid memoryReplayStore configuration: "maxEntriesPerKey" must be a number',
    ],
    [{ maxEntries: undefined }, '"maxEntries" is undefined'],
    [{ maxEntrys: 5 }, "memoryReplayStore: unknown option 'maxEntrys'. Did you mean 'maxEntries'?"],
  ])('refuses %j', (options, message) => {
    expect(() => memoryReplayStore(options as object)).toThrow(message);
  });

  it('refuses an id that is no digest, which would be taken for another', () => {
    const store = memoryReplayStore();
    expect(() => store.register(usedProof('a', { id: 'short' }))).toThrow(TypeError);
    expect(() => store.register(usedProof('a', { client: 'short' }))).toThrow(TypeError);
    expect(store.register(usedProof('a'))).toBe(true);
  });
});
