import { describe, expect, it, vi } from 'vitest';
import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { noon, stopTime } from '../support/clock.js';
import { createProofBench, proofIssuer, url, type ProofBench } from '../support/proof-bench.js';
import { recordingStore } from '../support/recording-store.js';

const client = createDpopClient();
/** It is good at noon, and for days after. */
const token = proofIssuer.boundToken(client, { exp: noon + 1_000_000 });

describe('G26, how long a proof is remembered', () => {
  /** What becomes of a proof, in milliseconds after its first use at noon. */
  async function replays(
    bench: ProofBench,
    proof: string,
    moments: readonly number[],
  ): Promise<[number, string][]> {
    const verdicts: [number, string][] = [];
    let now = 0;
    for (const moment of moments) {
      vi.advanceTimersByTime(moment - now);
      now = moment;
      verdicts.push([moment, await bench.judge(token, proof)]);
    }
    return verdicts;
  }
  const at = (moments: readonly number[], verdict: string): [number, string][] =>
    moments.map((moment) => [moment, verdict]);

  it.each([
    ['made now', 0, [300_000], [300_001, 334_999, 335_000, 335_001, 400_000]],
    ['of a clock that is ahead', 30, [300_001, 330_000], [330_001, 334_999, 335_000, 335_001, 400_000]],
    ['that is old', -300, [0], [1, 334_999, 335_000, 335_001]],
  ])('G26 is longer than it is good, for one %s', async (_what, ahead, remembered, over) => {
    stopTime();
    const accessToken = token;
    const bench = createProofBench();
    const proof = client.proof({ url, accessToken }, { iat: noon + ahead });
    expect(await bench.judge(token, proof)).toBe('accepted');
    expect(await replays(bench, proof, [...remembered, ...over])).toEqual([
      ...at(remembered, 'proof_replayed'),
      ...at(over, 'proof_time_not_accepted'),
    ]);
  });

  it('G26 is the sum of offset, leeway and 5 seconds, whatever the options say', async () => {
    stopTime();
    for (const [iatOffset, iatLeeway] of [
      [0, 0],
      [60, 10],
      [3600, 300],
    ] as const) {
      const store = recordingStore();
      const bench = createProofBench({ dpop: { replay: store, iatOffset, iatLeeway } });
      expect(await bench.judge(token, client.proof({ url, accessToken: token }))).toBe('accepted');
      expect(store.seen).toMatchObject([
        { lifetimeSeconds: iatOffset + iatLeeway + 5, usableSince: noon - iatLeeway },
      ]);
    }
  });

  it('G26 goes by a clock that cannot be turned: a wall clock that goes back 5 seconds changes nothing', async () => {
    for (const back of [0, 1000, 4999]) {
      stopTime();
      const bench = createProofBench();
      const proof = client.proof({ url, accessToken: token }, { iat: noon + 30 });
      expect(await bench.judge(token, proof)).toBe('accepted');
      vi.setSystemTime(noon * 1000 - back);
      // The last moment at which the proof is good by the wall clock.
      const last = 330_000 + back;
      expect(await replays(bench, proof, [last, last + 1])).toEqual([
        [last, 'proof_replayed'],
        [last + 1, 'proof_time_not_accepted'],
      ]);
      vi.useRealTimers();
    }
  });

  it('G26 is not shorter where the wall clock goes forward and back again', async () => {
    stopTime();
    const bench = createProofBench();
    const proof = client.proof({ url, accessToken: token }, { iat: noon + 30 });
    expect(await bench.judge(token, proof)).toBe('accepted');
    for (const seconds of [1000, -1000, 0, 100_000, 0]) {
      vi.setSystemTime((noon + seconds) * 1000);
      expect(await bench.judge(token, proof)).not.toBe('accepted');
    }
    expect(await bench.judge(token, proof)).toBe('proof_replayed');
  });

  it.each([
    ['this window', 0, 0, [599_999], [600_000, 604_999, 605_000, 605_001]],
    ['this window, at its end', 299_999, 0, [300_000], [300_001, 304_999, 305_000, 305_001]],
    ['the window before', 0, -300_000, [299_999], [300_000, 304_999, 305_000, 305_001]],
    ['a clock that is ahead', 0, 300_000, [899_999], [900_000, 905_000, 905_001]],
  ])(
    'G26 is longer than its nonce is accepted, for one of %s',
    async (_whose, use, given, remembered, over) => {
      stopTime(noon + use / 1000);
      const dpop = { nonce: { secret: 'n'.repeat(32) } };
      const other = createProofBench({ dpop, now: () => noon * 1000 + given });
      const bench = createProofBench({ dpop });
      const nonce = other.client.dpopNonce();
      const proof = client.proof({ url, accessToken: token }, { iat: 1, nonce });
      expect(await bench.judge(token, proof)).toBe('accepted');
      expect(await replays(bench, proof, [...remembered, ...over])).toEqual([
        ...at(remembered, 'proof_replayed'),
        ...at(over, 'nonce_required'),
      ]);
    },
  );
});
