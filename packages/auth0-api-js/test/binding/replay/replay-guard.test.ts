import { describe, expect, it, vi } from 'vitest';
import { ReplayGuard, type ReplayGuardSettings } from '../../../src/binding/replay/replay-guard.js';
import { ReplayStoreError } from '../../../src/binding/replay/replay-store.js';
import { InvalidDpopProofError, TemporarilyUnavailableError } from '../../../src/errors.js';
import type { Auth0ApiEvent } from '../../../src/events.js';
import { stopTime } from '../../support/clock.js';
import { runChild, builtModule } from '../../support/run-child.js';
import { usedProof } from '../../support/used-proof.js';

const proof = usedProof('a');

interface Bench {
  readonly check: () => void | Promise<void>;
  readonly events: Auth0ApiEvent[];
}

/** A guard whose store answers with what a function gives. */
function createBench(register: () => unknown, settings: Partial<ReplayGuardSettings> = {}): Bench {
  const events: Auth0ApiEvent[] = [];
  const guard = new ReplayGuard({
    store: { register: register as () => boolean },
    onFailure: 'refuse',
    deadlineMilliseconds: 50,
    emit: (event) => void events.push(event),
    ...settings,
  });
  return { check: () => guard.check(proof), events };
}

/** What became of a check, at once or later. */
async function outcomeOf(check: Bench['check']): Promise<unknown> {
  try {
    await check();
    return 'accepted';
  } catch (error) {
    return error instanceof Error && 'reason' in error ? error.reason : error;
  }
}

