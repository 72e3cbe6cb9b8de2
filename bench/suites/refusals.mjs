import { ours, peers } from '../apps/parties.mjs';
import { openKind, prepareRefusals } from '../apps/prepare-refusals.mjs';
import { measureApps } from '../measure/measure-apps.mjs';
import { median, medianRatio } from '../measure/take-turns.mjs';

const full = { requests: 1000, rounds: 30, warmUpRounds: 5 };
const quick = { requests: 400, rounds: 3, warmUpRounds: 1 };
const garbage = ['garbage', '15 kB of garbage'];

/** What it costs to say no, and how often that can be said. */
export const refusals = {
  name: 'refusals',
  title: 'Refusing a request',
  measure: async ({ isQuick, tell }) => {
    const plan = isQuick ? quick : full;
    const prepared = await prepareRefusals();
    try {
      const figures = await measureApps(listContenders(prepared), { version: 5, ...plan, tell });
      const names = prepared.createKinds().map(({ refused }) => refused.name);
      return {
        rows: [
          ...names.flatMap((name) => compareCosts(figures, name)),
          ...names.flatMap((name) => compareRates(figures, name)),
        ],
        promises: garbage.map((name) => judge(figures, name)),
        series: [],
        notes: describe(plan),
      };
    } finally {
      prepared.close();
    }
  },
};

/** Only ours stands beside the open route: of its own app, with the same requests. */
function listContenders({ settings, createKinds }) {
  return [
    { ...ours, settings, turns: 1, kinds: createKinds().flatMap(({ open, refused }) => [open, refused]) },
    ...peers.map((peer) => ({
      ...peer,
      settings,
      turns: 1,
      kinds: createKinds().map(({ refused }) => refused),
    })),
  ];
}

function compareCosts(figures, name) {
  return compare(figures, name, `refuse ${name}`, {
    unit: 'µs CPU',
    read: ({ cpu }) => cpu,
    divide: (our, theirs) => medianRatio(theirs, our),
  });
}

function compareRates(figures, name) {
  return compare(figures, name, `refuse ${name}, as fast as it can`, {
    unit: 'requests/s',
    read: ({ wall }) => 1e6 / wall,
    divide: (our, theirs) => medianRatio(our, theirs),
  });
}

function compare(figures, kind, name, { unit, read, divide }) {
  const readAll = (party, kindOf) => figures.get(party.name).map((round) => read(round[kindOf]));
  const our = readAll(ours, kind);
  const others = [
    { peer: 'open route', theirs: readAll(ours, openKind(kind)) },
    ...peers.map((party) => ({ peer: party.peer, theirs: readAll(party, kind) })),
  ];
  return others.map(({ peer, theirs }) => ({
    name,
    peer,
    ours: median(our),
    theirs: median(theirs),
    ratio: divide(our, theirs),
    unit,
  }));
}

function judge(figures, name) {
  const read = (kind) => figures.get(ours.name).map((round) => round[kind].cpu);
  const value = medianRatio(read(name), read(openKind(name)));
  const text = `refusing ${name} costs less than the same request to the open route`;
  return { text, value, limit: 1, unit: '×', holds: value < 1 };
}

function describe({ requests, rounds, warmUpRounds }) {
  return [
    `Express 5. Blocks of ${requests} requests of each kind, in an order that chance makes, over 16 connections that stay open; medians of ${rounds} rounds after ${warmUpRounds} that warm up. Beside the open route: the same requests to the open route of the same app.`,
    'Garbage is the token x; 15 kB of garbage are random characters in three parts; bad signatures are on good claims, and no two are the same.',
    'Requests a second: the next request on a connection is sent as soon as the last one is answered, from another process on the same machine.',
    'Where a library leaves the answer to the error handler of the app, that is a short one that sends its status, headers and message.',
  ];
}
