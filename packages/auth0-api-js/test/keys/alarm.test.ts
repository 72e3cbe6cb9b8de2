import { describe, expect, it, vi } from 'vitest';
import { Alarm } from '../../src/keys/alarm.js';
import { stopTime } from '../support/clock.js';
import { builtModule, runChild } from '../support/run-child.js';

function createAlarm(): { alarm: Alarm; ring: ReturnType<typeof vi.fn<() => void>> } {
  stopTime();
  const ring = vi.fn<() => void>();
  return { alarm: new Alarm(ring), ring };
}

describe('Alarm', () => {
  it('rings once, at its time', () => {
    const { alarm, ring } = createAlarm();
    alarm.set(60);
    vi.advanceTimersByTime(59_999);
    expect(ring).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(ring).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1_000_000);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it('rings only at the last time it was set to', () => {
    const { alarm, ring } = createAlarm();
    alarm.set(10);
    alarm.set(60);
    vi.advanceTimersByTime(59_999);
    expect(ring).not.toHaveBeenCalled();
    alarm.set(5);
    vi.advanceTimersByTime(5000);
    expect(ring).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(100_000);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it('is silent once it is stopped, and rings when it is set again', () => {
    const { alarm, ring } = createAlarm();
    alarm.set(10);
    alarm.stop();
    vi.advanceTimersByTime(100_000);
    expect(ring).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
    alarm.set(10);
    vi.advanceTimersByTime(10_000);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it.each([-5, 0])('rings soon where its time is over: %d s', (seconds) => {
    const { alarm, ring } = createAlarm();
    alarm.set(seconds);
    expect(ring).not.toHaveBeenCalled();
    expect(alarm.secondsLeft()).toBe(0);
    vi.advanceTimersByTime(1);
    expect(ring).toHaveBeenCalledTimes(1);
  });

  it.each([2 ** 31 / 1000, 1e9, Number.POSITIVE_INFINITY])(
    'does not ring at once for a time no timer takes: %d s',
    (seconds) => {
      const { alarm, ring } = createAlarm();
      alarm.set(seconds);
      expect(alarm.secondsLeft()).toBe((2 ** 31 - 1) / 1000);
      vi.advanceTimersByTime(24 * 86_400_000);
      expect(ring).not.toHaveBeenCalled();
      vi.advanceTimersByTime(86_400_000);
      expect(ring).toHaveBeenCalledTimes(1);
    },
  );

  it('says how long it takes, while it is set', () => {
    const { alarm } = createAlarm();
    expect(alarm.secondsLeft()).toBeUndefined();
    alarm.set(60);
    vi.advanceTimersByTime(20_000);
    expect(alarm.secondsLeft()).toBeCloseTo(40, 6);
    vi.advanceTimersByTime(40_000);
    expect(alarm.secondsLeft()).toBeUndefined();
    alarm.set(60);
    alarm.stop();
    expect(alarm.secondsLeft()).toBeUndefined();
  });

  it('can be set from its own ring', () => {
    stopTime();
    let rings = 0;
    const alarm = new Alarm(() => {
      rings += 1;
      alarm.set(10);
    });
    alarm.set(10);
    vi.advanceTimersByTime(30_000);
    expect(rings).toBe(3);
  });

  it('L22 does not keep the process alive', () => {
    const end = runChild(`
      import { Alarm } from ${JSON.stringify(builtModule('keys/alarm.js'))};
      new Alarm(() => console.log('rang')).set(600);
      console.log('set');
    `);
    expect(end).toEqual({ code: 0, signal: null, stdout: 'set\n', stderr: '' });
  });
});
