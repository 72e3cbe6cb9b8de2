import { median } from '../../scripts/faults/median.mjs';

export { median };

/**
 * Lets contenders run one block each, round by round, so that whatever else the machine does meets all of them. Who begins
 * changes from round to round.
 *
 * @template Figures
 * @param {readonly { name: string, run: (round: number) => Promise<Figures> }[]} contenders `run` measures one block.
 * @param {{ rounds: number, warmUpRounds?: number, tell?: (text: string) => void }} settings
 * @returns {Promise<Map<string, Figures[]>>} What each measured, a member for each round; warm-up rounds do not count.
 */
export async function takeTurns(contenders, { rounds, warmUpRounds = 1, tell = () => {} }) {
  const figures = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = -warmUpRounds; round < rounds; round++) {
    tell(round < 0 ? 'warming up' : `round ${round + 1} of ${rounds}`);
    for (let turn = 0; turn < contenders.length; turn++) {
      const { name, run } = contenders[(turn + round + warmUpRounds) % contenders.length];
      const measured = await run(round + warmUpRounds);
      if (round >= 0) figures.get(name).push(measured);
    }
  }
  return figures;
}

/** The middle of the ratios of two lists, member by member: what is slow in a round is slow for both. */
export function medianRatio(dividends, divisors) {
  return median(dividends.map((dividend, round) => dividend / divisors[round]));
}
