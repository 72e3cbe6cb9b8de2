import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ApiClient, type ApiClientOptions, type AuthError } from '@auth0/auth0-api-js';
import { explainAccessToken, type CheckName, type TokenExplanation } from '@auth0/auth0-api-js/explain';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { internalsOf, type ApiClient as InnerClient } from '../../src/api-client.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { audience, claimsText, createBench, headerText, issuer, rsaKey, signRaw } from '../support/bench.js';
import { createExplainBench, findFailed, key, makeToken } from '../support/explain-bench.js';

const noon = Date.parse('2026-11-25T12:00:00Z');
const at = (time: string): number => Date.parse(time) / 1000;
const atNoon = { now: () => noon };
const timesAtNoon = { iat: at('2026-11-25T11:00:00Z'), exp: at('2026-11-25T13:00:00Z') };

function find({ checks }: TokenExplanation, name: CheckName): TokenExplanation['checks'][number] {
  const check = checks.find((one) => one.name === name);
  if (check === undefined) throw new Error(`There is no check ${name}.`);
  return check;
}

/** Explains a token of the RSA key at noon. */
async function explainAtNoon(
  claims: object,
  options: Partial<ApiClientOptions> = {},
): Promise<TokenExplanation> {
  const { client } = createBench([rsaKey.publicJwk], { ...atNoon, ...options });
  const token = signRaw(rsaKey, headerText(rsaKey), claimsText({ ...timesAtNoon, ...claims }));
  return explainAccessToken(client, token);
}

