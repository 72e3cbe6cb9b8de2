import { describeMachine } from '../faults/describe-machine.mjs';
import { abortedRequests } from './aborted-requests.mjs';
import { floodOutageRotation } from './flood-outage-rotation.mjs';
import { longOutage } from './long-outage.mjs';
import { replayKills } from './replay-kills.mjs';
import { replayMillion } from './replay-million.mjs';
import { replayRedisFaults } from './replay-redis-faults.mjs';
import { unknownKeyFlood } from './unknown-key-flood.mjs';
import { unknownKeyFloodHttp } from './unknown-key-flood-http.mjs';

const runs = [
  unknownKeyFlood,
  unknownKeyFloodHttp,
  floodOutageRotation,
  longOutage,
  abortedRequests,
  replayKills,
  replayRedisFaults,
  replayMillion,
];

/**
 * Runs all of the campaign, one after another, and ends with a line of counts.
 *
 * @param {{ isQuick: boolean }} scale Whether each run is short.
 */
export async function runCampaign({ isQuick }) {
  console.log(describeMachine());
  let failed = 0;
  for (const { title, run } of runs) {
    console.log(`\n— ${title}`);
    const say = (line) => console.log(`  ${line}`);
    try {
      await run({ isQuick, say });
      say('passed');
    } catch (error) {
      failed += 1;
      say(`FAILED: ${error.stack}`);
    }
  }
  console.log(`\n${runs.length - failed} passed, ${failed} failed, 0 skipped`);
  process.exitCode = failed === 0 ? 0 : 1;
}
