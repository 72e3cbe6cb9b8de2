import { showValue } from './show-value.js';

/** In seconds, the latest moment that a `Date` can be. */
const latest = 8.64e12;

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** A NumericDate (RFC 7519 section 2) as people read it, and how far it is from now; another value as it is. */
export function showTime(value: unknown, now: number): string {
  if (typeof value !== 'number' || !isDate(value)) return showValue(value);
  return `${showMoment(value)}, ${showDistance(value - now)}`;
}

/** A moment in whole seconds. */
export function showMoment(seconds: number): string {
  const whole = Math.floor(seconds);
  return isDate(whole) ? new Date(whole * 1000).toISOString().replace('.000Z', 'Z') : String(seconds);
}

/** A length of time in the largest unit that there are two of, rounded: a day that has just begun is 24 hours. */
export function showDuration(seconds: number): string {
  const [unit, size] = units.find(([, length]) => Math.round(seconds / length) >= 2) ?? ['second', 1];
  const count = Math.round(seconds / size);
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function showDistance(seconds: number): string {
  if (Math.abs(seconds) < 1) return 'now';
  return seconds < 0 ? `${showDuration(-seconds)} ago` : `in ${showDuration(seconds)}`;
}

function isDate(seconds: number): boolean {
  return Math.abs(seconds) <= latest;
}