describe('an explanation', () => {
  it('is plain data with what the token says', async () => {
    const explanation = await explainAtNoon({ sub: 'auth0|ada' });
    expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
    expect(explanation).toMatchObject({
      verdict: 'accepted',
      statusCode: 200,
      header: { alg: 'RS256', typ: 'at+jwt', kid: rsaKey.kid },
      claims: { iss: issuer, aud: audience, sub: 'auth0|ada', ...timesAtNoon },
    });
    expect(explanation).not.toHaveProperty('reason');
    expect(explanation.checks.map(({ name }) => name)).not.toContain('scopes');
  });

  it('tells times as people do', async () => {
    const expired = await explainAtNoon({ exp: at('2026-11-25T09:00:00Z') });
    expect(findFailed(expired)).toEqual({
      name: 'expiry',
      title: 'Not expired',
      outcome: 'failed',
      expected: 'After 2026-11-25T11:59:55Z: now less 5 seconds',
      found: '2026-11-25T09:00:00Z, 3 hours ago',
      fix: expect.stringContaining('Get a new token'),
    });
    const early = await explainAtNoon({ nbf: noon / 1000 + 90 });
    expect(findFailed(early)).toMatchObject({
      expected: 'No nbf, or one not after 2026-11-25T12:00:05Z: now and 5 seconds',
      found: '2026-11-25T12:01:30Z, in 2 minutes',
    });
    const ahead = await explainAtNoon({ iat: noon / 1000 + 11 });
    expect(findFailed(ahead)).toMatchObject({
      expected: 'Not after 2026-11-25T12:00:10Z: now and 10 seconds',
      found: '2026-11-25T12:00:11Z, in 11 seconds',
    });
    const odd = await explainAtNoon({ exp: '1764068400' });
    expect(findFailed(odd).found).toBe(`exp "1764068400", iat ${timesAtNoon.iat}, no nbf`);
  });

  it('names the tolerance where only that lets a time pass', async () => {
    const now = noon / 1000;
    const within = 'within the tolerance of';
    const late = await explainAtNoon({ exp: now - 1, nbf: now + 5, iat: now + 10 });
    expect(late.verdict).toBe('accepted');
    expect(find(late, 'expiry').found).toBe(`2026-11-25T11:59:59Z, 1 second ago, ${within} 5 seconds`);
    expect(find(late, 'not_before').found).toBe(`2026-11-25T12:00:05Z, in 5 seconds, ${within} 5 seconds`);
    expect(find(late, 'issued_at').found).toBe(`2026-11-25T12:00:10Z, in 10 seconds, ${within} 10 seconds`);
    const last = await explainAtNoon({ exp: now });
    expect(find(last, 'expiry').found).toBe(`2026-11-25T12:00:00Z, now, ${within} 5 seconds`);
    const inTime = await explainAtNoon({ exp: now + 1, nbf: now, iat: now });
    const ends = await explainAtNoon({ exp: now - 5 });
    for (const { checks } of [inTime, ends]) {
      expect(checks.map(({ found }) => found).join()).not.toContain(within);
    }
  });

  it.each(['none', 'None', 'nOnE'])('never advises to accept an unsigned token: %s', async (alg) => {
    const { client } = createExplainBench();
    const token = makeToken({ header: { alg }, change: (made) => made.replace(/[^.]*$/, '') });
    const explanation = await explainAccessToken(client, token);
    expect(explanation.reason).toBe('algorithm_not_allowed');
    expect(findFailed(explanation)).toMatchObject({
      found: `${alg}: the token is not signed`,
      fix: expect.stringMatching(/not signed.*never add none/),
    });
  });

  it('says what is wrong with a signature that is made with a secret', async () => {
    const explanation = await explainAccessToken(
      createExplainBench().client,
      makeToken({ header: { alg: 'HS256' } }),
    );
    expect(findFailed(explanation).fix).toContain('signed with a secret: whoever can check');
  });

  it('compares audiences and issuers as they are written', async () => {
    const others = await explainAtNoon({ aud: ['https://a.example.com', `${audience} `] });
    expect(findFailed(others)).toMatchObject({
      expected: audience,
      found: `["https://a.example.com","${audience} "]`,
    });
    const idToken = await explainAtNoon({ aud: 'client', at_hash: 'x' });
    expect(findFailed(idToken).found).toBe('client, in an ID token');
    const other = await explainAtNoon({ iss: 'https://issuer.test' });
    expect(findFailed(other)).toMatchObject({ expected: issuer, found: 'https://issuer.test' });
    expect(find(other, 'audience')).toEqual({
      name: 'audience',
      title: 'Audience',
      outcome: 'not_reached',
      expected: audience,
    });
  });

  it('names the keys that the issuer has for the algorithm', async () => {
    const others = [rsaKey.publicJwk, { ...createTestKey('RS256').publicJwk, kid: 'two' }, key.publicJwk];
    const { client } = createBench(others);
    const explain = async (kid: string | undefined): Promise<TokenExplanation> =>
      explainAccessToken(client, signRaw(rsaKey, headerText(rsaKey, { kid }), claimsText()));
    const expected = `A key of the issuer for RS256: ${rsaKey.kid}, two`;
    expect(findFailed(await explain('three'))).toMatchObject({ name: 'key', expected, found: 'three' });
    expect(findFailed(await explain(undefined))).toMatchObject({ name: 'key', expected, found: 'No kid' });
    expect(find(await explain(rsaKey.kid), 'key')).toMatchObject({ expected, found: rsaKey.kid });
  });

  it('fetches no keys for a token that needs none', async () => {
    const { client, requests } = createExplainBench();
    const explanation = await explainAccessToken(client, makeToken({ claims: { iss: 'x' } }));
    expect(requests).toEqual([]);
    expect(find(explanation, 'key').expected).toBe('A key that the issuer publishes');
  });

  it('names the scopes that are missing', async () => {
    const { client } = createExplainBench();
    const token = makeToken({ claims: { scope: 'openid read:messages' } });
    const explain = (scopes: string | string[]): Promise<TokenExplanation> =>
      explainAccessToken(client, token, { scopes });
    expect(findFailed(await explain('read:messages write:messages admin'))).toMatchObject({
      expected: 'read:messages write:messages admin',
      found: 'Without write:messages admin; there is: openid read:messages',
    });
    expect(find(await explain(['read:messages']), 'scopes').found).toBe('openid read:messages');
  });

  it.each([
    ['token_malformed', (token: string) => `${token}.x`, /^4 parts, \d+ characters$/],
    [
      'token_malformed',
      (token: string) => `${token} `,
      /^3 parts, \d+ characters; the signature is not base64url$/,
    ],
    ['token_malformed', (token: string) => token.replace('.', '=.'), /; the header is not base64url$/],
    [
      'token_malformed',
      (token: string) => token.replace(/\.[^.]*\./, '.e30K_.'),
      /; the payload is not base64url$/,
    ],
    [
      'token_malformed',
      (token: string) => token.replace(/\.[^.]*\./, '.W10.'),
      /; the claims cannot be read$/,
    ],
    [
      'token_malformed',
      (token: string) => token.replaceAll('.', '=.=').concat('='),
      /; the header, the payload and the signature are not base64url$/,
    ],
    ['header_malformed', (token: string) => token.replace(/^[^.]*/, 'W10'), /; the header cannot be read$/],
    ['token_opaque', () => 'opaque', /^1 part, 6 characters$/],
    ['credentials_missing', () => '', /^Nothing$/],
  ])('says what is wrong with the form of a token: %s', async (reason, change, found) => {
    const explanation = await explainAccessToken(createExplainBench().client, makeToken({ change }));
    expect(explanation.reason).toBe(reason);
    expect(findFailed(explanation).found).toMatch(found);
  });

  it('shows of a token what can be read, and no member that could pollute a prototype', async () => {
    const { client } = createExplainBench();
    const cut = await explainAccessToken(
      client,
      makeToken({ change: (token) => token.replace(/\.[^.]*$/, '') }),
    );
    expect(cut).toMatchObject({
      reason: 'token_malformed',
      header: { kid: key.kid },
      claims: { iss: issuer },
    });
    const encrypted = await explainAccessToken(
      client,
      makeToken({ change: (token) => token.replace(/\..*/, '..a.b.c') }),
    );
    expect(encrypted).toMatchObject({ reason: 'token_encrypted', header: { kid: key.kid } });
    expect(encrypted).not.toHaveProperty('claims');
    const raw = signRaw(key, headerText(key), `{"__proto__":{"isAdmin":true},${claimsText().slice(1)}`);
    const { claims = {} } = await explainAccessToken(client, raw);
    expect(Object.keys(claims)).toContain('iss');
    expect(Object.hasOwn(claims, '__proto__')).toBe(false);
    const large = await explainAccessToken(client, makeToken({ claims: { large: 'x'.repeat(16_384) } }));
    expect(large).not.toHaveProperty('header');
  });

  it('cuts what a token says, and lets no character of it do anything', async () => {
    const nasty = `\u001b[2J\u0085\u202e\u2028${'🔑'.repeat(400)}`;
    for (const claims of [
      { aud: nasty },
      { iss: nasty },
      { exp: nasty },
      { cnf: { [nasty]: 1, jkt: 'x' } },
    ]) {
      const { found = '' } = findFailed(await explainAtNoon(claims));
      expect(Array.from(found)).toHaveLength(300);
      expect(found).toMatch(/\\u001b.*\\u0085.*\\u202e.*\\u2028(?:🔑)+…$/u);
      expect(found).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    }
  });
});

