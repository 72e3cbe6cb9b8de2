import { once } from 'node:events';
import { createServer } from 'node:http';
import { createSigningIssuer } from './create-tokens.mjs';

const keysPath = '/.well-known/jwks.json';

/**
 * Serves an issuer on this machine, so that each library finds its keys the way it does in earnest.
 *
 * @param {{ claims?: (number: number) => object }} settings What a token has beyond the usual claims, by its number.
 */
export async function serveIssuer({ claims }) {
  const documents = new Map();
  const server = createServer(({ url }, res) => {
    const document = documents.get(url);
    res.writeHead(document === undefined ? 404 : 200, { 'content-type': 'application/json' });
    res.end(JSON.stringify(document ?? {}));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const domain = `http://127.0.0.1:${server.address().port}`;
  const jwksUri = `${domain}${keysPath}`;
  const { issuer, audience, jwk, create } = createSigningIssuer({
    alg: 'RS256',
    claims,
    issuer: `${domain}/`,
  });
  documents.set('/.well-known/openid-configuration', { issuer, jwks_uri: jwksUri });
  documents.set(keysPath, { keys: [jwk] });
  return {
    /** What an app must know to verify tokens of it. */
    settings: { domain, issuer, audience, jwksUri, jwk },
    /** Signs the tokens with these numbers. */
    create,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
