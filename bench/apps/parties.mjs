/** Who is compared in whole apps. `name` is another for each, `peer` is the library, `file` is where its app is. */
export const ours = { name: 'ours', file: 'ours' };

export const peers = [
  { name: 'express-oauth2-jwt-bearer', peer: 'express-oauth2-jwt-bearer', file: 'express-oauth2-jwt-bearer' },
  { name: 'jose', peer: 'jose in a middleware', file: 'jose' },
  { name: 'express-jwt', peer: 'express-jwt + jwks-rsa', file: 'express-jwt' },
];

/** Those that know DPoP, told to use it. */
export const oursWithDpop = { ...ours, name: 'ours, DPoP' };

export const peersWithDpop = [{ ...peers[0], name: 'express-oauth2-jwt-bearer, DPoP' }];
