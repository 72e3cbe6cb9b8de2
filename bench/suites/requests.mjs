import { compareRequests } from '../apps/compare-requests.mjs';
import { judgeRequests } from '../apps/judge-requests.mjs';
import { ours, oursWithDpop, peers, peersWithDpop } from '../apps/parties.mjs';
import { prepareRequests } from '../apps/prepare-requests.mjs';
import { measureApps } from '../measure/measure-apps.mjs';

const full = { requests: 1000, warmUpRounds: 3, rounds: { 5: 31, 4: 25 }, turnsOfOurs: 2 };
const quick = { requests: 1000, warmUpRounds: 1, rounds: { 5: 3, 4: 3 }, turnsOfOurs: 1 };

/** What protecting a route adds to a whole request. */
export const requests = {
  name: 'requests',
  title: 'Whole requests',
  measure: async ({ isQuick, tell }) => {
    const plan = isQuick ? quick : full;
    tell('signing tokens');
    const prepared = await prepareRequests(countCold(plan));
    const rows = [];
    const promises = [];
    try {
      for (const version of [5, 4]) {
        const figures = await measureApps(listContenders(prepared, version, plan), {
          version,
          requests: plan.requests,
          warmUpRounds: plan.warmUpRounds,
          rounds: plan.rounds[version],
          tell: (text) => tell(`Express ${version}: ${text}`),
        });
        rows.push(...compareRequests(version, figures));
        promises.push(...judgeRequests(version, figures));
      }
    } finally {
      prepared.close();
    }
    return { rows, promises, series: [], notes: describe(plan) };
  },
};

function countCold({ requests, warmUpRounds, rounds, turnsOfOurs }) {
  return (warmUpRounds + rounds[5]) * turnsOfOurs * requests;
}

/** Each kind of requests to a protected route stands beside the same requests to the open one. */
function listContenders({ settings, createKinds }, version, { turnsOfOurs }) {
  const contend = (party, names, { turns = 1, isDpopOn = false } = {}) => {
    const kinds = createKinds();
    return { ...party, settings: { ...settings, isDpopOn }, kinds: names.map((name) => kinds[name]), turns };
  };
  const bearerKinds = ['openWithToken', 'warm', 'cold'];
  const dpopKinds = ['openWithProof', 'dpop'];
  // DPoP is the same on Express 4.
  const dpopParties = version === 5 ? [oursWithDpop, ...peersWithDpop] : [];
  return [
    contend(ours, ['open', 'control', 'bareRoute', ...bearerKinds], { turns: turnsOfOurs }),
    ...peers.map((peer) => contend(peer, bearerKinds)),
    ...dpopParties.map((party) => contend(party, dpopKinds, { isDpopOn: true })),
  ];
}

function describe({ requests, warmUpRounds, rounds, turnsOfOurs }) {
  return [
    `Each library has an app and a process of its own. A round has blocks of ${requests} requests of each kind, in an order that chance makes, ${turnsOfOurs} of each for ours; medians of ${rounds[5]} rounds on Express 5 and ${rounds[4]} on Express 4, after ${warmUpRounds} that warm up.`,
    'Overhead is the protected route less the open route of the same app in the same round, which gets the same headers. For ratios, an overhead below 0.5 µs counts as 0.5 µs.',
    'Bare crypto.verify stands beside ours twice: alone in a loop, where OpenSSL has the caches of the processor to itself, and as the only thing that a route does, with bytes and key ready.',
    'Garbage is collected when Node.js wants to, and counts.',
    'Requests come over 16 connections that stay open, from another process that writes bytes made before and reads only status and length of what comes back: it waits for the server, never the server for it.',
    'Every library fetches its keys over HTTP from an issuer on this machine, before the clock runs.',
    'DPoP: tokens seen before, a new proof (ES256) in each request; both libraries check it, only ours also whether it was used before.',
    'On Express 4 a hook of the module loader hands out Express 4 to whoever imports Express: the app, and our package for its router.',
  ];
}
