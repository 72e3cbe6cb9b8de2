import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Makes calls at a steady rate, each when it is due whether or not those before it have ended.
 *
 * @param {{ perSecond: number, call: () => Promise<unknown> }[]} streams
 * @param {{ seconds: number, patienceSeconds?: number }} times How long calls are made, and how long the last are waited for.
 * @returns What became of each stream: how many calls were made, what failed and how, and how long they took.
 */
export async function runLoad(streams, { seconds, patienceSeconds = 30 }) {
  const results = streams.map(() => ({ made: 0, answered: 0, failures: {}, milliseconds: [] }));
  const startedAt = performance.now();
  let elapsed = 0;
  while (elapsed < seconds) {
    elapsed = Math.min((performance.now() - startedAt) / 1000, seconds);
    for (const [index, { perSecond, call }] of streams.entries()) {
      const due = Math.floor(elapsed * perSecond);
      while (results[index].made < due) makeCall(call, results[index]);
    }
    await sleep(1);
  }
  const givenUpAt = performance.now() + patienceSeconds * 1000;
  while (results.some(isWaiting) && performance.now() < givenUpAt) await sleep(5);
  for (const result of results.filter(isWaiting)) result.failures['no answer'] = countWaiting(result);
  return results;
}

function makeCall(call, result) {
  result.made += 1;
  const startedAt = performance.now();
  call().then(
    () => {
      result.answered += 1;
      result.milliseconds.push(performance.now() - startedAt);
    },
    (error) => {
      const code = error.code ?? error.message;
      result.failures[code] = (result.failures[code] ?? 0) + 1;
    },
  );
}

function countWaiting({ made, answered, failures }) {
  return made - answered - Object.values(failures).reduce((sum, count) => sum + count, 0);
}

function isWaiting(result) {
  return countWaiting(result) > 0;
}
