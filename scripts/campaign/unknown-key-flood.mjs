import assert from 'node:assert/strict';
import { availableParallelism, loadavg } from 'node:os';
import { createFaultIssuer } from '../faults/create-fault-issuer.mjs';
import { startVerifier } from './start-verifier.mjs';

/** Good calls get this much slower at most: half as slow again, or by this many milliseconds where that is more. */
const slowdown = 1.5;
const slackMilliseconds = 2;

/** FC13, in the process: made-up key ids neither fail nor slow good calls, and hardly reach the issuer. */
export const unknownKeyFlood = {
  title: 'FC13: 5,000 made-up key ids a second beside 500 good calls',
  run: async ({ isQuick, say }) => {
    const seconds = isQuick ? 5 : 60;
    const issuer = await createFaultIssuer();
    const verifier = await startVerifier(issuer);
    try {
      const good = { perSecond: 500, tokens: issuer.tokens(100) };
      const forged = { perSecond: 5000, forgedFrom: good.tokens[0] };
      // The process gets warm first: a quiet time that has its compilation in it would prove nothing.
      await verifier.call('load', [good, forged], { seconds: isQuick ? 1 : 5 });
      const [quiet] = await verifier.call('load', [good], { seconds });
      say(`quiet: ${describe(quiet)}`);
      const [busy, refused] = await verifier.call('load', [good, forged], { seconds });
      say(`flood: ${describe(busy)}; ${refused.made} made-up ones`);
      const fetches = issuer.counts.requests / 2;
      const mostFetches = 2 + Math.floor((2 * seconds) / 30);
      say(`the issuer was asked ${fetches} times for its metadata and keys, in ${2 * seconds} s`);

      assert.equal(busy.answered, busy.made, 'a good call failed');
      assert.deepEqual(refused.failures, { verify_access_token_error: refused.made });
      assert.ok(refused.made >= 5000 * seconds, 'the flood was no flood');
      assert.ok(fetches <= mostFetches, `${fetches} fetches, at most ${mostFetches}`);
      if (loadavg()[0] > availableParallelism())
        return say('the machine is busy with other things: how long calls took is told, not judged');
      const limit = Math.max(quiet.usualP99 * slowdown, quiet.usualP99 + slackMilliseconds);
      assert.ok(busy.usualP99 <= limit, `99th percentile ${busy.usualP99} ms, at most ${limit} ms`);
    } finally {
      await verifier.stop();
      await issuer.close();
    }
  },
};

function describe({ made, answered, p50, p99, usualP99 }) {
  const [median, late, usual] = [p50, p99, usualP99].map((milliseconds) => milliseconds.toFixed(2));
  return `${answered} of ${made} good calls answered, median ${median} ms, 99th percentile ${late} ms, of most seconds ${usual} ms`;
}
