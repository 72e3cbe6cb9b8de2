import { vi } from 'vitest';

/** Makes `Math.random()` say the same in every run, from a seed on. `vi.restoreAllMocks()` ends it. */
export function seedRandom(seed: number): void {
  let state = seed;
  vi.spyOn(Math, 'random').mockImplementation(() => {
    // A linear congruential generator with the numbers of C's `rand48`, good enough for a histogram.
    state = Number((BigInt(state) * 0x5deece66dn + 11n) & 0xffffffffffffn);
    return state / 2 ** 48;
  });
}