describe('ReplayGuard', () => {
  it('answers at once where the store does', () => {
    expect(createBench(() => true).check()).toBeUndefined();
    expect(() => createBench(() => false).check()).toThrow(InvalidDpopProofError);
    expect(() =>
      createBench(() => {
        throw new Error('x');
      }).check(),
    ).toThrow(TemporarilyUnavailableError);
  });

  it('G21 refuses a proof that was used, whether the store says so at once or later', async () => {
    expect(await outcomeOf(createBench(() => false).check)).toBe('proof_replayed');
    expect(await outcomeOf(createBench(async () => false).check)).toBe('proof_replayed');
    expect(await outcomeOf(createBench(async () => true).check)).toBe('accepted');
    expect(
      await outcomeOf(createBench(() => ({ then: (done: (answer: boolean) => void) => done(false) })).check),
    ).toBe('proof_replayed');
  });

  it.each([undefined, null, 'OK', 1, 0, {}, []])(
    'G27 lets no proof pass where the store answers %j, even where failures are allowed',
    async (answer) => {
      for (const register of [() => answer, async () => answer]) {
        for (const onFailure of ['refuse', 'allow'] as const) {
          const { check, events } = createBench(register, { onFailure });
          expect(await outcomeOf(check)).toBe('replay_store_failed');
          expect(events).toMatchObject([{ type: 'replay_store_outage', outcome: 'refused' }]);
          expect(events[0]).toHaveProperty(
            'message',
            `"register" of the replay store answered with a value of type ${typeof answer}. It must answer with true (the proof is new) or false (it was used), or with a promise of one.`,
          );
        }
      }
    },
  );

  it('G27 answers a failure with 503 by default, and its reason and time', async () => {
    const full = new ReplayStoreError('replay_store_full', 'full', 7);
    for (const register of [() => Promise.reject(full), () => thrown(full)])
      await expect(async () => createBench(register).check()).rejects.toMatchObject({
        statusCode: 503,
        reason: 'replay_store_full',
        retryAfterSeconds: 7,
      });
  });

  it('G27 lets proofs pass during a failure where the options say so, and says so', async () => {
    const { check, events } = createBench(() => thrown(new TypeError('secret')), { onFailure: 'allow' });
    expect(check()).toBeUndefined();
    expect(events).toMatchObject([{ type: 'replay_store_outage', outcome: 'allowed' }]);
    expect(JSON.stringify(events)).toMatch(/The replay store failed: TypeError at/);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('tells of an outage once for each way it fails, and of its end once; of one that comes and goes once a minute', async () => {
    stopTime();
    let act: () => unknown = () => true;
    const { check, events } = createBench(() => act());
    const lost = new ReplayStoreError('replay_store_timeout', 'slow');
    for (const next of [
      () => true,
      () => thrown(new Error('a')),
      () => thrown(lost),
      () => thrown(new Error('b')),
      () => Promise.reject(lost),
      () => false,
      () => true,
      () => thrown(lost),
      () => true,
      () => thrown(lost),
    ]) {
      act = next;
      await outcomeOf(check);
    }
    vi.advanceTimersByTime(60_000);
    await outcomeOf(check);
    expect(events.map((event) => ('reason' in event ? event.reason : event.type))).toEqual([
      'replay_store_failed',
      'replay_store_timeout',
      'replay_store_recovery',
      'replay_store_timeout',
    ]);
  });

  it('G28 refuses a client without room even where failures are allowed, once a minute in the log', async () => {
    stopTime();
    const full = new ReplayStoreError('replay_client_full', 'full', 3);
    let isFull = true;
    const { check, events } = createBench(() => (isFull ? thrown(full) : true), { onFailure: 'allow' });
    for (let n = 0; n < 6; n++) {
      isFull = n % 2 === 0;
      expect(await outcomeOf(check)).toBe(isFull ? 'replay_client_full' : 'accepted');
    }
    expect(events).toEqual([
      { type: 'replay_store_outage', reason: 'replay_client_full', message: 'full', outcome: 'refused' },
    ]);
    vi.advanceTimersByTime(60_000);
    isFull = true;
    await outcomeOf(check);
    expect(events).toHaveLength(2);
  });

  it('ends the outage of lost proofs when newer ones are judged for good, not with the first of them', async () => {
    stopTime();
    const lost = new ReplayStoreError('replay_store_lost', 'lost', 30);
    let isLost = true;
    const { check, events } = createBench(() => (isLost ? thrown(lost) : true));
    for (let n = 0; n < 6; n++) {
      isLost = n % 2 === 0;
      await outcomeOf(check);
    }
    expect(events.map(({ type }) => type)).toEqual(['replay_store_outage']);
    vi.advanceTimersByTime(30_000);
    isLost = false;
    await outcomeOf(check);
    expect(events.map(({ type }) => type)).toEqual(['replay_store_outage', 'replay_store_recovery']);
  });

  it('gives up after the deadline, and a late answer changes nothing', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => void unhandled.push(error);
    process.on('unhandledRejection', note);
    for (const late of [true, false, new Error('late')]) {
      let finish: () => void = () => {};
      const answer = new Promise((resolve, reject) => {
        finish = () => (late instanceof Error ? reject(late) : resolve(late));
      });
      const { check, events } = createBench(() => answer, { deadlineMilliseconds: 20 });
      await expect(check()).rejects.toMatchObject({ statusCode: 503, reason: 'replay_store_timeout' });
      finish();
      await new Promise((resolve) => setImmediate(resolve));
      expect(events.map(({ type }) => type)).toEqual(['replay_store_outage']);
    }
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('waits for the whole deadline, no less', async () => {
    stopTime();
    const { check } = createBench(() => new Promise(() => {}));
    let isOver = false;
    const checked = outcomeOf(check).finally(() => (isOver = true));
    const turn = async (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
    vi.advanceTimersByTime(49);
    await turn();
    await turn();
    expect(isOver).toBe(false);
    vi.advanceTimersByTime(1);
    expect(await checked).toBe('replay_store_timeout');
    expect(vi.getTimerCount()).toBe(0);
  });

  it('leaves no timer behind when the store has answered', async () => {
    stopTime();
    await outcomeOf(createBench(async () => true).check);
    await outcomeOf(createBench(async () => thrown(new Error('x'))).check);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('takes a busy process for no outage: an answer that has arrived counts', () => {
    const { code, stdout, stderr } = runChild(`
      import { ReplayGuard } from ${JSON.stringify(builtModule('binding/replay/replay-guard.js'))};
      import { createConnection, createServer } from 'node:net';
      const server = createServer((socket) => socket.pipe(socket).on('error', () => {})).listen(0, '127.0.0.1');
      await new Promise((resolve) => server.once('listening', resolve));
      const socket = createConnection(server.address().port, '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      const events = [];
      const guard = new ReplayGuard({
        store: { register: () => new Promise((resolve) => { socket.once('data', () => resolve(true)); socket.write('x'); }) },
        onFailure: 'refuse', deadlineMilliseconds: 5, emit: (event) => events.push(event),
      });
      for (let n = 0; n < 5; n++) {
        const checked = guard.check({});
        const end = performance.now() + 120;
        while (performance.now() < end);
        await checked;
      }
      process.stdout.write('accepted ' + events.length);
      socket.destroy();
      server.close();
    `);
    expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout: 'accepted 0' });
  });

  it('reads its sockets once more before it gives up', () => {
    const { code, stdout, stderr } = runChild(`
      import { ReplayGuard } from ${JSON.stringify(builtModule('binding/replay/replay-guard.js'))};
      import { createConnection } from 'node:net';
      import { Worker } from 'node:worker_threads';
      const worker = new Worker(
        "const { parentPort } = require('node:worker_threads');" +
        "const server = require('node:net').createServer((socket) => socket.pipe(socket));" +
        "server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));",
        { eval: true, execArgv: [] },
      );
      const port = await new Promise((resolve) => worker.once('message', resolve));
      const socket = createConnection(port, '127.0.0.1');
      await new Promise((resolve) => socket.once('connect', resolve));
      const guard = new ReplayGuard({
        store: { register: () => new Promise((resolve) => {
          socket.once('data', () => resolve(true));
          // Just before the time is over, and then busy until it is.
          setTimeout(() => {
            socket.write('x');
            const end = performance.now() + 80;
            while (performance.now() < end);
          }, 48);
        }) },
        onFailure: 'refuse', deadlineMilliseconds: 50, emit: () => {},
      });
      for (let n = 0; n < 5; n++) await guard.check({});
      process.stdout.write('accepted');
      socket.destroy();
      await worker.terminate();
    `);
    expect({ code, stderr, stdout }).toEqual({ code: 0, stderr: '', stdout: 'accepted' });
  });

  it('keeps the process alive until the wait is over', () => {
    const { code, stdout } = runChild(`
      import { ReplayGuard } from ${JSON.stringify(builtModule('binding/replay/replay-guard.js'))};
      const guard = new ReplayGuard({
        store: { register: () => new Promise(() => {}) },
        onFailure: 'refuse', deadlineMilliseconds: 50, emit: () => {},
      });
      await guard.check({}).catch((error) => process.stdout.write(error.reason));
    `);
    expect({ code, stdout }).toEqual({ code: 0, stdout: 'replay_store_timeout' });
  });
});

function thrown(error: Error): never {
  throw error;
}
