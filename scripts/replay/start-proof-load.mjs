import { randomInt } from 'node:crypto';

const sendings = 3;
const mostOld = 500;
/** Some of the proofs are sent again later, as a thief does who waited. */
const againShare = 0.3;

/**
 * Sends proofs to random processes of a fleet until it is stopped: each at once to three of them, and some of them again
 * later.
 *
 * @param {import('./acceptances.mjs').Acceptances} acceptances What takes note of the answers.
 * @param {number} atATime How many proofs are on their way at a time.
 */
export function startProofLoad(fleet, acceptances, atATime) {
  const old = [];
  let isOver = false;
  let sendsOldOnes = true;
  const send = async (headers) => {
    let index = randomInt(fleet.members.length);
    while (fleet.members[index].isDown) index = (index + 1) % fleet.members.length;
    acceptances.note(headers, await fleet.ask(index, headers));
  };
  const run = async () => {
    while (!isOver) {
      const headers = fleet.headers();
      await Promise.all(Array.from({ length: sendings }, () => send(headers)));
      if (!sendsOldOnes) continue;
      if (old.length < mostOld) old.push(headers);
      else old[randomInt(mostOld)] = headers;
      if (Math.random() < againShare) await send(old[randomInt(old.length)]);
    }
  };
  const runs = Array.from({ length: atATime }, run);
  return {
    /** Sends new proofs only from now on, and keeps none of them. */
    leaveOldOnes: () => {
      sendsOldOnes = false;
    },
    /** Sends some hundreds of those that it has sent once more, whatever came of them. */
    sendOldOnes: async () => {
      const left = old.values();
      const sendRest = async () => {
        for (const headers of left) await send(headers);
      };
      await Promise.all(Array.from({ length: atATime }, sendRest));
    },
    stop: async () => {
      isOver = true;
      await Promise.all(runs);
    },
  };
}
