import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Acceptances } from '../replay/acceptances.mjs';
import { startFleet } from '../replay/start-fleet.mjs';
import { startProofLoad } from '../replay/start-proof-load.mjs';
import { startRedis } from '../replay/start-redis.mjs';

const size = 8;
const proofsAtATime = 8;
/** So many are killed at a time, so that more are up than down. */
const killers = 3;
/** What the machine is busy with is no outage: this is about what is left behind by those that were killed. */
const replay = { deadlineMilliseconds: 10_000 };

/** FC19: processes are killed in the middle of requests, and no proof is accepted twice because of that. */
export const replayKills = {
  title: `FC19: ${size} processes over one Redis, killed at random under load`,
  run: async ({ isQuick, say }) => {
    const kills = isQuick ? 10 : 200;
    const redis = await startRedis();
    const fleet = await startFleet({ size, redisUrl: redis.url, replay });
    const acceptances = new Acceptances();
    const written = [];
    const load = startProofLoad(fleet, acceptances, proofsAtATime);
    try {
      let left = kills;
      const killSome = async (killer) => {
        while (left > 0) {
          left -= 1;
          await sleep(randomInt(20, 200));
          const index = randomInt(Math.floor(size / killers)) * killers + killer;
          written.push(fleet.members[index].child.written.stderr);
          await fleet.restart(index);
        }
      };
      await Promise.all(Array.from({ length: killers }, (_, killer) => killSome(killer)));
      await load.stop();
      say(`${kills} killed and started again; ${JSON.stringify(acceptances.verdicts)}`);
      say(`${acceptances.count} proofs accepted once`);
      const lost = Object.keys(acceptances.verdicts).filter((verdict) => verdict.startsWith('E'));
      await load.sendOldOnes();
      acceptances.check();
      assert.ok(acceptances.count > kills, 'there was no load');
      assert.ok(lost.length > 0, 'nobody was killed in the middle of a request');
      const known = new Set([...lost, 'accepted', 'replayed']);
      for (const verdict of Object.keys(acceptances.verdicts)) assert.ok(known.has(verdict), verdict);
      assert.deepEqual(
        written.filter((text) => text !== ''),
        [],
      );
    } finally {
      await load.stop();
      await fleet.stop();
      await redis.stop();
    }
  },
};
