import { startChild } from '../../scripts/faults/start-child.mjs';
import { median, medianRatio, takeTurns } from '../measure/take-turns.mjs';
import { surelyRemembered, tokenCacheBound } from '../measure/token-cache-bound.mjs';

const module = new URL('../measure/growth-process.mjs', import.meta.url);
// What takes little time is done ten times as often.
const warm = { name: 'seen before', call: 'measureWarm', isLight: true };
const cold = { name: 'never seen before', call: 'measureCold', isLight: false };
const checkAlone = { name: 'the check of the scopes alone', call: 'measureCheck', isLight: true };
const roundRobin = { name: 'in turn', call: 'measureRoundRobin', isLight: true };

const dimensions = [
  {
    what: 'issuers',
    one: 'issuer',
    sizes: [1, 10, 100],
    kinds: [warm, cold],
    situate: (issuers) => ({ issuers }),
  },
  {
    what: 'keys of an issuer',
    one: 'key',
    sizes: [1, 10, 100],
    kinds: [warm, cold],
    situate: (keys) => ({ keys }),
  },
  {
    what: 'scopes in the token and asked for',
    one: 'scope',
    sizes: [1, 10, 100, 1000],
    kinds: [warm, cold, checkAlone],
    mostLight: 100,
    situate: (scopes) => ({ scopes }),
  },
];

const tokenCounts = [1, 10, 100, 1000, 10_000, 100_000, 1_000_000];

/** How the cost of a verification grows with what there is to know. */
export const growth = {
  name: 'growth',
  title: 'Growth',
  measure: async ({ isQuick, tell }) => {
    const settings = isQuick
      ? { rounds: 3, operations: 100, mostTokens: 10_000, tell }
      : { rounds: 15, operations: 500, mostTokens: 1_000_000, tell };
    const measured = [];
    for (const dimension of dimensions) measured.push(await measureDimension(dimension, settings));
    measured.push(await measureTokens(settings));
    return {
      rows: measured.flatMap(({ rows }) => rows),
      promises: [],
      series: measured.map(({ series }) => series),
      notes: [
        `CPU time of one verification, EdDSA. Medians of ${settings.rounds} blocks of ${settings.operations} (ten times as many where one takes little time), one of each size in turn.`,
        'Tokens come from all issuers and keys in turn. A token with more scopes is longer: 1,000 scopes are 9,000 characters.',
        `Distinct tokens: every one was seen before, as many requests ago as there are tokens. The last ${surelyRemembered} are remembered for certain, and at most ${tokenCacheBound.maxEntries}.`,
      ],
    };
  },
};

async function measureDimension({ what, one, sizes, kinds, mostLight, situate }, { tell, ...settings }) {
  const figures = await withChild(async (child) => {
    for (const size of sizes) await child.call('create', { name: String(size), ...situate(size) });
    const runs = sizes.flatMap((size) => kinds.map((kind) => ({ size, kind })));
    return measureRuns(child, runs, { ...settings, mostLight, tell: (text) => tell(`${what}: ${text}`) });
  });
  const [smallest] = sizes;
  const largest = sizes.at(-1);
  return {
    rows: kinds.map((kind) =>
      compare(`verify with ${largest} ${what}, ${kind.name}`, `${smallest} ${one}`, [
        figures(largest, kind),
        figures(smallest, kind),
      ]),
    ),
    series: describeSeries(what, sizes, kinds, figures),
  };
}

/** Each size is gone through once before the clock runs, so that what is remembered is what stays remembered. */
async function measureTokens({ mostTokens, tell, ...settings }) {
  const sizes = tokenCounts.filter((count) => count <= mostTokens);
  const figures = await withChild(async (child) => {
    for (const size of sizes) {
      tell(`distinct tokens: verifying each of ${size}`);
      await child.call('create', { name: String(size) });
      await child.call('verifyOnce', String(size), size);
    }
    const runs = sizes.map((size) => ({ size, kind: roundRobin }));
    const mostLight = surelyRemembered;
    return measureRuns(child, runs, {
      ...settings,
      mostLight,
      tell: (text) => tell(`distinct tokens: ${text}`),
    });
  });
  const remembered = sizes.filter((size) => size <= surelyRemembered);
  const beyond = sizes.filter((size) => size > surelyRemembered);
  const rows = [remembered, beyond]
    .filter(({ length }) => length > 1)
    .map((range) => {
      const [smallest, largest] = [range[0], range.at(-1)];
      return compare(`verify ${count(largest)} in turn`, count(smallest), [
        figures(largest, roundRobin),
        figures(smallest, roundRobin),
      ]);
    });
  return { rows, series: describeSeries('distinct tokens', sizes, [roundRobin], figures) };
}

async function withChild(run) {
  const child = startChild(module, ['--expose-gc']);
  try {
    return await run(child);
  } finally {
    await child.stop();
  }
}

/**
 * @param {{ mostLight?: number }} settings The largest size at which what is light elsewhere still is.
 * @returns The µs of CPU that each round measured, by size and kind.
 */
async function measureRuns(child, runs, { rounds, operations, mostLight = Infinity, tell }) {
  const name = (size, kind) => `${size} ${kind.name}`;
  const contenders = runs.map(({ size, kind }) => ({
    name: name(size, kind),
    run: () =>
      child.call(
        kind.call,
        String(size),
        kind.isLight && size <= mostLight ? operations * 10 : operations,
        size,
      ),
  }));
  const figures = await takeTurns(contenders, { rounds, tell });
  return (size, kind) => figures.get(name(size, kind)).map(({ cpu }) => cpu);
}

function compare(name, peer, [largest, smallest]) {
  return {
    name,
    peer,
    ours: median(largest),
    theirs: median(smallest),
    ratio: medianRatio(smallest, largest),
    unit: 'µs',
  };
}

function describeSeries(what, sizes, kinds, figures) {
  return {
    title: `Cost over ${what}`,
    x: { title: what, isLogarithmic: true },
    y: { title: 'CPU, µs' },
    lines: kinds.map((kind) => ({
      name: kind.name,
      points: sizes.map((size) => [size, median(figures(size, kind))]),
    })),
  };
}

function count(tokens) {
  return tokens === 1 ? '1 token' : `${tokens.toLocaleString('en')} tokens`;
}
