import { describe, expect, it } from 'vitest';
import type { DpopOptions } from '@auth0/auth0-api-js';
import { signRaw } from '../support/bench.js';
import { noon, setWallClock } from '../support/clock.js';
import {
  boundToken,
  createProofBench,
  jwkOf,
  proofFor,
  proofHeader,
  proofIssuer,
  proofKey,
  proofPayload,
  thumbprintOf,
} from '../support/proof-bench.js';

const bench = createProofBench();
const thumbprint = thumbprintOf(jwkOf(proofKey));

describe('G14, the time of a proof', () => {
  /** What becomes of a proof that was made so many seconds after noon, at noon. */
  const at = (seconds: number, dpop: DpopOptions = {}): Promise<string> => {
    setWallClock(noon);
    const token = boundToken();
    return createProofBench({ dpop }).judge(token, proofFor(token, { iat: noon + seconds }));
  };
  const late = 'proof_time_not_accepted';

  it.each([
    [0, 'accepted'],
    [-299, 'accepted'],
    [-300, 'accepted'],
    [-300.001, late],
    [-301, late],
    [30, 'accepted'],
    [29.9, 'accepted'],
    [30.001, late],
    [31, late],
    [-noon, late],
    [-noon - 1, late],
    [3600, late],
    [2 ** 53, late],
    [1e300, late],
  ])('G14 is at most 300 s ago and 30 s ahead: %d s, %s', async (seconds, expected) => {
    expect(await at(seconds)).toBe(expected);
  });

  it.each([
    [{ iatOffset: 60 }, -60, 'accepted'],
    [{ iatOffset: 60 }, -61, late],
    [{ iatOffset: 0 }, 0, 'accepted'],
    [{ iatOffset: 0 }, -1, late],
    [{ iatOffset: 0.5 }, -0.5, 'accepted'],
    [{ iatOffset: 3600 }, -3600, 'accepted'],
    [{ iatLeeway: 0 }, 0, 'accepted'],
    [{ iatLeeway: 0 }, 0.1, late],
    [{ iatLeeway: 300 }, 300, 'accepted'],
    [{ iatLeeway: 300 }, 301, late],
    [{ iatLeeway: 300 }, -300, 'accepted'],
    [{ iatLeeway: 300 }, -301, late],
  ])('G14 is bounded by the options %j: %d s, %s', async (dpop, seconds, expected) => {
    expect(await at(seconds, dpop)).toBe(expected);
  });

  it.each(['1e400', '-1e400', 'NaN', '1_800_000_000', '0x6B49D200', '[1800000000]', '"1800000000"', 'null'])(
    'G14 is a number that JSON has: %s',
    async (text) => {
      setWallClock(noon);
      const token = boundToken();
      const payload = proofPayload(token).replace(`"iat":${noon}`, `"iat":${text}`);
      expect(payload).toContain(text);
      const isJson = !['NaN', '1_800_000_000', '0x6B49D200'].includes(text);
      expect(await bench.judge(token, signRaw(proofKey, proofHeader(), payload))).toBe(
        isJson ? 'proof_claim_invalid' : 'proof_malformed',
      );
    },
  );

  it('G14 may be a float', async () => {
    setWallClock(noon);
    const token = boundToken();
    const payload = proofPayload(token).replace(`"iat":${noon}`, `"iat":1.8e9`);
    expect(await bench.judge(token, signRaw(proofKey, proofHeader(), payload))).toBe('accepted');
  });
});

describe('G15, more than a proof needs', () => {
  const judge = (claims: object, header: object = {}): Promise<string> => {
    setWallClock(noon);
    const token = boundToken();
    return bench.judge(token, proofFor(token, { ...claims }, { ...header }));
  };

  it('G15 is accepted', async () => {
    expect(
      await judge(
        { iss: 'client', sub: 'x', aud: 'y', nonce: 'unasked', deep: { a: [1, { b: 2 }] }, claims: [] },
        { kid: 'k', cty: 'json', x: 1, deep: {} },
      ),
    ).toBe('accepted');
  });

  it.each([
    [{ exp: noon + 60, nbf: noon - 60 }, 'accepted'],
    [{ exp: noon - 29 }, 'accepted'],
    [{ exp: noon - 30 }, 'proof_time_not_accepted'],
    [{ exp: noon - 3600 }, 'proof_time_not_accepted'],
    [{ exp: 0 }, 'proof_time_not_accepted'],
    [{ nbf: noon }, 'accepted'],
    [{ nbf: noon + 30 }, 'accepted'],
    [{ nbf: noon + 31 }, 'proof_time_not_accepted'],
    [{ exp: null }, 'proof_claim_invalid'],
    [{ exp: `${noon + 60}` }, 'proof_claim_invalid'],
    [{ nbf: {} }, 'proof_claim_invalid'],
    [{ nbf: false }, 'proof_claim_invalid'],
  ])('G15 counts where it is exp or nbf: %j, %s', async (claims, expected) => {
    expect(await judge(claims)).toBe(expected);
  });
});

