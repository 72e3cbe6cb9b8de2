import { percentile } from './percentile.mjs';

/** The middle of some values. */
export function median(values) {
  return percentile(values, 0.5);
}
