import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorize, authorizePath, callback, readAnswer } from '../../support/authorize-requests.js';
import { boundSeed } from '../../support/bound-seed.js';
import { createBrowser } from '../../support/browser.js';
import { createProver, type Prover } from '../../support/create-prover.js';
import { createCode, lastLog, readToken, requestToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications } from '../../support/trial-tenant.js';

const { web } = applications;

describe('dpop_jkt', () => {
  let open: OpenTenant;
  let owner: Prover;
  beforeAll(async () => {
    open = await openTenant(boundSeed({ mechanism: 'dpop', required: false }));
    owner = createProver(open);
  });
  afterAll(() => open.close());

  const exchange = (code: string | undefined) => ({
    grant_type: 'authorization_code',
    ...web,
    code,
    redirect_uri: callback,
  });
  const logIn = async (dpopJkt?: string): Promise<Record<string, string>> =>
    readAnswer(await authorize(createBrowser(open.site.url), { dpop_jkt: dpopJkt }));

  it('binds the code of a login to the key', async () => {
    const { code } = await logIn(owner.thumbprint);
    const { status, body } = await owner.request(exchange(code));
    expect([status, readToken(body.access_token).claims['cnf']]).toEqual([200, { jkt: owner.thumbprint }]);
  });

  it('is not needed: without it a code is good for each key, or for none', async () => {
    const other = createProver(open);
    expect((await owner.request(exchange((await logIn())['code']))).body.token_type).toBe('DPoP');
    expect((await other.request(exchange((await logIn())['code']))).body.token_type).toBe('DPoP');
    const { code } = await logIn();
    expect((await requestToken(open.ask, exchange(code))).body.token_type).toBe('Bearer');
  });

  it.each<[string, (body: ReturnType<typeof exchange>) => Promise<{ status: number; body: object }>, string]>(
    [
      [
        'another key',
        (body) => createProver(open).request(body),
        'The authorization code is bound to the key of another DPoP proof.',
      ],
      [
        'no proof',
        (body) => requestToken(open.ask, body),
        'The authorization code is bound to a key. Send a DPoP proof of that key in the header DPoP.',
      ],
    ],
  )('refuses %s, and the code is not good any more then', async (_, send, description) => {
    const body = exchange(createCode(open, { dpop_jkt: owner.thumbprint }));
    const answer = await send(body);
    expect([answer.status, answer.body]).toEqual([
      403,
      { error: 'invalid_grant', error_description: description },
    ]);
    expect(lastLog(open)).toMatchObject({ type: 'feacft', client_id: web.client_id, description });
    // Whoever had it is not the one that it was given to: it is one try, as with a wrong verifier.
    expect((await owner.request(body)).body.error_description).toBe('Invalid authorization code');
  });

  it.each([
    ['too short', 'a'.repeat(42)],
    ['too long', 'a'.repeat(44)],
    ['of another alphabet', `${'a'.repeat(42)}+`],
    ['padded', `${'a'.repeat(43)}=`],
    ['with a line break', `${'a'.repeat(43)}\n`],
  ])('is refused where it is %s, and the application learns why', async (_, dpopJkt) => {
    const answer = readAnswer(await createBrowser(open.site.url).open(authorizePath({ dpop_jkt: dpopJkt })));
    expect(answer).toEqual({
      error: 'invalid_request',
      error_description:
        'Parameter dpop_jkt must be the SHA-256 thumbprint of a key: 43 characters of base64url',
      state: 'the state',
    });
  });

  it('does not keep the second use of a code, with whatever key, from ending what the first one gave', async () => {
    const code = createCode(open, {
      dpop_jkt: owner.thumbprint,
      access: { audience: undefined, scopes: ['openid'] },
    });
    const { body } = await owner.request(exchange(code));
    const ask = async (): Promise<number> => {
      const headers = owner.headers(body.access_token, 'GET', '/userinfo');
      return (await open.ask('GET', '/userinfo', { headers })).status;
    };
    expect(await ask()).toBe(200);
    expect((await createProver(open).request(exchange(code))).status).toBe(403);
    expect(await ask()).toBe(401);
  });
});
