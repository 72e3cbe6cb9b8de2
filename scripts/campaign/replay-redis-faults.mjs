import { percentile } from '../faults/percentile.mjs';
import { Acceptances } from '../replay/acceptances.mjs';
import { redisFaults } from '../replay/redis-faults.mjs';
import { startFleet } from '../replay/start-fleet.mjs';
import { startProofLoad } from '../replay/start-proof-load.mjs';
import { startRedis } from '../replay/start-redis.mjs';
import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const deadlineMilliseconds = 50;
/** What an answer takes beside that, on a machine that has nothing else to do. */
const slackMilliseconds = 50;
const proofsAtATime = 4;
const proofsBetween = 50;
const mostRecoverySeconds = 30;
const lost = 'replay_store_lost';
/** Proofs are refused for as long after a loss; it is 30 by default. */
const iatLeeway = 0;

/** FC18: whatever befalls Redis, no proof is accepted twice, answers are 503 in time, and it ends by itself. */
export const replayRedisFaults = {
  title: 'FC18: two processes while their Redis fails in every way',
  run: async ({ isQuick, say }) => {
    const redis = await startRedis();
    const milliseconds = [];
    try {
      for (const fault of redisFaults) {
        const seconds = isQuick ? 0.4 : fault.lastsLong ? 5 : 3;
        const result = await withFleet(redis, async (fleet) => undergo(fault, { redis, fleet, seconds }));
        milliseconds.push(...result.outageMilliseconds);
        say(`${fault.title}: ${describe(result)}`);
      }
      const p99 = percentile(milliseconds, 0.99);
      say(`all answers with 503: ${milliseconds.length}, 99th percentile ${p99.toFixed(1)} ms`);
      if (loadavg()[0] > availableParallelism())
        return say('the machine is busy with other things: how long answers took is told, not judged');
      const limit = deadlineMilliseconds + slackMilliseconds;
      assert.ok(p99 <= limit, `answers with 503 took ${p99} ms, at most ${limit} ms`);
    } finally {
      await redis.stop();
    }
  },
};

/** Starts processes for one fault: they tell of the same failure once in a minute only. */
async function withFleet(redis, use) {
  const fleet = await startFleet({ size: 2, redisUrl: redis.url, dpop: { iatLeeway } });
  try {
    const result = await use(fleet);
    const { members } = fleet;
    const errors = await Promise.all(members.map(({ child }) => child.call('clientErrors')));
    for (const { child } of members) assert.deepEqual(child.written, { stdout: '', stderr: '' });
    return { ...result, clientErrors: errors.join(' and ') };
  } finally {
    await fleet.stop();
  }
}

/** Lets a fault come and go under load. */
async function undergo(fault, { redis, fleet, seconds }) {
  const acceptances = new Acceptances();
  const events = fleet.members.map(() => []);
  const load = startProofLoad(fleet, acceptances, proofsAtATime);
  try {
    await untilAccepted(acceptances);
    await fault.prepare?.({ redis });
    // Of what is written from now on, a copy that was made knows nothing.
    await untilAccepted(acceptances);
    await fault.begin({ redis, fleet });
    await sleep(2 * deadlineMilliseconds);
    const before = acceptances.count;
    await sleep(seconds * 1000);
    const during = acceptances.count - before;
    load.leaveOldOnes();
    await fault.end({ redis });
    const startedAt = performance.now();
    await load.sendOldOnes();
    await untilAccepted(acceptances);
    await load.sendOldOnes();
    const isOutage = fault.reasons.length > 0;
    if (isOutage) {
      assert.equal(during, 0, `${fault.title}: proofs were accepted`);
      await untilRecovered(fleet, events, fault);
    }
    const recoverySeconds = (performance.now() - startedAt) / 1000;
    await load.stop();
    await takeEvents(fleet, events);

    acceptances.check();
    assert.ok(acceptances.count > 0, `${fault.title}: there was no load`);
    checkVerdicts(acceptances.verdicts, isOutage);
    const reasons = readReasons(events.flat());
    // On a busy machine Redis may get no turn within the deadline.
    const unexpected = isOutage ? [] : reasons.filter((reason) => reason !== 'replay_store_timeout');
    assert.deepEqual(unexpected, [], fault.title);
    const { verdicts, outageMilliseconds } = acceptances;
    return { verdicts, outageMilliseconds, recoverySeconds, reasons };
  } finally {
    await load.stop();
  }
}

/** Waits until some more proofs were accepted. */
async function untilAccepted(acceptances) {
  const enough = acceptances.count + proofsBetween;
  const startedAt = performance.now();
  while (acceptances.count < enough) {
    const seconds = (performance.now() - startedAt) / 1000;
    assert.ok(seconds < mostRecoverySeconds, `nothing was accepted within ${mostRecoverySeconds} s`);
    await sleep(5);
  }
}

/**
 * Waits until each process has told of all there is to tell, and then that its store is back. A loss is told by those who
 * are sent a proof from before it, so they are: on a busy machine some may have connected again only when none came by
 * itself.
 */
async function untilRecovered(fleet, events, { title, reasons }) {
  const startedAt = performance.now();
  const hasTold = (told) => reasons.every((reason) => readReasons(told).includes(reason));
  const isBack = (told) => told.at(-1)?.type === 'replay_store_recovery' && hasTold(told);
  for (;;) {
    await takeEvents(fleet, events);
    if (events.every(isBack)) return;
    const seconds = (performance.now() - startedAt) / 1000;
    const all = JSON.stringify(events.map(readReasons));
    assert.ok(seconds < mostRecoverySeconds, `${title}: not back after ${seconds} s; told ${all}`);
    for (const [index, told] of events.entries()) {
      if (hasTold(told)) continue;
      const { verdict } = await fleet.ask(index, fleet.headers(undefined, seconds + 2));
      if (reasons.includes(lost)) assert.notEqual(verdict, 'accepted', title);
    }
    await sleep(20);
  }
}

async function takeEvents(fleet, events) {
  for (const [index, { child }] of fleet.members.entries())
    events[index].push(...(await child.call('takeEvents')));
}

/** A process that was restarted on purpose breaks connections off; nothing else may be answered in another way. */
function checkVerdicts(verdicts, isOutage) {
  const expected = ['accepted', 'replayed', '503', 'ECONNRESET'];
  for (const verdict of Object.keys(verdicts)) assert.ok(expected.includes(verdict), `answered ${verdict}`);
  if (isOutage) assert.ok(verdicts['503'] > 0, 'nobody noticed the fault');
}

function readReasons(events) {
  return [...new Set(events.flatMap(({ reason }) => (reason === undefined ? [] : [reason])))];
}

function describe({ verdicts, outageMilliseconds, recoverySeconds, reasons, clientErrors }) {
  const counts = Object.entries(verdicts).map(([verdict, count]) => `${count} ${verdict}`);
  if (reasons.length === 0) return `${counts.join(', ')}; nothing told`;
  const [median, late] = [0.5, 0.99].map((share) => percentile(outageMilliseconds, share).toFixed(1));
  return (
    `${counts.join(', ')}; told ${reasons.join(', ')}; 503 after ${median} ms (median), ${late} ms (99th percentile); ` +
    `back after ${recoverySeconds.toFixed(1)} s; errors that the Redis clients told: ${clientErrors}`
  );
}
