import { badProofs, createDpopClient, type BadProofName } from '@auth0/auth0-api-js/testing';
import { request, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { updateUser } from '../../../src/tenant/users.js';
import type { TrialAnswer } from '../../support/ask.js';
import { boundSeed } from '../../support/bound-seed.js';
import type { TokenAnswer } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const login = {
  grant_type: 'password',
  ...applications.web,
  username: users.plain.email,
  password: users.plain.password,
  scope: 'openid email',
};
const path = '/userinfo';

describe.each([
  ['an opaque token', {}],
  ['a JWT', { audience }],
])('the profile of a user for %s', (_kind, target) => {
  const client = createDpopClient();
  let open: OpenTenant;
  let url: string;
  let bound: string;
  let unbound: string;
  beforeAll(async () => {
    open = await openTenant(boundSeed({ mechanism: 'dpop', required: false }));
    // Bad proofs go by the clock of the machine.
    open.advance(Date.now() - open.tenant.now());
    url = `${open.site.url}${path}`;
    const proof = client.proof({ method: 'POST', url: `${open.site.url}/oauth/token` });
    const issue = (headers: Record<string, string>): Promise<TrialAnswer<TokenAnswer>> =>
      open.ask<TokenAnswer>('POST', '/oauth/token', { body: { ...login, ...target }, headers });
    bound = (await issue({ dpop: proof })).body.access_token;
    unbound = (await issue({})).body.access_token;
  });
  afterAll(() => open.close());

  const ask = (headers: Record<string, string>, method = 'GET'): Promise<TrialAnswer> =>
    open.ask(method, path, { headers });
  const expectRefusal = (answer: TrialAnswer, scheme: 'DPoP' | 'Bearer'): void => {
    expect([answer.status, answer.body]).toEqual([
      401,
      {
        error: 'invalid_token',
        error_description: expect.stringContaining('sent by whoever it is bound to'),
      },
    ]);
    const challenge = answer.headers.get('www-authenticate') ?? '';
    expect(challenge).toMatch(new RegExp(`^${scheme} error="invalid_token", error_description="[^"]+"`));
    expect(challenge.endsWith(', algs="ES256"')).toBe(scheme === 'DPoP');
    expect(answer.headers.get('cache-control')).toBe('no-store');
  };

  it.each(['GET', 'POST'])('is answered to whoever has the key: %s', async (method) => {
    const { status, body } = await ask(client.headers({ method, url, accessToken: bound }), method);
    expect([status, body]).toEqual([
      200,
      { sub: users.plain.user_id, email: users.plain.email, email_verified: false },
    ]);
  });

  it.each(['DPoP', 'dpop', 'DPOP'])('takes the scheme as %s', async (scheme) => {
    const headers = client.headers({ url, accessToken: bound });
    expect((await ask({ ...headers, authorization: `${scheme} ${bound}` })).status).toBe(200);
  });

  it.each(Object.keys(badProofs) as BadProofName[])('is not answered to a bad proof: %s', async (name) => {
    const dpop = client.badProof(name, { url, accessToken: bound });
    expectRefusal(await ask({ authorization: `DPoP ${bound}`, dpop }), 'DPoP');
  });

  it('is answered once for a proof', async () => {
    const headers = client.headers({ url, accessToken: bound });
    expect((await ask(headers)).status).toBe(200);
    expectRefusal(await ask(headers), 'DPoP');
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => ask(client.headers({ url, accessToken: bound }))),
    );
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('is answered to nobody as Bearer, with a proof or without', async () => {
    const { dpop } = client.headers({ url, accessToken: bound });
    expectRefusal(await ask({ authorization: `Bearer ${bound}` }), 'Bearer');
    expectRefusal(await ask({ authorization: `Bearer ${bound}`, dpop }), 'Bearer');
    // The proof was not looked at.
    expect((await ask({ authorization: `DPoP ${bound}`, dpop })).status).toBe(200);
  });

  it('is answered to nobody without a proof, or with the proof of the token request', async () => {
    expectRefusal(await ask({ authorization: `DPoP ${bound}` }), 'DPoP');
    expectRefusal(await ask({ authorization: `DPoP ${bound}`, dpop: '' }), 'DPoP');
    const dpop = client.proof({ method: 'POST', url: `${open.site.url}/oauth/token` });
    expectRefusal(await ask({ authorization: `DPoP ${bound}`, dpop }), 'DPoP');
  });

  it('needs no key for a token that is bound to nothing, and takes none', async () => {
    expect((await ask({ authorization: `Bearer ${unbound}` })).status).toBe(200);
    expectRefusal(await ask(client.headers({ url, accessToken: unbound })), 'DPoP');
    expectRefusal(await ask({ authorization: `DPoP ${unbound}` }), 'DPoP');
  });

  it('is answered by each of the names of the tenant, for a proof of that name', async () => {
    const { port } = new URL(url);
    const names = [`http://localhost:${port}`, `http://127.0.0.1:${port}`, `http://[::1]:${port}`];
    for (const asked of names) {
      for (const named of names) {
        const headers = client.headers({ url: `${named}${path}`, accessToken: bound });
        const { status } = await fetch(`${asked}${path}`, { headers });
        // What the metadata call it is good everywhere.
        const isGood = named === asked || named === open.site.url;
        expect([asked, named, status]).toEqual([asked, named, isGood ? 200 : 401]);
      }
    }
  });

  it('goes by the path and not by the query', async () => {
    const headers = client.headers({ url: `${url}?a=b#c`, accessToken: bound });
    expect((await open.ask('GET', `${path}?c=d`, { headers })).status).toBe(200);
    const withQuery = client.proof({ url, accessToken: bound }, { htu: `${url}?a=b` });
    expect((await ask({ authorization: `DPoP ${bound}`, dpop: withQuery })).status).toBe(200);
  });

  it('believes no forwarded headers', async () => {
    const forwarded = { 'x-forwarded-host': 'tenant.example.com', 'x-forwarded-proto': 'https' };
    const elsewhere = client.headers({ url: `https://tenant.example.com${path}`, accessToken: bound });
    expectRefusal(await ask({ ...elsewhere, ...forwarded }), 'DPoP');
    const here = client.headers({ url, accessToken: bound });
    expect((await ask({ ...here, ...forwarded })).status).toBe(200);
  });

  it('is answered where the whole URL is asked for, as proxies do', async () => {
    const headers = client.headers({ url, accessToken: bound });
    const { hostname, port } = new URL(url);
    const outgoing = request({ hostname, port, path: url, headers });
    outgoing.end();
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    answer.resume();
    expect(answer.statusCode).toBe(200);
  });

  it('takes one line of proof', async () => {
    const { authorization, dpop } = client.headers({ url, accessToken: bound });
    const { dpop: another } = client.headers({ url, accessToken: bound });
    const ways = [
      { dpop: [dpop, another], status: 401 },
      { dpop: [dpop, dpop], status: 401 },
      { dpop: [dpop], status: 200 },
    ];
    for (const { dpop: lines, status } of ways) {
      const outgoing = request(url, { headers: { authorization, dpop: lines } });
      outgoing.end();
      const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
      answer.resume();
      expect(answer.statusCode).toBe(status);
    }
  });

  it('is not answered of a user who is blocked', async () => {
    await updateUser(open.tenant, users.plain.user_id, { blocked: true });
    expectRefusal(await ask(client.headers({ url, accessToken: bound })), 'DPoP');
    await updateUser(open.tenant, users.plain.user_id, { blocked: false });
    expect((await ask(client.headers({ url, accessToken: bound }))).status).toBe(200);
  });
});