describe('G17 to G19, the token of a proof', () => {
  const judge = (cnf: unknown, scheme = 'DPoP', isProven = true): Promise<string> => {
    const token = proofIssuer.accessToken({ cnf });
    return bench.judge(token, isProven ? proofFor(token) : undefined, {
      scheme,
      httpMethod: scheme === 'DPoP' || isProven ? 'GET' : undefined,
    });
  };

  it.each<[string, unknown, string]>([
    ['another thumbprint', { jkt: thumbprintOf({ kty: 'EC' }) }, 'dpop_binding_mismatch'],
    ['a thumbprint in another case', { jkt: thumbprint.toLowerCase() }, 'dpop_binding_mismatch'],
    ['a padded thumbprint', { jkt: `${thumbprint}=` }, 'dpop_binding_mismatch'],
    ['a thumbprint with a space', { jkt: `${thumbprint} ` }, 'dpop_binding_mismatch'],
    ['a part of it', { jkt: thumbprint.slice(0, -1) }, 'dpop_binding_mismatch'],
    ['an empty one', { jkt: '' }, 'dpop_binding_mismatch'],
    ['one in a list', { jkt: [thumbprint] }, 'dpop_binding_mismatch'],
    ['null', { jkt: null }, 'dpop_binding_mismatch'],
    ['the key itself', { jwk: jwkOf(proofKey) }, 'dpop_binding_missing'],
    ['a name in another case', { JKT: thumbprint }, 'dpop_binding_missing'],
    ['nothing', {}, 'dpop_binding_missing'],
    ['no confirmation', undefined, 'dpop_binding_missing'],
    ['a confirmation that is null', null, 'confirmation_invalid'],
    ['a confirmation that is a list', [{ jkt: thumbprint }], 'confirmation_invalid'],
    ['a confirmation that is a text', thumbprint, 'confirmation_invalid'],
    ['a key and a certificate', { jkt: thumbprint, 'x5t#S256': thumbprint }, 'certificate_bound_token'],
    ['a key and what is unknown', { jkt: thumbprint, another: 1 }, 'accepted'],
    ['the key', { jkt: thumbprint }, 'accepted'],
  ])('G17 is bound to %s', async (_what, cnf, expected) => {
    expect(await judge(cnf)).toBe(expected);
  });

  it('G17 G19 is what is wrong then, as the challenge says', async () => {
    const token = proofIssuer.accessToken();
    const unbound = await bench.refuse(token, proofFor(token));
    expect(unbound).toMatchObject({ statusCode: 401, reason: 'dpop_binding_missing' });
    expect(unbound.headers['www-authenticate']).toEqual([
      'Bearer realm="api"',
      'DPoP error="invalid_token", error_description="JWT Access Token has no jkt confirmation claim", algs="ES256"',
    ]);
    const other = proofIssuer.boundToken({ thumbprint: thumbprintOf({ kty: 'EC' }) });
    const mismatch = await bench.refuse(other, proofFor(other));
    expect(mismatch.headers['www-authenticate']?.[1]).toMatch(/^DPoP error="invalid_token", /);
    expect(mismatch.statusCode).toBe(401);
  });

  it.each([true, false])(
    'G18 is not sent as a bearer token, with a proof (%s) or without one',
    async (isProven) => {
      expect(await judge({ jkt: thumbprint }, 'Bearer', isProven)).toBe('dpop_bound_token');
      expect(await judge({ jkt: thumbprint }, 'bearer', isProven)).toBe('dpop_bound_token');
      const token = boundToken();
      const refusal = await bench.refuse(token, isProven ? proofFor(token) : undefined, { scheme: 'Bearer' });
      expect(refusal.statusCode).toBe(401);
      expect(refusal.headers['www-authenticate']).toEqual([
        'Bearer realm="api", error="invalid_token", error_description="DPoP-bound token requires the DPoP authentication scheme, not Bearer"',
        'DPoP algs="ES256"',
      ]);
    },
  );
});

describe('G20, modes', () => {
  const disabled = createProofBench({ dpop: { mode: 'disabled' } });
  const required = createProofBench({ dpop: { mode: 'required' } });

  it('G20 takes a bound token from any bearer where DPoP is disabled, and tells of it', async () => {
    const token = boundToken();
    disabled.events.length = 0;
    expect(await disabled.judge(token, undefined, { scheme: 'Bearer' })).toBe('accepted');
    expect(disabled.events).toEqual([{ type: 'binding_ignored', method: 'dpop' }]);
  });

  it('G20 knows no other scheme than Bearer where DPoP is disabled', async () => {
    const token = boundToken();
    const refusal = await disabled.refuse(token, proofFor(token));
    expect(refusal).toMatchObject({ statusCode: 400, reason: 'invalid_auth_scheme', message: '' });
    expect(refusal.headers).toEqual({ 'www-authenticate': ['Bearer realm="api"'] });
  });

  it('G20 knows no other scheme than DPoP where it is required', async () => {
    const token = proofIssuer.accessToken();
    const refusal = await required.refuse(token, undefined, { scheme: 'Bearer' });
    expect(refusal).toMatchObject({ statusCode: 400, reason: 'invalid_auth_scheme', message: '' });
    expect(refusal.headers).toEqual({ 'www-authenticate': ['DPoP algs="ES256"'] });
    const bound = boundToken();
    expect(await required.judge(bound, proofFor(bound))).toBe('accepted');
    expect(await required.judge(token, proofFor(token))).toBe('dpop_binding_missing');
  });
});
