import assert from 'node:assert/strict';
import { createFaultIssuer } from '../faults/create-fault-issuer.mjs';
import { startChild } from '../faults/start-child.mjs';
import { startApp } from './start-app.mjs';

const goodConnections = 3;
const forgedConnections = 30;

/** FC13 over HTTP: as many requests as the machine gives. */
export const unknownKeyFloodHttp = {
  title: 'FC13 over HTTP: made-up key ids against an Express app, as fast as it answers',
  run: async ({ isQuick, say }) => {
    const seconds = isQuick ? 5 : 60;
    const issuer = await createFaultIssuer();
    const app = await startApp(issuer);
    const client = startChild(new URL('./http-load-process.mjs', import.meta.url));
    try {
      const load = { port: app.port, tokens: issuer.tokens(100), goodConnections };
      await client.call('load', { ...load, seconds: 1, forgedConnections });
      const [quiet] = await client.call('load', { ...load, seconds, forgedConnections: 0 });
      say(`quiet: ${describe(quiet, seconds)}, good ones only`);
      const [good, forged] = await client.call('load', { ...load, seconds, forgedConnections });
      say(`flood: ${describe(good, seconds)} good ones beside ${describe(forged, seconds)} made-up ones`);
      const fetches = issuer.counts.requests / 2;
      const mostFetches = 2 + Math.floor((2 * seconds) / 30);
      say(`the issuer was asked ${fetches} times for its metadata and keys, in ${2 * seconds} s`);

      assert.deepEqual(good.statuses, { 200: good.made }, 'a good request failed');
      assert.deepEqual(forged.statuses, { 401: forged.made });
      assert.ok(forged.made > 100 * seconds, 'the flood was no flood');
      assert.ok(fetches <= mostFetches, `${fetches} fetches, at most ${mostFetches}`);
      assert.deepEqual(app.child.written, { stdout: '', stderr: '' }, 'the app wrote something');
    } finally {
      await client.stop();
      await app.child.stop();
      await issuer.close();
    }
  },
};

function describe({ made, p50, p99 }, seconds) {
  return `${Math.round(made / seconds)} requests a second (median ${p50.toFixed(1)} ms, 99th percentile ${p99.toFixed(1)} ms)`;
}
