import { validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { challenge } from '../src/challenge.js';
import { parseChallenge } from './support/parse-challenge.js';

/** Any sequence of code units, also halves of surrogate pairs, with what breaks headers more often than its share. */
const codeUnit = fc.oneof(
  fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
  fc.constantFrom('"', '\\', ',', '=', '\r', '\n', '\r\nSet-Cookie: x', '\0', '\x7f', 'Ā', '\ud800', ' '),
);
const anyText = fc.array(codeUnit, { maxLength: 400 }).map((units) => units.join(''));

/** A text of the characters RFC 6750 section 3 allows in a description. */
const allowed = [...Array(95).keys()]
  .map((at) => String.fromCharCode(32 + at))
  .filter((c) => !'"\\'.includes(c));
const allowedText = fc.string({ unit: fc.constantFrom(...allowed), minLength: 1, maxLength: 200 });
const scopeText = fc.string({ unit: fc.constantFrom(...allowed.slice(1)), minLength: 1, maxLength: 40 });

const codes = fc.constantFrom('verify_access_token_error', 'invalid_request', 'insufficient_scope');

describe('challenge', () => {
  it('B5 writes a header that any parser reads, whatever the texts hold', () => {
    fc.assert(
      fc.property(codes, anyText, fc.option(fc.array(anyText), { nil: undefined }), (code, text, scopes) => {
        const [header = '', ...more] = challenge({ code, message: `x${text}`, ...(scopes && { scopes }) });
        expect(more).toEqual([]);
        expect(() => validateHeaderValue('WWW-Authenticate', header)).not.toThrow();
        const { scheme, parameters } = parseChallenge(header);
        expect(scheme).toBe('Bearer');
        expect(Object.keys(parameters)).toEqual(['error', 'error_description', ...(scopes ? ['scope'] : [])]);
        for (const value of Object.values(parameters)) {
          expect(value).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/);
        }
        expect(parameters['error_description']?.length).toBeLessThanOrEqual(200);
        expect(parameters['scope']?.length ?? 0).toBeLessThanOrEqual(scopes?.join(' ').length ?? 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('B5 says exactly what it was given where a header can hold it', () => {
    fc.assert(
      fc.property(
        allowedText,
        fc.array(scopeText, { minLength: 1 }),
        allowedText,
        (message, scopes, realm) => {
          const [header = ''] = challenge({ code: 'insufficient_scope', message, scopes }, { realm });
          expect(parseChallenge(header).parameters).toEqual({
            realm,
            error: 'insufficient_scope',
            error_description: message,
            scope: scopes.join(' '),
          });
        },
      ),
    );
  });

  it('B5 turns quotes and drops what a header cannot hold', () => {
    const message = 'a "b" \\ c\r\nSet-Cookie: x\0é\u0100\ud800';
    expect(challenge({ code: 'verify_access_token_error', message })).toEqual([
      `Bearer error="invalid_token", error_description="a 'b'  cSet-Cookie: x"`,
    ]);
  });

  it('B5 cuts a description after 200 characters, and never a scope', () => {
    const scopes = Array.from({ length: 60 }, (_, index) => `read:${index}`);
    const [header = ''] = challenge({ code: 'insufficient_scope', message: 'x'.repeat(500), scopes });
    expect(parseChallenge(header).parameters).toEqual({
      error: 'insufficient_scope',
      error_description: 'x'.repeat(200),
      scope: scopes.join(' '),
    });
  });

  it('is the bare scheme where no token was sent', () => {
    expect(challenge({ code: 'verify_access_token_error', message: '' })).toEqual(['Bearer']);
    expect(challenge({ code: 'verify_access_token_error', message: '' }, { realm: 'api' })).toEqual([
      'Bearer realm="api"',
    ]);
  });

  const refusal = { code: 'verify_access_token_error', message: 'x' };
  const error = 'error="invalid_token", error_description="x"';
  const both = { schemes: ['bearer', 'dpop'], algorithms: ['ES256', 'Ed25519'] } as const;
  const algs = 'algs="ES256 Ed25519"';

  it('B1 has one challenge for each scheme that is spoken, without an error where no token was sent', () => {
    const none = { code: 'verify_access_token_error', message: '' };
    expect(challenge(none, both)).toEqual(['Bearer', `DPoP ${algs}`]);
    expect(challenge(none, { ...both, used: 'dpop' })).toEqual(['Bearer', `DPoP ${algs}`]);
    expect(challenge(none, { ...both, schemes: ['dpop'] })).toEqual([`DPoP ${algs}`]);
  });

  it('B2 has the error in the challenge of the scheme that was used', () => {
    expect(challenge(refusal, both)).toEqual([`Bearer ${error}`, `DPoP ${algs}`]);
    expect(challenge(refusal, { ...both, used: 'bearer' })).toEqual([`Bearer ${error}`, `DPoP ${algs}`]);
    expect(challenge(refusal, { ...both, used: 'dpop' })).toEqual(['Bearer', `DPoP ${error}, ${algs}`]);
  });

  it('has the error in the only challenge there is, whichever scheme was used', () => {
    expect(challenge(refusal, { schemes: ['bearer'], used: 'dpop' })).toEqual([`Bearer ${error}`]);
    expect(challenge(refusal, { ...both, schemes: ['dpop'], used: 'bearer' })).toEqual([
      `DPoP ${error}, ${algs}`,
    ]);
  });

  it.each([
    ['invalid_dpop_proof', 'invalid_dpop_proof'],
    ['use_dpop_nonce', 'use_dpop_nonce'],
    ['invalid_request', 'invalid_request'],
  ])('has the code %s of RFC 9449', (code, written) => {
    expect(challenge({ code, message: 'x' }, { ...both, used: 'dpop' })[1]).toBe(
      `DPoP error="${written}", error_description="x", ${algs}`,
    );
  });

  it('has the scopes in the challenge that has the error', () => {
    const lacking = { code: 'insufficient_scope', message: 'x', scopes: ['a', 'b'] };
    expect(challenge(lacking, { ...both, used: 'dpop' })).toEqual([
      'Bearer',
      `DPoP error="insufficient_scope", error_description="x", scope="a b", ${algs}`,
    ]);
  });

  it('has the realm in the Bearer challenge only', () => {
    expect(challenge(refusal, { ...both, realm: 'api', used: 'dpop' })).toEqual([
      'Bearer realm="api"',
      `DPoP ${error}, ${algs}`,
    ]);
  });

  it('B5 writes challenges of both schemes that any parser reads, whatever the texts hold', () => {
    fc.assert(
      fc.property(anyText, fc.constantFrom('bearer', 'dpop'), (text, used) => {
        const headers = challenge({ code: 'invalid_dpop_proof', message: `x${text}` }, { ...both, used });
        const [bearer, dpop] = headers.map(parseChallenge);
        expect([bearer?.scheme, dpop?.scheme]).toEqual(['Bearer', 'DPoP']);
        expect(dpop?.parameters['algs']).toBe('ES256 Ed25519');
        expect(Object.keys((used === 'dpop' ? dpop : bearer)?.parameters ?? {})).toContain('error');
        expect(Object.keys((used === 'dpop' ? bearer : dpop)?.parameters ?? {})).not.toContain('error');
        for (const header of headers)
          expect(() => validateHeaderValue('WWW-Authenticate', header)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });
});
