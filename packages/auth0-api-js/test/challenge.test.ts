import { validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { challenge } from '../src/challenge.js';

const anyText = fc.string({ unit: 'binary', maxLength: 500 });

/** Reads the parameters of a challenge as RFC 9110 section 11.2 writes them. */
function readParameters(header: string): Record<string, string> {
  const [, rest = ''] = /^Bearer(?: (.*))?$/s.exec(header) ?? [];
  const parameters = [...rest.matchAll(/([a-z_]+)="([^"\\]*)"(?:, |$)/g)];
  expect(parameters.map(([all]) => all).join('')).toBe(rest);
  return Object.fromEntries(parameters.map(([, name, value]) => [name, value]));
}

describe('challenge', () => {
  it('B5 writes a header that any parser reads, whatever the texts hold', () => {
    fc.assert(
      fc.property(anyText, fc.option(fc.array(anyText), { nil: undefined }), (message, scopes) => {
        const refusal = { code: 'insufficient_scope', message: `x${message}`, ...(scopes && { scopes }) };
        const [header = ''] = challenge(refusal);
        expect(() => validateHeaderValue('WWW-Authenticate', header)).not.toThrow();
        const parameters = readParameters(header);
        expect(Object.keys(parameters)).toEqual(['error', 'error_description', ...(scopes ? ['scope'] : [])]);
        for (const value of Object.values(parameters)) {
          expect(value).toMatch(/^[\x20-\x21\x23-\x5B\x5D-\x7E]*$/);
        }
      }),
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
    expect(readParameters(header)).toMatchObject({
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
});
