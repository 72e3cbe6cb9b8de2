import { beforeAll, describe, expect, it } from 'vitest';
import { runNode } from './support/start-process.js';

interface Phase {
  readonly name: string;
  readonly mean: number;
  readonly peak: number;
}

interface Fleet {
  readonly phases: readonly Phase[];
  readonly recoverySeconds: number;
  readonly expired: number;
}

/** Lets 10,000 processes start and refresh in virtual time: with jitter, and without. */
async function simulate(): Promise<readonly [Fleet, Fleet]> {
  const { stdout, stderr } = await runNode(['scripts/run.cjs', 'simulate-fleet', '--json']);
  expect(stderr).toBe('');
  return (JSON.parse(stdout) as { results: [Fleet, Fleet] }).results;
}

describe('10,000 processes that start together', () => {
  let spread: Fleet;
  let together: Fleet;

  beforeAll(async () => {
    [spread, together] = await simulate();
  });

  it('do not ask their issuer together', () => {
    for (const name of ['refreshes, to 15 min', 'refreshes, from 15 min to 2 h', 'away for 10 min']) {
      expect(findPhase(spread, name).peak, name).toBeLessThan(findPhase(together, name).peak / 4);
    }
  });

  it('spread out even if their issuer was away from the beginning', () => {
    const name = 'started while it is away, from 5 to 10 min';
    expect(unevenness(findPhase(spread, name))).toBeLessThan(1.25);
    expect(unevenness(findPhase(together, name))).toBeGreaterThan(1.5);
  });

  it('all come through an outage of ten minutes, and all have newer keys 30 s after it', () => {
    for (const { expired, recoverySeconds } of [spread, together]) {
      expect(expired).toBe(0);
      expect(recoverySeconds).toBeGreaterThan(0);
      expect(recoverySeconds).toBeLessThanOrEqual(30);
    }
  });
});

function findPhase({ phases }: Fleet, name: string): Phase {
  const phase = phases.find((candidate) => candidate.name === name);
  if (phase === undefined) throw new Error(`There is no phase '${name}'.`);
  return phase;
}

/** 1 where each second has as many requests as any other. */
function unevenness({ mean, peak }: Phase): number {
  return peak / mean;
}