describe('explainAccessToken', () => {
  it('emits no event, and does not remember the token', async () => {
    const { client, events } = createExplainBench();
    const verdicts = internalsOf(client as unknown as InnerClient)?.verifier.verdicts;
    const token = makeToken({});
    await explainAccessToken(client, makeToken({ claims: { aud: 'x' } }));
    await explainAccessToken(client, token);
    expect(events).toEqual([]);
    expect(verdicts?.get(token)).toBeUndefined();
    await client.verifyAccessToken({ accessToken: token });
    expect(verdicts?.get(token)).toBeDefined();
  });

  it('is undecided while the keys cannot be had', async () => {
    const { client, events } = createBench([]);
    const explanation = await explainAccessToken(client, signRaw(rsaKey, headerText(rsaKey), claimsText()));
    expect(explanation).toMatchObject({
      verdict: 'undecided',
      statusCode: 503,
      reason: 'issuer_keys_invalid',
      description: 'Access tokens cannot be verified at the moment',
    });
    expect(findFailed(explanation)).toMatchObject({
      name: 'key',
      found: "No keys: none in the issuer's key set can be used",
    });
    expect(events.map(({ type }) => type)).toEqual(['outage']);

    const down = await createTestIssuer();
    down.setDown(true);
    const { domain, fetch: customFetch } = down;
    const away = new ApiClient({ domain, audience: down.audience, customFetch, onEvent: () => {} });
    expect(findFailed(await explainAccessToken(away, down.accessToken())).found).toContain(
      'could not be reached',
    );
  });

  it('refuses what is no client, no token, no scope and no option', async () => {
    const { client } = createExplainBench();
    const explain = explainAccessToken as (...given: unknown[]) => Promise<unknown>;
    await expect(explain({}, 'x')).rejects.toThrow('The client is no ApiClient');
    await expect(explain(client, 7)).rejects.toThrow("'accessToken' must be a string");
    await expect(explain(client, 'x', { scopes: [] })).rejects.toThrow('at least one scope');
    await expect(explain(client, 'x', { scope: 'a' })).rejects.toThrow("Did you mean 'scopes'?");
  });

  it('says of any token what the client says', { timeout: 30_000 }, async () => {
    const { client } = createExplainBench();
    const odd = fc.constantFrom<unknown>(
      undefined,
      null,
      7,
      '',
      'x',
      [],
      {},
      -1,
      1e16,
      'HS256',
      'Ed25519',
      'JWT',
    );
    const members = (names: readonly string[]): fc.Arbitrary<Record<string, unknown>> =>
      fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 2 });
    const edit = fc.record({
      at: fc.nat(400),
      drop: fc.integer({ min: 0, max: 2 }),
      insert: fc.string({ unit: fc.constantFrom(...'AZaz09-_.= '.split('')), maxLength: 2 }),
    });
    const anyToken = fc
      .record({
        header: members(['alg', 'typ', 'kid', 'crit', 'cty', 'enc', 'x']),
        claims: members(['iss', 'aud', 'exp', 'iat', 'nbf', 'cnf', 'nonce', 'x']),
        edits: fc.oneof(
          { weight: 3, arbitrary: fc.array(edit, { maxLength: 0 }) },
          fc.array(edit, { maxLength: 2 }),
        ),
      })
      .map(({ header, claims, edits }) =>
        edits.reduce(
          (token, { at: place, drop, insert }) =>
            `${token.slice(0, place)}${insert}${token.slice(place + drop)}`,
          makeToken({ header, claims }),
        ),
      );
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(anyToken, async (accessToken) => {
        const explanation = await explainAccessToken(client, accessToken);
        const verdict = await client.verifyAccessToken({ accessToken }).then(
          (claims) => ({ verdict: 'accepted', statusCode: 200, claims }),
          ({ reason, statusCode, message }: AuthError) => ({
            verdict: 'refused',
            statusCode,
            reason,
            ...(message !== '' && { description: message }),
          }),
        );
        expect(explanation).toMatchObject(verdict);
        seen.add(explanation.reason ?? 'accepted');
      }),
      { numRuns: 3000, seed: 7519 },
    );
    expect(seen.size).toBeGreaterThan(20);
    expect(seen).toContain('accepted');
  });
});
