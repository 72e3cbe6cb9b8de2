import assert from 'node:assert/strict';
import { percentile } from '../faults/percentile.mjs';
import { printTable } from '../print-table.mjs';
import { startFleet } from '../replay/start-fleet.mjs';

const rounds = 11;
const requestsEach = 1000;
const atATime = 16;

/** Measures whole requests to an Express app over HTTP: the CPU time of its process for each. */
export async function measureRequests() {
  const fleet = await startFleet({ size: 1 });
  const [{ child }] = fleet.members;
  const kinds = [
    { name: 'open route', path: '/open', headers: () => ({}) },
    { name: 'bearer token seen before', path: '/', headers: fleet.bearerHeaders },
    { name: 'DPoP, token seen before, proofs in memory', path: '/', headers: fleet.headers },
  ];
  const costs = kinds.map(() => []);
  try {
    for (let round = -1; round < rounds; round++) {
      for (const [index, { path, headers }] of kinds.entries()) {
        const requests = Array.from({ length: requestsEach }, () => headers());
        const before = await child.call('cpuMicroseconds');
        await askAll(requests, (given) => fleet.ask(0, given, path));
        const cost = ((await child.call('cpuMicroseconds')) - before) / requestsEach;
        if (round >= 0) costs[index].push(cost);
      }
    }
  } finally {
    await fleet.stop();
  }
  const medians = costs.map((blocks) => percentile(blocks, 0.5));
  printTable(
    ['whole request, Express 5', 'CPU of the server, µs', 'beyond the open route, µs'],
    kinds.map(({ name }, index) => [
      name,
      medians[index].toFixed(0),
      percentile(
        costs[index].map((cost, round) => cost - costs[0][round]),
        0.5,
      ).toFixed(0),
    ]),
  );
  console.log(`Medians of ${rounds} blocks of ${requestsEach}, ${atATime} connections.`);
}

async function askAll(requests, ask) {
  const left = requests.values();
  const run = async () => {
    for (const headers of left) assert.equal((await ask(headers)).verdict, 'accepted');
  };
  await Promise.all(Array.from({ length: atATime }, run));
}
