import { beforeEach, describe, expect, it, vi } from 'vitest';
import { WriteCounter, type Mark } from '../../../src/binding/replay/write-counter.js';
import { monotonicSeconds } from '../../../src/clock.js';
import { stopTime } from '../../support/clock.js';

const lifetime = 10;

/** What a reply says, of a counter that was never made anew unless told. */
const mark = (count: number, [epoch, run] = ['epoch', 'run']): Mark => ({ count, epoch, run });

/** Sends a request and has its reply at once. */
function ask(counter: WriteCounter, count: number, names?: [epoch: string, run: string]): boolean {
  return counter.note(mark(count, names), counter.look(), monotonicSeconds() + lifetime);
}

describe('WriteCounter', () => {
  let counter: WriteCounter;
  beforeEach(() => {
    stopTime();
    counter = new WriteCounter('name');
  });

  it('takes whatever comes first', () => {
    expect(ask(counter, 700)).toBe(false);
  });

  it('sees a loss where the count stands still or goes back', () => {
    ask(counter, 5);
    expect(ask(counter, 6)).toBe(false);
    expect(ask(counter, 6)).toBe(true);
    expect(ask(counter, 2)).toBe(true);
    expect(ask(counter, 3)).toBe(false);
  });

  it('sees a loss where the counter was made anew, or the server is of another run, however high the count', () => {
    ask(counter, 5);
    expect(ask(counter, 6, ['other', 'run'])).toBe(true);
    expect(ask(counter, 7, ['other', 'other'])).toBe(true);
    expect(ask(counter, 8, ['other', 'other'])).toBe(false);
    expect(ask(counter, 9, ['epoch', 'run'])).toBe(true);
  });

  it.each([['other', 'run'] as const, ['epoch', 'other'] as const])(
    'sees it in replies to requests that were sent when nothing was known, with the epoch %s and the run %s',
    (...names) => {
      const glances = [counter.look(), counter.look(), counter.look()] as const;
      expect(counter.note(mark(1), glances[0], lifetime)).toBe(false);
      expect(counter.note(mark(2, [...names]), glances[1], lifetime)).toBe(true);
      // Over another connection, from before the loss: it is noticed already.
      expect(counter.note(mark(3), glances[2], lifetime)).toBe(false);
      expect(ask(counter, 4, [...names])).toBe(false);
    },
  );

  it('takes another counter for no loss when its own may be gone because nobody asked', () => {
    ask(counter, 50);
    vi.advanceTimersByTime(lifetime * 1000);
    expect(ask(counter, 1, ['other', 'other'])).toBe(false);
    expect(ask(counter, 2, ['other', 'other'])).toBe(false);
    expect(ask(counter, 3)).toBe(true);
  });

  it('sees no loss in replies that overtake one another', () => {
    const [first, second] = [counter.look(), counter.look()];
    expect(counter.note(mark(2), second, lifetime)).toBe(false);
    expect(counter.note(mark(1), first, lifetime)).toBe(false);
    expect(ask(counter, 2)).toBe(true);
  });

  it('sees one loss where many requests were on their way, and keeps to what came after it', () => {
    ask(counter, 50);
    const glances = [counter.look(), counter.look(), counter.look()] as const;
    expect(counter.note(mark(1), glances[0], lifetime)).toBe(true);
    expect(counter.note(mark(2), glances[1], lifetime)).toBe(false);
    // A reply from before the loss, over another connection.
    expect(counter.note(mark(51), glances[2], lifetime)).toBe(false);
    expect(ask(counter, 3)).toBe(false);
  });

  it('forgets what it saw when the counter may be gone because nobody asked', () => {
    ask(counter, 50);
    vi.advanceTimersByTime(lifetime * 1000 - 1);
    const late = counter.look();
    vi.advanceTimersByTime(1);
    expect(counter.note(mark(1), late, monotonicSeconds() + lifetime)).toBe(false);
    expect(ask(counter, 2)).toBe(false);
    expect(ask(counter, 2)).toBe(true);
  });

  it('counts from the last request that asked for more time', () => {
    ask(counter, 50);
    vi.advanceTimersByTime(lifetime * 1000 - 1);
    ask(counter, 51);
    vi.advanceTimersByTime(lifetime * 1000 - 1);
    expect(ask(counter, 1)).toBe(true);
  });

  it('counts from it even where an earlier request is answered later', () => {
    const early = counter.look();
    counter.note(mark(2), counter.look(), 2 * lifetime);
    counter.note(mark(1), early, 1);
    vi.advanceTimersByTime((2 * lifetime - 1) * 1000);
    expect(ask(counter, 1)).toBe(true);
  });

  it('has the counter raised until a reply shows that it is', () => {
    counter.raise(100);
    expect(counter.look().atLeast).toBe(100);
    ask(counter, 7);
    expect(counter.look().atLeast).toBe(100);
    counter.raise(90);
    expect(counter.look().atLeast).toBe(100);
    ask(counter, 100);
    expect(counter.look().atLeast).toBe(0);
  });
});
