import { once } from 'node:events';
import { createServer } from 'node:http';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';

/**
 * Starts an issuer on this machine that can misbehave: real keys, real tokens, real sockets. It counts what it is asked,
 * and what it answers wrongly, so that whoever uses it can prove that the fault was there.
 */
export async function createFaultIssuer() {
  const counts = { requests: 0, faults: 0 };
  /** @type {import('node:http').RequestListener | undefined} */
  let fault;
  const server = createServer((req, res) => {
    counts.requests += 1;
    if (fault === undefined) return void answerWell(req, res);
    counts.faults += 1;
    return fault(req, res);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${server.address().port}`;
  const well = await createTestIssuer({ domain: origin, lifetimeSeconds: 6 * 3600 });

  async function answerWell({ url }, res) {
    const response = await well.fetch(`${origin}${url}`);
    res.writeHead(response.status, { 'content-type': 'application/json' }).end(await response.text());
  }

  return {
    /** For the `domain` option. */
    domain: origin,
    issuer: well.issuer,
    audience: well.audience,
    jwksUri: `${origin}/.well-known/jwks.json`,
    counts,
    token: well.accessToken,
    rotateKeys: well.rotateKeys,
    keys: () => well.keys,
    /** Good tokens of as many callers. */
    tokens: (count) =>
      Array.from({ length: count }, (_, index) => well.accessToken({ sub: `user-${index}` })),
    /** Answers as an issuer does that is well, for a fault that only comes late. */
    answerWell,
    /** Answers every request like this from now on; well again without. */
    misbehave: (how) => {
      fault = how;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
