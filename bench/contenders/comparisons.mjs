const bare = 'bare crypto.verify';
const cacheless = ['jose', 'fast-jwt', 'aws-jwt-verify', 'jsonwebtoken'];

/** What is compared for every algorithm. */
const basics = [
  {
    what: 'verify',
    ours: 'ours',
    temperature: 'cold',
    peers: [bare, ...cacheless, 'fast-jwt with cache'],
  },
  { what: 'verify', ours: 'ours', temperature: 'warm', peers: ['fast-jwt with cache'] },
];

/** What is compared beyond that for the algorithm that most tokens have. */
const extras = [
  {
    what: 'verify',
    ours: 'ours',
    temperature: 'warm',
    peers: ['fast-jwt with cache by token', bare, 'jose', 'aws-jwt-verify', 'jsonwebtoken'],
  },
  { what: 'verifyAccessToken()', ours: 'ours, as a promise', temperature: 'cold', peers: ['jose'] },
  {
    what: 'verifyAccessToken()',
    ours: 'ours, as a promise',
    temperature: 'warm',
    peers: ['fast-jwt with cache', 'jose'],
  },
];

/** What a library cannot. */
const missing = { 'aws-jwt-verify': 'PS256', jsonwebtoken: 'EdDSA' };

/**
 * Lists what is compared for an algorithm, one peer in each.
 *
 * @returns {{ name: string, peer: string, ours: Contender, theirs: Contender }[]}
 */
export function listComparisons(alg) {
  const groups = alg === 'RS256' ? [...basics, ...extras] : basics;
  return groups.flatMap(({ what, ours, temperature, peers }) =>
    peers
      .filter((peer) => missing[peer] !== alg)
      .map((peer) => ({
        name: `${what} ${alg}, ${temperature}`,
        peer,
        ours: createContender(ours, temperature),
        theirs: createContender(peer, temperature),
      })),
  );
}

/**
 * A library that verifies tokens that it has seen, or that it has not. For one without a cache they are all alike.
 *
 * @typedef {{ library: string, isWarm: boolean, name: string }} Contender `name` is another for each.
 */
function createContender(library, temperature) {
  const isWarm = temperature === 'warm' && library !== bare && !cacheless.includes(library);
  return { library, isWarm, name: `${library}, ${isWarm ? 'warm' : 'cold'}` };
}
