import { describeMachine } from '../faults/describe-machine.mjs';
import { median } from '../faults/median.mjs';
import { printTable } from '../print-table.mjs';
import { createContenders } from './contenders.mjs';
import { measureRequests } from './measure-requests.mjs';

const rounds = 41;
const itemsEach = 100;
/** What a DPoP request may cost, as a multiple of what OpenSSL takes. */
const limit = 1.25;

/** Measures and prints. The exit code is 1 where a request with a token that was seen before costs more than it may. */
export async function measureDpop() {
  console.log(describeMachine());
  const { contenders, close } = await createContenders();
  const costs = await measureBlocks(contenders);
  await close();
  const [bare, warm] = costs;
  const ratios = costs.map((blocks) => blocks.map((cost, round) => cost / bare[round]));
  printTable(
    ['verification', 'CPU, µs', 'of OpenSSL alone', 'from', 'to'],
    contenders.map(({ name }, index) => [
      name,
      median(costs[index]).toFixed(0),
      `${median(ratios[index]).toFixed(2)} ×`,
      Math.min(...ratios[index]).toFixed(2),
      Math.max(...ratios[index]).toFixed(2),
    ]),
  );
  console.log(`Medians of ${rounds} blocks of ${itemsEach}, one of each in turn; ratios within a turn.`);
  const ratio = median(warm.map((cost, round) => cost / bare[round]));
  console.log(`A token seen before: ${ratio.toFixed(2)} ×, at most ${limit} × is promised.\n`);
  if (ratio > limit) process.exitCode = 1;
  await measureRequests();
}

/** The CPU time of one verification in each block, in µs. What is verified is made before the clock runs. */
async function measureBlocks(contenders) {
  const costs = contenders.map(() => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, { create, run }] of contenders.entries()) {
      const first = (round + 1) * itemsEach;
      const items = Array.from({ length: itemsEach }, (_, number) => create(first + number));
      const before = process.cpuUsage();
      for (const item of items) await run(item);
      const { user, system } = process.cpuUsage(before);
      // The first round warms up: compilation, keys.
      if (round >= 0) costs[index].push((user + system) / itemsEach);
    }
  }
  return costs;
}
