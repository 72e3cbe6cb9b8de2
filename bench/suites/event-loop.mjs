import { startChild } from '../../scripts/faults/start-child.mjs';
import { createHostileTokens } from '../measure/hostile-tokens.mjs';
import { median, medianRatio, takeTurns } from '../measure/take-turns.mjs';

const module = new URL('../measure/event-loop-process.mjs', import.meta.url);
const perSecond = 500;
const idle = 'idle process';
const ours = 'ours';

const contenders = [
  { name: idle },
  { name: ours, verifier: { file: 'ours', name: 'createOurs' } },
  { name: 'jose', verifier: { file: 'jose', name: 'createJose' } },
  { name: 'fast-jwt', verifier: { file: 'fast-jwt', name: 'createFastJwt' } },
];

/** How long others wait while tokens arrive that are made to keep a verifier busy. */
export const eventLoop = {
  name: 'event-loop',
  title: 'The event loop under hostile tokens',
  measure: async ({ isQuick, tell }) => {
    const times = isQuick ? { rounds: 3, seconds: 0.3 } : { rounds: 5, seconds: 2 };
    const hostile = await createHostileTokens();
    const figures = await measureRounds(hostile, times, tell);
    const shapes = new Set(hostile.tokens.map(({ shape }) => shape));
    return {
      rows: describeRows(figures),
      promises: describePromises(figures),
      series: [],
      notes: [
        `${perSecond} tokens a second of up to 16 KiB, of ${shapes.size} shapes in turn, in ${times.rounds} rounds of ${times.seconds} s for each process. All are refused.`,
        "A call of jose is timed from the call until its promise is settled; the others' answer at once.",
        `The shape that takes ours longest: ${findSlowestShape(figures.get(ours), shapes)}.`,
      ],
    };
  },
};

async function measureRounds(hostile, { rounds, seconds }, tell) {
  const children = [];
  try {
    const runs = [];
    for (const { name, verifier } of contenders) {
      const child = startChild(module, ['--expose-gc']);
      children.push(child);
      if (verifier !== undefined) await child.call('start', verifier, hostile);
      runs.push({ name, run: () => child.call('measure', { perSecond, seconds }) });
    }
    return await takeTurns(runs, { rounds, tell });
  } finally {
    for (const child of children) await child.stop();
  }
}

function describeRows(figures) {
  const delays = (name) => figures.get(name).map(({ p99 }) => p99);
  const longest = (name) => figures.get(name).map(longestCall);
  const compare = (name, peer, read) => ({
    name,
    peer,
    ours: median(read(ours)),
    theirs: median(read(peer)),
    ratio: medianRatio(read(peer), read(ours)),
    unit: 'ms',
  });
  return [
    ...[idle, 'jose', 'fast-jwt'].map((peer) => compare('event loop delay, 99th percentile', peer, delays)),
    ...['jose', 'fast-jwt'].map((peer) => compare('longest call of a round', peer, longest)),
  ];
}

function describePromises(figures) {
  const added = figures.get(ours).map(({ p99 }, round) => p99 - figures.get(idle)[round].p99);
  const promise = (text, value, limit) => ({ text, value, limit, unit: 'ms', holds: value <= limit });
  return [
    promise('hostile tokens: event loop delay beyond an idle process, 99th percentile', median(added), 5),
    promise('hostile tokens: longest single call', median(figures.get(ours).map(longestCall)), 2),
  ];
}

function longestCall({ longest }) {
  return Math.max(...Object.values(longest));
}

function findSlowestShape(rounds, shapes) {
  const usual = (shape) => median(rounds.map(({ longest }) => longest[shape] ?? 0));
  const [slowest] = [...shapes].sort((a, b) => usual(b) - usual(a));
  return `${slowest} (${usual(slowest).toFixed(2)} ms)`;
}
