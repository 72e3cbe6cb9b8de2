import { startChild } from '../../scripts/faults/start-child.mjs';
import { warmTokenCount } from '../measure/create-tokens.mjs';
import { takeTurns } from '../measure/take-turns.mjs';
import { handful } from './handful.mjs';

const module = new URL('./verifier-process.mjs', import.meta.url);

/**
 * Measures contenders side by side, each in a process of its own.
 *
 * @param {import('./comparisons.mjs').Contender[]} contenders
 * @param {{ issuer: string, audience: string, alg: string, jwk: object, tokens: string[] }} issued Whoever gets tokens
 *   that it has not seen gets each of these once.
 * @param {{ rounds: number, warmUpRounds: number, coldBlock: number, warmBlock: number, tell: (text: string) => void }} plan
 *   Blocks are so many tokens, whole hundreds.
 * @returns {Promise<Map<string, { cpu: number, wall: number }[]>>} What each measured, by its name, a member for each
 *   round.
 */
export async function measureContenders(contenders, issued, { coldBlock, warmBlock, ...turns }) {
  const few = { ...issued, tokens: issued.tokens.slice(0, warmTokenCount) };
  const started = contenders.map((contender) => ({
    ...contender,
    child: startChild(module),
  }));
  try {
    await Promise.all(
      started.map(({ library, isWarm, child }) => child.call('create', library, isWarm ? few : issued)),
    );
    const parties = started.map(({ name, isWarm, child }) => ({
      name,
      run: () => child.call('measure', (isWarm ? warmBlock : coldBlock) / handful),
    }));
    return await takeTurns(parties, turns);
  } finally {
    await Promise.all(started.map(({ child }) => child.stop()));
  }
}
