import { describe, expect, it } from 'vitest';
import type { RefusalReason } from '@auth0/auth0-api-js';
import { audience, claimsText, createBench, headerText, issuer, rsaKey, signRaw } from '../support/bench.js';
import { noon, setWallClock } from '../support/clock.js';
import { expectRefusal } from '../support/expect-refusal.js';

const bench = createBench([rsaKey.publicJwk]);
const signed = (claims: string): string => signRaw(rsaKey, headerText(rsaKey), claims);

function refuses(claims: object, reason: RefusalReason): Promise<void> {
  return expectRefusal(bench, signed(claimsText({ ...claims })), reason);
}

async function accepts(claims: object): Promise<void> {
  await expect(
    bench.client.verifyAccessToken({ accessToken: signed(claimsText({ ...claims })) }),
  ).resolves.toBeDefined();
}

/** Claims with a member whose value JavaScript cannot write. */
const withRaw = (name: string, value: string): string => claimsText({ [name]: '@' }).replace('"@"', value);

describe('E, the claims', () => {
  it.each<[string, unknown, RefusalReason]>([
    ['missing', undefined, 'expiry_missing'],
    ['null', null, 'expiry_invalid'],
    ['a string', '9999999999', 'expiry_invalid'],
    ['a list', [9_999_999_999], 'expiry_invalid'],
    ['a boolean', true, 'expiry_invalid'],
    ['an object', {}, 'expiry_invalid'],
    ['negative', -1, 'token_expired'],
    ['zero', 0, 'token_expired'],
    ['beyond 2^53', 2 ** 53, 'expiry_invalid'],
  ])('E1 refuses exp that is %s', (_what, exp, reason) => refuses({ exp }, reason));

  it('E1 refuses exp that overflows to infinity', async () => {
    await expectRefusal(bench, signed(withRaw('exp', '1e400')), 'expiry_invalid');
    await expectRefusal(bench, signed(withRaw('iat', '1e400')), 'issued_at_invalid');
    await expectRefusal(bench, signed(withRaw('nbf', '-1e400')), 'not_before_invalid');
  });

  it.each([
    [0, true],
    [-4, true],
    [-4.5, true],
    [-5, false],
    [-5.5, false],
    [-3600, false],
  ])('E2 judges exp %d s from now, with 5 s of tolerance: %s', async (fromNow, isGood) => {
    setWallClock(noon);
    const claims = { iat: noon - 7200, exp: noon + fromNow };
    await (isGood ? accepts(claims) : refuses(claims, 'token_expired'));
  });

  it.each([
    [-100, true],
    [5, true],
    [5.5, false],
    [6, false],
  ])('E3 judges nbf %d s from now: %s', async (fromNow, isGood) => {
    setWallClock(noon);
    await (isGood
      ? accepts({ nbf: noon + fromNow })
      : refuses({ nbf: noon + fromNow }, 'token_not_yet_valid'));
  });

  it.each(['1', null, [1], {}, false])('E3 refuses nbf: %j', (nbf) => refuses({ nbf }, 'not_before_invalid'));

  it.each([
    [-100_000, true],
    [10, true],
    [10.5, false],
    [11, false],
    [60, false],
    [31_536_000, false],
  ])('E4 judges iat %d s from now: %s', async (fromNow, isGood) => {
    setWallClock(noon);
    const claims = { iat: noon + fromNow };
    await (isGood ? accepts(claims) : refuses(claims, 'issued_in_future'));
  });

  it('E4 refuses iat that is missing or no number', async () => {
    await refuses({ iat: undefined }, 'issued_at_missing');
    for (const iat of ['1', null, [1], {}, true]) await refuses({ iat }, 'issued_at_invalid');
  });

  it.each([
    [[issuer]],
    [{ issuer }],
    ['https://issuer.test'],
    ['https://issuer.test//'],
    ['https://issuer.test/x'],
    ['https://issuer.tes'],
    ['https://ISSUER.test/'],
    ['https://issuer.test/ '],
    ['https://іssuer.test/'],
    ['https://issuer%2Etest/'],
    ['http://issuer.test/'],
    ['https://evil.example/https://issuer.test/'],
    [''],
    [null],
    [7],
  ])('E6 F2 refuses iss: %j, and asks nobody', async (iss) => {
    await expectRefusal(createBench([rsaKey.publicJwk]), signed(claimsText({ iss })), 'issuer_mismatch', {
      asksNobody: true,
    });
  });

  it('E6 refuses a token without iss, and asks nobody', () =>
    expectRefusal(createBench([rsaKey.publicJwk]), signed(claimsText({ iss: undefined })), 'issuer_missing', {
      asksNobody: true,
    }));

  it.each([
    [''],
    [[]],
    [{}],
    [{ audience }],
    [[[audience]]],
    [7],
    [null],
    [[audience, 7]],
    [[audience, null]],
    [true],
    [audience.slice(0, -1)],
    [`${audience}/`],
    [audience.toUpperCase()],
    [`${audience} other`],
    [[`${audience} other`]],
    [`x${audience}`],
  ])('E7 E8 refuses aud: %j', (aud) => refuses({ aud }, 'audience_mismatch'));

  it('E7 refuses a token without aud', () => refuses({ aud: undefined }, 'audience_missing'));

  it('E8 accepts a list that has exactly the audience', () =>
    accepts({ aud: ['https://other.example', audience] }));

  it.each([{ nonce: 'n' }, { at_hash: 'h' }, { c_hash: 'h' }])(
    'E11 says of an ID token that it is one: %j',
    (claims) => refuses({ aud: 'client-id', ...claims }, 'id_token'),
  );

  it('E13 hands out claims that belong to nobody else', async () => {
    const accessToken = signed(claimsText({ deep: { list: [{ a: 1 }] } }));
    const first = await bench.client.verifyAccessToken({ accessToken });
    ((first['deep'] as { list: object[] }).list[0] as { a: number }).a = 2;
    first.sub = 'somebody else';
    delete (first as { exp?: number }).exp;
    const second = await bench.client.verifyAccessToken({ accessToken });
    expect(second).toMatchObject({ sub: 'auth0|abc', deep: { list: [{ a: 1 }] }, exp: expect.any(Number) });
  });

  it('E16 says of a token that is expired and forged only that it is forged', async () => {
    const token = signed(claimsText({ exp: 1, aud: 'x' }));
    const forged = token.replace(/[^.]*$/, Buffer.alloc(256, 1).toString('base64url'));
    await expectRefusal(bench, forged, 'signature_invalid');
  });

  it('E17 judges a token it has seen by the clock of the moment', async () => {
    setWallClock(noon);
    const accessToken = signed(claimsText());
    const verify = (): Promise<unknown> => bench.client.verifyAccessToken({ accessToken });
    await expect(verify()).resolves.toBeDefined();
    setWallClock(noon + 3600);
    await expect(verify()).rejects.toMatchObject({ reason: 'token_expired' });
    setWallClock(noon - 3600);
    await expect(verify()).rejects.toMatchObject({ reason: 'issued_in_future' });
    setWallClock(noon + 1);
    await expect(verify()).resolves.toBeDefined();
  });

  it('asks for required claims, whatever their value', async () => {
    const accessToken = signed(claimsText({ org_id: null }));
    await expect(
      bench.client.verifyAccessToken({ accessToken, requiredClaims: ['org_id'] }),
    ).resolves.toBeDefined();
    await expect(
      bench.client.verifyAccessToken({ accessToken, requiredClaims: ['jti'] }),
    ).rejects.toMatchObject({
      reason: 'claim_missing',
      message: 'missing required "jti" claim',
    });
    await expect(
      bench.client.verifyAccessToken({ accessToken, requiredClaims: ['toString'] }),
    ).rejects.toThrow('"toString"');
  });

  it('refuses a bound token that comes as a plain Bearer', async () => {
    await refuses({ cnf: { jkt: 'abc' } }, 'dpop_bound_token');
    await refuses({ cnf: { jkt: null } }, 'dpop_bound_token');
    await refuses({ cnf: { 'x5t#S256': 'abc' } }, 'certificate_bound_token');
    for (const cnf of [null, [], 'jkt', 7]) await refuses({ cnf }, 'confirmation_invalid');
    await accepts({ cnf: { kid: 'another method' } });
  });
});
