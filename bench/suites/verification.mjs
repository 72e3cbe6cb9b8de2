import { listComparisons } from '../contenders/comparisons.mjs';
import { measureContenders } from '../contenders/measure-contenders.mjs';
import { algorithmNames, createTokens, warmTokenCount } from '../measure/create-tokens.mjs';
import { median, medianRatio } from '../measure/take-turns.mjs';

const full = {
  RS256: { rounds: 31, warmUpRounds: 8, coldBlock: 1000, warmBlock: 5000 },
  others: { rounds: 15, warmUpRounds: 6, coldBlock: 1000, warmBlock: 5000 },
};
const quick = {
  RS256: { rounds: 7, warmUpRounds: 8, coldBlock: 500, warmBlock: 2000 },
  others: { rounds: 3, warmUpRounds: 5, coldBlock: 500, warmBlock: 2000 },
};

/** What verifying one token costs, beside the signature alone and beside other libraries. */
export const verification = {
  name: 'verification',
  title: 'Verifying a token',
  measure: async ({ isQuick, tell }) => {
    const plans = isQuick ? quick : full;
    const rows = [];
    const promises = [];
    for (const alg of algorithmNames) {
      const figures = await measureAlgorithm(alg, plans[alg] ?? plans.others, tell);
      rows.push(...compare(alg, figures, 'cpu', 'µs CPU'));
      if (alg !== 'RS256') continue;
      rows.push(...compare(alg, figures, 'wall', 'µs wall'));
      promises.push(...judge(figures));
    }
    return { rows, promises, series: [], notes: describe(plans) };
  },
};

/** Each token is used once, so that whoever has not seen it has not, however much is remembered. */
async function measureAlgorithm(alg, plan, tell) {
  tell(`${alg}: signing tokens`);
  const issued = await createTokens({ alg, count: (plan.rounds + plan.warmUpRounds) * plan.coldBlock });
  const parties = listComparisons(alg).flatMap(({ ours, theirs }) => [ours, theirs]);
  const contenders = [...new Map(parties.map((party) => [party.name, party])).values()];
  return measureContenders(contenders, issued, { ...plan, tell: (text) => tell(`${alg}: ${text}`) });
}

function compare(alg, figures, time, unit) {
  const read = ({ name }) => figures.get(name).map((figure) => figure[time]);
  return listComparisons(alg).map(({ name, peer, ours, theirs }) => ({
    name,
    peer,
    ours: median(read(ours)),
    theirs: median(read(theirs)),
    ratio: medianRatio(read(theirs), read(ours)),
    unit,
  }));
}

/** What must be true of RS256. */
function judge(figures) {
  const cpu = (name) => figures.get(name).map((figure) => figure.cpu);
  const cold = cpu('ours, cold');
  const ofBare = medianRatio(cold, cpu('bare crypto.verify, cold'));
  const ofFastJwt = medianRatio(cold, cpu('fast-jwt, cold'));
  const joseOfCold = medianRatio(cpu('jose, cold'), cold);
  const cachedOfWarm = medianRatio(cpu('fast-jwt with cache, warm'), cpu('ours, warm'));
  const promise = (text, value, limit, holds) => ({ text, value, limit, unit: '×', holds });
  return [
    promise(
      'verifying an RS256 token never seen costs at most 1.30 × bare crypto.verify',
      ofBare,
      1.3,
      ofBare <= 1.3,
    ),
    promise(
      'verifying an RS256 token never seen costs less than fast-jwt without its cache takes',
      ofFastJwt,
      1,
      ofFastJwt < 1,
    ),
    promise(
      'verifying an RS256 token never seen costs jose at least 3 × as much',
      joseOfCold,
      3,
      joseOfCold >= 3,
    ),
    promise(
      'verifying an RS256 token seen before costs fast-jwt with its cache at least 1.4 × as much',
      cachedOfWarm,
      1.4,
      cachedOfWarm >= 1.4,
    ),
  ];
}

function describe({ RS256, others }) {
  const { coldBlock, warmBlock } = RS256;
  return [
    'Each library has a process of its own. All get the same headers, as they come from a socket, and check algorithm, issuer, audience and time as far as they can; one token after another.',
    `Medians of ${RS256.rounds} rounds for RS256 and ${others.rounds} for the others, after ${RS256.warmUpRounds} and ${others.warmUpRounds} that warm up; ratios within a round.`,
    `Cold: blocks of ${coldBlock} tokens, each used once. Warm: blocks of ${warmBlock}, out of ${warmTokenCount} that were seen before. The garbage collector runs when it wants, and counts.`,
    'CPU is that of the whole process; jose works on other threads too.',
    'bare crypto.verify, jose, aws-jwt-verify and jsonwebtoken keep nothing of a token: one seen before costs them as much.',
    'fast-jwt with cache keeps 1,000 tokens, finds them by a hash and hands out one object to all; “by token” finds them without the hash, as its documentation shows. Ours hands out fresh claims.',
    'aws-jwt-verify has no PS256, jsonwebtoken no EdDSA.',
  ];
}
