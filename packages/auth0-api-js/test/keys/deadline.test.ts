import { describe, expect, it, vi } from 'vitest';
import { startDeadline } from '../../src/keys/deadline.js';
import { within } from '../../src/keys/within.js';
import { stopTime } from '../support/clock.js';
import { builtModule, runChild } from '../support/run-child.js';

/** Lets time pass without any timer being served, as it does while a process is busy. */
function block(milliseconds: number): void {
  vi.spyOn(performance, 'now').mockReturnValue(performance.now() + milliseconds);
}

describe('startDeadline', () => {
  it('L7 fires at its time and says why', () => {
    stopTime();
    const { signal } = startDeadline(5);
    vi.advanceTimersByTime(4999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toEqual(new Error('no complete answer within 5 s'));
  });

  it('FC17 gives a process that was busy one more second, and no more', () => {
    stopTime();
    const { signal } = startDeadline(5);
    vi.advanceTimersByTime(4000);
    block(3000);
    vi.advanceTimersByTime(1000);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(999);
    expect(signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toEqual(new Error('no complete answer within 5 s'));
    vi.restoreAllMocks();
  });

  it('takes a timer that is a little late for a timer', () => {
    stopTime();
    const { signal } = startDeadline(5);
    vi.advanceTimersByTime(4000);
    block(1099);
    vi.advanceTimersByTime(1000);
    expect(signal.aborted).toBe(true);
    vi.restoreAllMocks();
  });

  it.each([4000, 5500])('leaves no timer behind when it is cleared after %i ms', (milliseconds) => {
    stopTime();
    const deadline = startDeadline(5);
    block(7000);
    vi.advanceTimersByTime(milliseconds);
    expect(vi.getTimerCount()).toBe(1);
    deadline.clear();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(10_000);
    expect(deadline.signal.aborted).toBe(false);
    vi.restoreAllMocks();
  });

  it('fires with the reason of the closing that ends it', () => {
    const closing = new AbortController();
    const deadline = startDeadline(5, closing.signal);
    const reason = new Error('closed');
    closing.abort(reason);
    expect(deadline.signal.reason).toBe(reason);
    deadline.clear();
  });

  it('has nothing to do with a closing after it was cleared', () => {
    const closing = new AbortController();
    const deadline = startDeadline(5, closing.signal);
    deadline.clear();
    closing.abort();
    expect(deadline.signal.aborted).toBe(false);
  });

  it('L22 does not keep the process alive', () => {
    const end = runChild(`
      import { startDeadline } from ${JSON.stringify(builtModule('keys/deadline.js'))};
      startDeadline(60);
    `);
    expect(end).toMatchObject({ code: 0, signal: null });
  });

  it('FC17 lets an answer through that came while the process was blocked, over a real socket', () => {
    const end = runChild(`
      import { createServer } from 'node:http';
      import { once } from 'node:events';
      import { startDeadline } from ${JSON.stringify(builtModule('keys/deadline.js'))};
      import { fetchJson } from ${JSON.stringify(builtModule('keys/fetch-json.js'))};
      const server = createServer((_req, res) => res.end('{"a":1}')).listen(0, '127.0.0.1');
      await once(server, 'listening');
      const deadline = startDeadline(0.3);
      const url = 'http://127.0.0.1:' + server.address().port + '/';
      const fetched = fetchJson(url, { fetch, maxBytes: 1024, signal: deadline.signal });
      const until = performance.now() + 1000;
      while (performance.now() < until);
      console.log(JSON.stringify((await fetched).value));
      deadline.clear();
      server.closeAllConnections();
      server.close();
    `);
    expect(end).toMatchObject({ code: 0, stdout: '{"a":1}\n' });
  });
});

describe('within', () => {
  it('hands on what the work answers or fails with', async () => {
    const { signal } = new AbortController();
    await expect(within(signal, Promise.resolve(7))).resolves.toBe(7);
    await expect(within(signal, Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('listens to the signal no longer than it waits', async () => {
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await within(signal, Promise.resolve(7));
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });
});
