import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { createFaultIssuer } from '../faults/create-fault-issuer.mjs';
import { answerStatus } from '../faults/faults.mjs';
import { startVerifier } from './start-verifier.mjs';

const unavailable = 'temporarily_unavailable';
const refused = 'verify_access_token_error';

/** FC14: a flood, an outage and a rotation at the same time; the callers whose key is known notice nothing. */
export const floodOutageRotation = {
  title: 'FC14: made-up key ids, an outage and a rotation together',
  run: async ({ isQuick, say }) => {
    const phaseSeconds = isQuick ? 2.5 : 20;
    const keys = {
      freshSeconds: isQuick ? 1 : 5,
      minFreshSeconds: 0,
      unknownKeyCooldownSeconds: isQuick ? 1 : 5,
      minBackOffSeconds: 0.1,
      maxBackOffSeconds: isQuick ? 1 : 5,
    };
    const issuer = await createFaultIssuer();
    const verifier = await startVerifier(issuer, { keys });
    try {
      const good = { perSecond: 500, tokens: issuer.tokens(100) };
      const forged = { perSecond: 5000, forgedFrom: good.tokens[0] };
      const load = verifier.call('load', [good, forged], { seconds: 4 * phaseSeconds });
      await sleep(phaseSeconds * 1000);

      issuer.misbehave(answerStatus(503));
      await sleep(phaseSeconds * 1000);
      issuer.rotateKeys();
      const newer = issuer.token();
      const during = await countFailures(verifier, newer, phaseSeconds);
      say(`away and rotated: a token of the new key got ${JSON.stringify(during)}`);
      assert.deepEqual(Object.keys(during), [unavailable], 'a good token was called bad');

      const faults = issuer.counts.faults;
      issuer.misbehave();
      const seconds = await untilAnswered(verifier, newer);
      say(`back: the new key is known after ${seconds.toFixed(2)} s; ${faults} requests while it was away`);
      assert.ok(seconds <= keys.maxBackOffSeconds * 1.25 + 1, 'the recovery came too late');
      assert.ok(
        faults > 0 && faults <= 10 + (8 * phaseSeconds) / keys.maxBackOffSeconds,
        `${faults} requests`,
      );

      const [known, madeUp] = await load;
      say(`${known.answered} of ${known.made} good calls answered; ${JSON.stringify(madeUp.failures)}`);
      assert.equal(known.answered, known.made, 'a good call failed');
      assert.equal(madeUp.answered, 0);
      assert.deepEqual(Object.keys(madeUp.failures).sort(), [unavailable, refused]);
    } finally {
      await verifier.stop();
      await issuer.close();
    }
  },
};

/** Has a token verified over and over for a time, and counts how it failed. */
async function countFailures(verifier, token, seconds) {
  const [{ answered, failures }] = await verifier.call('load', [{ perSecond: 50, tokens: [token] }], {
    seconds,
  });
  assert.equal(answered, 0, 'the new key cannot be known');
  return failures;
}

/** How many seconds it takes until a token is accepted. */
async function untilAnswered(verifier, token) {
  const startedAt = performance.now();
  for (;;) {
    const { answered } = await verifier.call('verifyEach', [token]);
    const seconds = (performance.now() - startedAt) / 1000;
    if (answered === 1 || seconds > 60) return seconds;
    await sleep(10);
  }
}
