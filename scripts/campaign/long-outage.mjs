import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiClient } from '@auth0/auth0-api-js';
import { createFaultIssuer } from '../faults/create-fault-issuer.mjs';
import { answerStatus } from '../faults/faults.mjs';

/** FC02: the issuer goes away while keys are in memory, stays away beyond what they may serve for, and comes back. */
export const longOutage = {
  title: 'FC02: an outage from the first second to beyond the stale window, and back',
  run: async ({ isQuick, say }) => {
    const keys = {
      freshSeconds: isQuick ? 1 : 5,
      minFreshSeconds: 0,
      staleSeconds: isQuick ? 4 : 45,
      minBackOffSeconds: 0.1,
      maxBackOffSeconds: isQuick ? 0.5 : 5,
    };
    const events = [];
    const issuer = await createFaultIssuer();
    const client = new ApiClient({
      domain: issuer.domain,
      audience: issuer.audience,
      keys,
      onEvent: (event) => events.push(event),
    });
    const verify = () =>
      client.verifyAccessToken({ accessToken: issuer.token() }).then(readNothing, readCode);
    try {
      assert.equal(await verify(), 'answered');
      issuer.misbehave(answerStatus(503));
      const usableSeconds = keys.freshSeconds + keys.staleSeconds;
      const served = await countUntil(verify, ({ secondsIn }) => secondsIn >= usableSeconds - 0.2);
      say(`while the keys may serve (${usableSeconds} s): ${JSON.stringify(served)}`);
      await sleep(400);
      const beyond = await countUntil(verify, ({ secondsIn }) => secondsIn >= keys.maxBackOffSeconds);
      say(`beyond: ${JSON.stringify(beyond)}; ${issuer.counts.faults} requests to the issuer in all`);
      issuer.misbehave();
      const startedAt = performance.now();
      await countUntil(verify, ({ outcome, secondsIn }) => outcome === 'answered' || secondsIn > 60);
      const recovery = (performance.now() - startedAt) / 1000;
      say(`back: answered again after ${recovery.toFixed(2)} s`);
      say(`events: ${events.map(({ type }) => type).join(', ')}`);

      assert.deepEqual(Object.keys(served), ['answered']);
      assert.deepEqual(Object.keys(beyond), ['temporarily_unavailable']);
      assert.ok(recovery <= keys.maxBackOffSeconds + 0.5, 'the recovery came too late');
      const told = events.filter(({ type }) => type !== 'refusal').map(({ type }) => type);
      assert.deepEqual(told, ['outage', 'keys_stale', 'keys_expired', 'recovery']);
      const { faults } = issuer.counts;
      const most = 10 + (4 * (usableSeconds + keys.maxBackOffSeconds)) / keys.maxBackOffSeconds;
      assert.ok(faults > 0 && faults <= most, `${faults} requests during the outage, at most ${most}`);
    } finally {
      client.close();
      await issuer.close();
    }
  },
};

const readNothing = () => 'answered';
const readCode = ({ code }) => code;

/** Makes fifty calls a second until it is enough, and counts what became of them. */
async function countUntil(verify, isEnough) {
  const counts = {};
  const startedAt = performance.now();
  for (;;) {
    const outcome = await verify();
    counts[outcome] = (counts[outcome] ?? 0) + 1;
    if (isEnough({ outcome, secondsIn: (performance.now() - startedAt) / 1000 })) return counts;
    await sleep(20);
  }
}
