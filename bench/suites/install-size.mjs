import { measureInstall } from '../measure/measure-install.mjs';

/** Ours, and what does the same work: those that verify tokens, and those that are middleware for Express. */
const comparisons = [
  {
    ours: '@auth0/auth0-express-api',
    peers: ['express-oauth2-jwt-bearer', 'express-jwt + jwks-rsa'],
  },
  {
    ours: '@auth0/auth0-api-js',
    peers: ['jose', 'fast-jwt', 'aws-jwt-verify', 'jsonwebtoken + jwks-rsa'],
  },
];

const figures = [
  { what: 'on disk', unit: 'kB', read: ({ bytes }) => bytes / 1000 },
  { what: 'code', unit: 'kB', read: ({ codeBytes }) => codeBytes / 1000 },
  { what: 'packages', unit: 'packages', read: ({ packages }) => packages },
];

/** What an installation puts on the disk. Nothing is timed, so that one look is enough. */
export const installSize = {
  name: 'install-size',
  title: 'Size of an installation',
  measure: async ({ tell }) => {
    const rows = comparisons.flatMap(({ ours, peers }) => {
      tell(ours);
      const own = measureInstall([ours]);
      return peers.flatMap((peer) => compare(ours, own, peer, measureInstall(peer.split(' + '))));
    });
    const notes = [
      'A package and the closure of its dependencies, without peers. Sizes are those of the files, 1 kB is 1,000 bytes.',
      'Ours are counted as npm pack ships them. Code is what Node.js can run; the rest is mostly types, source maps and sources.',
    ];
    return { rows, promises: [], series: [], notes };
  },
};

function compare(name, own, peer, other) {
  return figures.map(({ what, unit, read }) => ({
    name: `${name}, ${what}`,
    peer,
    ours: read(own),
    theirs: read(other),
    ratio: read(other) / read(own),
    unit,
  }));
}
