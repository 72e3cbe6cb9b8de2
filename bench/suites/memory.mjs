import { startChild } from '../../scripts/faults/start-child.mjs';
import { median } from '../measure/take-turns.mjs';
import { tokenCacheBound } from '../measure/token-cache-bound.mjs';

const module = new URL('../measure/memory-process.mjs', import.meta.url);
const sampleCount = 20;
const megabyte = 2 ** 20;
/** How many tokens fast-jwt remembers where its cache is switched on. */
const fastJwtEntries = 1000;

const runs = {
  good: { file: 'ours', name: 'createOurs', tokens: 'good' },
  bad: { file: 'ours', name: 'createOurs', tokens: 'bad' },
  fastJwt: { file: 'fast-jwt', name: 'createFastJwtWithCache', tokens: 'good' },
};

/** What is held after very many tokens, no two the same. */
export const memory = {
  name: 'memory',
  title: 'Memory after many distinct tokens',
  measure: async ({ isQuick, tell }) => {
    const count = isQuick ? 50_000 : 1_000_000;
    const measured = {};
    await Promise.all(
      Object.entries(runs).map(async ([name, run]) => {
        measured[name] = await measureRun(run, count, (text) => tell(`${name}: ${text}`));
      }),
    );
    const { good, bad, fastJwt } = measured;
    return {
      rows: describeRows(count, good, fastJwt),
      promises: describePromises(count, good, bad),
      series: [
        {
          title: 'Heap over distinct tokens',
          x: { title: 'distinct tokens', isLogarithmic: false },
          y: { title: 'MiB beyond the start' },
          lines: [
            { name: 'ours', points: good.points },
            { name: 'ours, tokens with a bad signature', points: bad.points },
            { name: `fast-jwt with cache (${fastJwtEntries} tokens)`, points: fastJwt.points },
          ],
        },
      ],
      notes: [
        `${count.toLocaleString('en')} tokens of ES256 for each, one process each; heap and what it refers to, after garbage collection, ${sampleCount} times.`,
        'The start is a verifier that has verified one token, in a process where another one has verified a thousand.',
        `Ours remembers up to ${tokenCacheBound.maxEntries} tokens, fast-jwt ${fastJwtEntries}: both by default. It is measured when that many are remembered. Ours keeps no parsed claims of a token that was seen only once.`,
      ],
    };
  },
};

/** @returns `points`: how many tokens were verified, and the MiB beyond what was there before the first. */
async function measureRun(run, count, tell) {
  const child = startChild(module, ['--expose-gc']);
  try {
    await child.call('start', run);
    const before = await child.call('measure');
    const points = [[0, 0]];
    for (let sample = 1; sample <= sampleCount; sample++) {
      // The start has verified one. With it each sample ends where ours is about to forget half of what it remembers.
      await child.call('verify', count / sampleCount - (sample === 1 ? 1 : 0));
      const verified = (count / sampleCount) * sample;
      points.push([verified, ((await child.call('measure')) - before) / megabyte]);
      tell(`${verified} of ${count} tokens`);
    }
    return { points, values: points.slice(1).map(([, value]) => value) };
  } finally {
    await child.stop();
  }
}

function describeRows(count, good, fastJwt) {
  const [ours, theirs] = [good, fastJwt].map(({ values }) => median(values.slice(-5)));
  const perToken = [
    (ours * megabyte) / Math.min(tokenCacheBound.maxEntries, count),
    (theirs * megabyte) / fastJwtEntries,
  ];
  return [
    { name: 'memory held', figures: [ours, theirs], unit: 'MiB' },
    { name: 'memory held for each remembered token', figures: perToken, unit: 'bytes' },
  ].map(({ name, figures: [own, other], unit }) => ({
    name: `${name}, after ${count.toLocaleString('en')} distinct tokens`,
    peer: 'fast-jwt with cache',
    ours: own,
    theirs: other,
    ratio: other / own,
    unit,
  }));
}

function describePromises(count, good, bad) {
  const tokens = `${count.toLocaleString('en')} distinct`;
  const promise = (text, value, limit) => ({ text, value, limit, unit: 'MiB', holds: value <= limit });
  return [
    promise(
      `${tokens} good tokens: held at the end`,
      good.values.at(-1),
      tokenCacheBound.maxBytes / megabyte,
    ),
    promise(`${tokens} good tokens: growth over the last half`, growth(good), 1),
    promise(`${tokens} bad tokens: held at the end`, bad.values.at(-1), 5),
    promise(`${tokens} bad tokens: growth over the last half`, growth(bad), 1),
  ];
}

/** Of the last half of the samples: how far its second half is above its first. */
function growth({ values }) {
  return median(values.slice(-5)) - median(values.slice(-10, -5));
}
