import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/ask.js';
import {
  bearerRequest,
  hostileRequests,
  jsonRequest,
  loggedByExpress,
  missingCredentials,
  privateRequest,
} from './support/hostile-requests.js';
import { hostileTokens, type Workshop } from './support/hostile-tokens.js';
import {
  createLoopbackIssuer,
  issuerDocuments,
  sendJson,
  type LoopbackIssuer,
} from './support/loopback-issuer.js';
import { expectResponseTable } from './support/response-table.js';
import { sendAndLeave, sendRaw, type RawReply } from './support/send-raw.js';
import { expressVersions, startApi, type ApiProcess } from './support/start-api.js';

/** A challenge that any parser can read (RFC 6750 section 3). */
const saneChallenge =
  /^WWW-Authenticate: Bearer( error="[a-z_]+", error_description="[\x20\x21\x23-\x5B\x5D-\x7E]{1,200}"(, scope="[a-z: ]+")?)?$/;

function expectSane({ statuses, text }: RawReply): void {
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
  for (const [line] of text.matchAll(/^WWW-Authenticate:[^\r\n]*/gim)) expect(line).toMatch(saneChallenge);
}

describe.each(expressVersions)('a hostile request on %s', (express) => {
  let issuer: LoopbackIssuer;
  let lure: LoopbackIssuer;
  let workshop: Workshop;
  let api: ApiProcess;

  beforeAll(async () => {
    issuer = await createLoopbackIssuer();
    lure = await createLoopbackIssuer();
    workshop = { issuer, lure: lure.issuer };
    api = await startApi({ domain: issuer.domain, audience: issuer.audience, express });
  });

  afterAll(async () => {
    await api.process.stop();
    await issuer.close();
    await lure.close();
  });

  it('A20 may break off while the keys are fetched for it', async () => {
    const held: ServerResponse[] = [];
    issuer.misbehave((_req, res) => held.push(res));
    await sendAndLeave(api.port, bearerRequest(issuer.token()), async () => {
      await expect.poll(() => held.length).toBe(1);
    });
    issuer.misbehave();
    for (const res of held)
      sendJson(res, issuerDocuments(issuer.issuer)['/.well-known/openid-configuration']);
    await expectResponseTable(api.port, issuer);
  });

  it.each(hostileTokens)('gets 401 invalid_token for $name', async ({ make }) => {
    const reply = await sendRaw(api.port, bearerRequest(make(workshop)));
    expectSane(reply);
    expect(reply.statuses).toEqual([401]);
    expect(reply.text).toMatch(/^WWW-Authenticate: Bearer error="invalid_token", /m);
    expect(reply.text).toMatch(/\r\n\r\n\{"error":"invalid_token","error_description":"[^<>\r\n]{1,200}"\}$/);
  });

  it.each(
    missingCredentials.map((credentials) => ({
      name: JSON.stringify(credentials.slice(0, 40)),
      credentials,
    })),
  )('gets the bare challenge for the credentials $name', async ({ credentials }) => {
    const reply = await sendRaw(api.port, privateRequest(`Authorization: ${credentials}`));
    expect(reply.statuses).toEqual([401]);
    expect(reply.text).toMatch(/^WWW-Authenticate: Bearer\r$/m);
    expect(reply.text).toMatch(/\r\nContent-Length: 0\r\n/);
  });

  it.each(hostileRequests)(
    'is answered as it should be: $name',
    async ({ bytes, statuses, isLast = false }) => {
      const reply = await sendRaw(api.port, bytes(issuer.token()), { isLast });
      expectSane(reply);
      expect(statuses).toContainEqual(reply.statuses);
    },
  );

  it('may break off at any point', async () => {
    const whole = jsonRequest('{"text":"more"}', `Authorization: Bearer ${issuer.token()}`).replace(
      'POST',
      'GET',
    );
    const body = whole.indexOf('\r\n\r\n') + 4;
    for (let length = 0; length < body; length += Math.ceil(body / 40)) {
      await sendAndLeave(api.port, whole.slice(0, length));
    }
    await sendAndLeave(api.port, whole);
    await sendAndLeave(api.port, bearerRequest(issuer.token()).repeat(50));
  });

  it('does not become an admin by a member named __proto__', async () => {
    const payload = issuer
      .claims()
      .replace(/}$/, ',"__proto__":{"isAdmin":true,"tier":"premium","scope":"read:messages"}}');
    const header = '{"alg":"RS256","__proto__":{"kid":"x"},"constructor":{"prototype":{"kid":"x"}}}';
    const token = issuer.sign(header, payload);
    const paths = ['/api/private', '/api/admin', '/api/messages', '/api/premium'];
    const replies = await Promise.all(paths.map((path) => ask(api.port, path, { token })));
    expect(replies.map(({ status }) => status)).toEqual([200, 401, 403, 401]);
    expect((await ask(api.port, '/api/admin', { token: issuer.token() })).status).toBe(401);
  });

  it('D7 never makes the API ask an address that a token names', () => {
    expect(lure.requests).toBe(0);
  });

  it('makes the API ask its issuer for an unknown key only now and then', () => {
    // Metadata and keys for the first token and for the first unknown key; the rest fell into the 30 s after that.
    expect(issuer.requests).toBeLessThanOrEqual(6);
  });

  it('leaves the API as it was', async () => {
    await expectResponseTable(api.port, issuer);
  });

  it('ends no process and writes nothing', async () => {
    expect(api.process.end).toBeUndefined();
    expect(await api.process.stop('SIGTERM')).toEqual({ code: null, signal: 'SIGTERM' });
    expect(api.process.stderr).toBe('');
    expect(api.process.stdout).toBe(`API server running at http://localhost:${api.port}\n`);
  });
});

describe.each(expressVersions)('a request that %s itself writes to the log', (express) => {
  let issuer: LoopbackIssuer;
  let api: ApiProcess;

  beforeAll(async () => {
    issuer = await createLoopbackIssuer();
    api = await startApi({ domain: issuer.domain, audience: issuer.audience, express });
  });

  afterAll(async () => {
    await api.process.stop();
    await issuer.close();
  });

  it.each(loggedByExpress)(
    'is answered as it should be: $name',
    async ({ bytes, statuses, isLast = false }) => {
      const reply = await sendRaw(api.port, bytes(issuer.token()), { isLast });
      expectSane(reply);
      expect(statuses).toContainEqual(reply.statuses);
    },
  );

  it('leaves the API as it was', async () => {
    await expectResponseTable(api.port, issuer);
    expect(api.process.end).toBeUndefined();
  });

  it('comes from none of these packages', async () => {
    await api.process.stop('SIGTERM');
    expect(api.process.stderr).not.toBe('');
    expect(api.process.stderr).not.toMatch(/packages\/auth0-|auth0-api|unhandled|UnhandledPromise/i);
  });
});
