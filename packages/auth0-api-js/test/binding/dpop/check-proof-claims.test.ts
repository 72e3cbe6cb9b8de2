import { createHash, createSecretKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkProofClaims } from '../../../src/binding/dpop/check-proof-claims.js';
import type { ProofDemands, ProofPolicy } from '../../../src/binding/dpop/check-proof.js';
import { ProofKeys } from '../../../src/binding/dpop/proof-keys.js';
import { Nonces } from '../../../src/binding/nonce/nonces.js';
import { noon, setWallClock } from '../../support/clock.js';

const now = (): number => noon * 1000;
const policy: ProofPolicy = {
  algorithms: new Set(['ES256']),
  iatOffset: 300,
  iatLeeway: 30,
  nonces: undefined,
  keys: new ProofKeys(),
  now,
};
const demands: ProofDemands = {
  method: 'GET',
  url: 'https://api.test/a',
  accessToken: 'token',
  thumbprint: undefined,
};
const ath = createHash('sha256').update('token').digest('base64url');
const good = { jti: 'j', htm: 'GET', htu: 'https://api.test/a', iat: noon, ath };
const nonces = new Nonces({ secrets: [createSecretKey(Buffer.alloc(32, 1))], lifetimeSeconds: 300, now });
const withNonces = { ...policy, nonces };

const check = (claims: object, given = policy, asked = demands): ReturnType<typeof checkProofClaims> =>
  checkProofClaims(claims as Record<string, unknown>, given, asked);
const refusal = (reason: string, message: unknown = expect.any(String)): unknown =>
  expect.objectContaining({ reason, message });

describe('checkProofClaims', () => {
  it('says what the store is to know', () => {
    expect(check(good)).toEqual({ jti: 'j', lifetimeSeconds: 335, usableSince: noon - 30 });
    const other = { ...policy, iatOffset: 10, iatLeeway: 0 };
    expect(check({ ...good, iat: noon - 7.5 }, other)).toEqual({
      jti: 'j',
      lifetimeSeconds: 15,
      usableSince: noon - 7.5,
    });
  });

  it.each(['jti', 'htm', 'htu', 'ath'])('asks for %s, and a text that is not empty', (name) => {
    for (const value of ['', 7, null, {}, ['GET'], undefined])
      expect(() => check({ ...good, [name]: value })).toThrow(
        refusal('proof_claim_invalid', `"${name}" claim must be a string`),
      );
    const { [name as 'jti']: _gone, ...rest } = good;
    expect(() => check(rest)).toThrow(refusal('proof_claim_invalid'));
    expect(() => check(Object.assign(Object.create(good), rest) as object)).toThrow(
      refusal('proof_claim_invalid'),
    );
  });

  it.each(['iat', 'exp', 'nbf'])('takes %s for a number only', (name) => {
    for (const value of ['', `${noon}`, null, {}, [noon], true, Infinity, Number.NaN])
      expect(() => check({ ...good, [name]: value })).toThrow(
        refusal('proof_claim_invalid', `"${name}" claim must be a number`),
      );
  });

  it.each(['get', 'POST', 'GET ', 'HEAD'])('refuses the method %j', (htm) => {
    expect(() => check({ ...good, htm })).toThrow(refusal('proof_method_mismatch'));
  });

  it('takes any method that the request has', () => {
    for (const method of ['get', 'PROPFIND', '__proto__'])
      expect(check({ ...good, htm: method }, policy, { ...demands, method })).toMatchObject({ jti: 'j' });
  });

  it.each([
    'http://api.test/a',
    'https://api.test/A',
    'https://api.test/a/',
    'https://api.test:444/a',
    'https://other.test/a',
    '/a',
    'x',
  ])('refuses the URL %s', (htu) => {
    expect(() => check({ ...good, htu })).toThrow(refusal('proof_url_mismatch'));
  });

  it('compares URLs in normal form', () => {
    for (const htu of ['HTTPS://API.test:443/%61', 'https://api.test/b/../a?c#d'])
      expect(check({ ...good, htu })).toMatchObject({ jti: 'j' });
  });

  it.each([
    [-300.001, false],
    [-300, true],
    [0, true],
    [30, true],
    [30.001, false],
  ])('judges a proof that was made %d s from now: %s', (seconds, isAccepted) => {
    const iat = noon + seconds;
    if (isAccepted) expect(check({ ...good, iat })).toMatchObject({ usableSince: iat - 30 });
    else expect(() => check({ ...good, iat })).toThrow(refusal('proof_time_not_accepted'));
  });

  it.each([
    ['exp', -30, false],
    ['exp', -29.999, true],
    ['exp', 1e9, true],
    ['nbf', 30.001, false],
    ['nbf', 30, true],
    ['nbf', -1e9, true],
  ])('judges %s %d s from now: %s', (name, seconds, isAccepted) => {
    for (const given of [policy, withNonces]) {
      const claims = { ...good, nonce: nonces.current(), [name]: noon + seconds };
      if (isAccepted) expect(check(claims, given)).toMatchObject({ jti: 'j' });
      else expect(() => check(claims, given)).toThrow(refusal('proof_time_not_accepted'));
    }
  });

  it('asks for the hash of the token, where there is one', () => {
    const none = { ...demands, accessToken: undefined };
    expect(() => check({ ...good, ath: 'x' })).toThrow(refusal('proof_token_mismatch'));
    expect(() => check(good, policy, { ...demands, accessToken: 'other' })).toThrow(
      refusal('proof_token_mismatch'),
    );
    expect(() => check(good, policy, { ...demands, accessToken: '' })).toThrow(
      refusal('proof_token_mismatch'),
    );
    for (const value of [undefined, 'x', 7])
      expect(check({ ...good, ath: value }, policy, none)).toMatchObject({ jti: 'j' });
  });

  it('goes by nonces where they are asked for, whatever the time of the client', () => {
    const nonce = nonces.current();
    for (const iat of [0, noon, noon + 1e9])
      expect(check({ ...good, iat, nonce }, withNonces)).toEqual({
        jti: 'j',
        lifetimeSeconds: 605,
        usableSince: noon - 5,
      });
    expect(() => check({ ...good, iat: undefined, nonce }, withNonces)).toThrow(
      refusal('proof_claim_invalid'),
    );
    for (const wrong of [undefined, '', 'x', 7, [nonce], `${nonce} `])
      expect(() => check({ ...good, nonce: wrong }, withNonces)).toThrow(
        expect.objectContaining({ name: 'DpopNonceRequiredError', reason: 'nonce_required' }),
      );
    const inherited = Object.assign(Object.create({ nonce }) as object, good);
    expect(() => check(inherited, withNonces)).toThrow(refusal('nonce_required'));
    expect(check({ ...good, nonce: 7 })).toMatchObject({ jti: 'j' });
  });

  it('asks for a nonce last, so that only a proof that does otherwise is sent again', () => {
    for (const claims of [{ htm: 'POST' }, { htu: 'x' }, { ath: 'x' }, { iat: 'x' }, { exp: 1 }])
      expect(() => check({ ...good, ...claims }, withNonces)).toThrow(
        expect.objectContaining({ name: 'InvalidDpopProofError' }),
      );
  });

  it('goes by the clock of the system unless told otherwise', () => {
    setWallClock(noon + 1000);
    expect(() => check(good, { ...policy, now: undefined })).toThrow(refusal('proof_time_not_accepted'));
    expect(check(good)).toMatchObject({ jti: 'j' });
    expect(() => check(good, { ...policy, now: () => Number.NaN })).toThrow(TypeError);
  });
});
