interface Row {
  readonly name: string;
  readonly peer: string;
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  readonly unit: string;
}

interface Suite {
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
  readonly promises: readonly {
    readonly text: string;
    readonly value: number;
    readonly limit: number;
    readonly unit: string;
    readonly holds: boolean;
  }[];
  readonly series: readonly {
    readonly title: string;
    readonly x: { readonly title: string; readonly isLogarithmic: boolean };
    readonly y: { readonly title: string };
    readonly lines: readonly {
      readonly name: string;
      readonly points: readonly (readonly [number, number])[];
    }[];
  }[];
  readonly notes: readonly string[];
}

/** What is no markup, wherever it stands. */
export const hostileName = '</text><script>alert("1")</script> & | `*_\\';

const longName = 'a-very-long-name-\u0001'.repeat(6);

const peers = { jose: 150, 'fast-jwt with cache by token': 33.333, [hostileName]: 20 };

/**
 * What a run on one version of Node.js might measure. The newest has a row more.
 *
 * @param factor - How many times slower it is there than elsewhere.
 */
export function createResult(
  node: string,
  factor: number,
): { date: string; machine: string; node: string; suites: Suite[] } {
  const cold = 1.1 * factor;
  return {
    date: '2025-11-25',
    machine: '2 cores',
    node,
    suites: [
      {
        name: 'verification',
        title: 'Verifying a token',
        rows: [
          ...compare('verify RS256, cold', factor),
          ...compare('verify RS256, warm', factor),
          ...compare('verify RS256, cold', factor, 'µs wall'),
        ],
        promises: [
          { text: 'Cold costs at most 1.30 ×.', value: cold, limit: 1.3, unit: '×', holds: cold <= 1.3 },
        ],
        series: [],
        notes: ['Medians of 31 rounds.', `Measured with ${factor}.`],
      },
      {
        name: 'memory',
        title: 'Memory',
        rows:
          factor === 1
            ? [{ name: 'new in 24', peer: 'jose', ours: 12_345, theirs: 6172, ratio: 2, unit: 'requests/s' }]
            : [],
        promises: [{ text: 'Memory is bounded.', value: 12.3, limit: 32, unit: 'MiB', holds: true }],
        series: [
          {
            title: 'Heap over very many distinct tokens, none of which was seen before',
            x: { title: 'distinct tokens', isLogarithmic: false },
            y: { title: 'MiB beyond the start' },
            lines: [
              {
                name: 'ours',
                points: Array.from({ length: 50 }, (_, sample) => [sample * 20_408, Math.sin(sample)]),
              },
            ],
          },
        ],
        notes: [],
      },
      { name: 'growth', title: 'Growth', rows: [], promises: [], series: [createGrowth()], notes: [] },
    ],
  };
}

function compare(name: string, factor: number, unit = 'µs CPU'): Row[] {
  return Object.entries(peers).map(([peer, theirs]) => ({
    name,
    peer,
    ours: 30 * factor,
    theirs: theirs * factor,
    ratio: theirs / 30,
    unit,
  }));
}

function createGrowth(): Suite['series'][number] {
  const names = [
    'ours, cold',
    'ours, warm',
    'express-oauth2-jwt-bearer',
    'fast-jwt with cache by token',
    longName,
    hostileName,
  ];
  return {
    title: `Distinct tokens, ${longName}`,
    x: { title: 'distinct tokens', isLogarithmic: true },
    y: { title: 'µs of CPU time a token' },
    lines: names.map((name, line) => ({
      name,
      points: [1, 10, 100, 1000, 10_000, 100_000, 1_000_000].map((count) => [
        count,
        line * 20 + Math.log10(count),
      ]),
    })),
  };
}
