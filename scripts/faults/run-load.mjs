import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Makes calls at a steady rate, each when it is due whether or not those before it have ended.
 *
 * @param {{ perSecond: number, call: () => Promise<unknown> }[]} streams
 * @param {{ seconds: number, patienceSeconds?: number }} times How long calls are made, and how long the last are waited for.
 * @returns What became of each stream: how many calls were made, what failed and how, and when they were answered,
 *   counted from when they were due: a process that falls behind does not look fast.
 */
export async function runLoad(streams, { seconds, patienceSeconds = 30 }) {
  const results = streams.map(() => ({ made: 0, answered: 0, failures: {}, milliseconds: [] }));
  const startedAt = performance.now();
  let elapsed = 0;
  while (elapsed < seconds) {
    elapsed = Math.min((performance.now() - startedAt) / 1000, seconds);
    for (const [index, { perSecond, call }] of streams.entries()) {
      const result = results[index];
      const due = Math.floor(elapsed * perSecond);
      while (result.made < due) makeCall(call, result, startedAt + ((result.made + 1) * 1000) / perSecond);
    }
    await sleep(1);
  }
  const givenUpAt = performance.now() + patienceSeconds * 1000;
  while (results.some(isWaiting) && performance.now() < givenUpAt) await sleep(5);
  for (const result of results.filter(isWaiting)) result.failures['no answer'] = countWaiting(result);
  return results;
}

function makeCall(call, result, dueAt) {
  result.made += 1;
  call().then(
    () => {
      result.answered += 1;
      result.milliseconds.push(performance.now() - dueAt);
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
