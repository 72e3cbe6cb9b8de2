import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { warmTokenCount } from '../measure/create-tokens.mjs';
import { createRotation } from '../measure/create-rotation.mjs';
import { serveIssuer } from '../measure/serve-issuer.mjs';
import { tokenCacheBound } from '../measure/token-cache-bound.mjs';
import { writeRequest } from '../measure/write-request.mjs';

/** Tokens with these numbers and above are bound to the key of the DPoP client. */
const firstBound = 1e9;
/** A token that comes again after so many others is forgotten by then. */
const fewestCold = Math.max(12_000, 2 * tokenCacheBound.maxEntries);
/** Where the app's own address does not matter to a library, this one does: a proof is good for one URL. */
const protectedUrl = 'http://localhost/protected';

/**
 * Prepares requests with tokens of an issuer on this machine: with tokens seen before, with tokens never seen, with none.
 *
 * @param {number} coldRequests How many of the second kind one app gets, at most. Each has a token of its own, up to so
 *   many that any cache has forgotten the first.
 */
export async function prepareRequests(coldRequests) {
  const client = createDpopClient();
  const confirmation = { cnf: { jkt: client.thumbprint } };
  const issuer = await serveIssuer({ claims: (number) => (number < firstBound ? {} : confirmation) });
  const warm = await issuer.create(0, warmTokenCount);
  const cold = await issuer.create(warmTokenCount, Math.min(coldRequests, fewestCold));
  const bound = await issuer.create(firstBound, warmTokenCount);
  const prove = (accessToken) => client.headers({ url: protectedUrl, method: 'GET', accessToken });
  const open = (name, next) => ({ name, status: 200, next: () => writeRequest('/open', next()) });
  const closed = (name, next) => ({ name, status: 200, next: () => writeRequest('/protected', next()) });

  return {
    /** What an app is told. */
    settings: { ...issuer.settings, tokens: warm },
    /** For one app. Another app has not seen the tokens that this one has. */
    createKinds: () => {
      const headers = (tokens) => createHeaders(createRotation(tokens));
      const next = createRotation(bound);
      const proofs = () => prove(next());
      const bareHeaders = headers(warm);
      return {
        open: open('open', () => ({})),
        control: open('control', () => ({})),
        openWithToken: open('openWithToken', headers(warm)),
        bareRoute: { name: 'bareRoute', status: 200, next: () => writeRequest('/bare', bareHeaders()) },
        warm: closed('warm', headers(warm)),
        cold: closed('cold', headers(cold)),
        openWithProof: open('openWithProof', proofs),
        dpop: closed('dpop', proofs),
      };
    },
    close: issuer.close,
  };
}

function createHeaders(takeToken) {
  return () => ({ authorization: `Bearer ${takeToken()}` });
}
