import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPastedToken } from '../../src/explain/read-pasted-token.js';

const [quotes, answer, request] = [
  'quotes around it',
  'the answer around it',
  'the request around its header',
];
const [name, scheme, breaks] = ['the name of the header', 'the scheme Bearer', 'line breaks in it'];
const variable = 'the name of the variable';

describe('readPastedToken', () => {
  it.each<[pasted: string, leftOut: string[]]>([
    ['a.b.c', []],
    [' \n a.b.c\t\n', ['white space around it']],
    ['Bearer a.b.c', ['the scheme Bearer']],
    ['bEARER\ta.b.c', ['the scheme Bearer']],
    ['Authorization: Bearer a.b.c', ['the name of the header', 'the scheme Bearer']],
    ['authorization :a.b.c', ['the name of the header']],
    ['a.\nb.\r\n  c', ['line breaks in it']],
    ['a \n.b.c', ['line breaks in it']],
    [
      '\nAuthorization: Bearer a.\n    b.c\n',
      ['white space around it', 'the name of the header', 'the scheme Bearer', 'line breaks in it'],
    ],
    ['TOKEN=a.b.c', [variable]],
    ['export TOKEN="a.b.c"', [variable, quotes]],
    ['export TOKEN="Bearer a.b.c"', [variable, quotes, scheme]],
    ["const token = 'a.b.c';", [variable, quotes]],
    ['$env:TOKEN = "a.b.c"', [variable, quotes]],
    ['"a.b.c"', [quotes]],
    ["'a.b.c',", [quotes]],
    ['`a.b.c`', [quotes]],
    ['" a.b.c\n"', [quotes]],
    [`'"a.b.c"'`, [quotes]],
    ["'Authorization: Bearer a.b.c'", [quotes, name, scheme]],
    ['Authorization: "Bearer a.b.c"', [request, name, scheme]],
    ['Bearer "a.b.c"', [scheme, quotes]],
    ['{"access_token": "a.b.c", "token_type":"Bearer", "expires_in": 1}', [answer]],
    ['{\n  "scope": "x",\n  "access_token":"a.\n  b.c",\n', ['white space around it', answer, breaks]],
    ["{ 'access_token' : 'a.b.c' }", [answer]],
    ["curl http://localhost:3001/api/private -H 'Authorization: Bearer a.b.c'", [request, name, scheme]],
    [
      `curl -X POST "http://localhost/" \\\n  -H "authorization: bearer a.b.c" \\\n  -H "A: b" -d '{"x":1}'`,
      [request, name, scheme],
    ],
    ["curl -H 'Proxy-Authorization: Basic x' -H 'Authorization:Bearer a.b.c' x", [request, name, scheme]],
    ["curl -H 'Authorization: Bearer a.\nb.c' x", [request, name, scheme, breaks]],
    ['fetch(url, { headers: { "Authorization": "Bearer a.b.c" } });', [request, name, scheme]],
    ["headers: { Authorization: 'Bearer a.b.c', Accept: '*/*' }", [request, name, scheme]],
    [
      'GET / HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer a.b.c\r\nAccept: */*\r\n\r\n{}',
      [request, name, scheme],
    ],
    ['Authorization: Bearer a.b.c\n\n{"x":1}', [request, name, scheme]],
  ])('reads %j', (pasted, leftOut) => {
    expect(readPastedToken(pasted)).toEqual({ token: 'a.b.c', leftOut });
  });

  it.each([
    '',
    'a .b.c',
    'Bearera.b.c',
    'Basic a.b.c',
    'a.Bearer b.c',
    '"a.b.c',
    "'a' 'b'",
    '"',
    'opaque=',
    'a=b',
  ])('leaves everything else for the checks to see: %j', (token) =>
    expect(readPastedToken(token)).toEqual({ token, leftOut: [] }),
  );

  it('takes whatever is pasted, and makes it no longer', () => {
    const piece = fc.constantFrom(
      '"',
      "'",
      '`',
      ' ',
      '\n',
      ':',
      ',',
      '{',
      '}',
      '.',
      'a',
      'Bearer ',
      'Authorization',
      '"access_token"',
      'TOKEN=',
    );
    const texts = fc.oneof(
      fc.array(piece).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const { token, leftOut } = readPastedToken(text);
        expect(token.length).toBeLessThanOrEqual(text.length);
        expect(leftOut.length > 0).toBe(token !== text);
        expect(new Set(leftOut).size).toBe(leftOut.length);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['"', "'a", 'authorization', 'authorization: ', '\na', '"access_token":', 'a=', 'export '])(
    'reads a megabyte of %j at once',
    (piece) => {
      const started = performance.now();
      readPastedToken(piece.repeat(1_000_000 / piece.length));
      expect(performance.now() - started).toBeLessThan(2000);
    },
  );

  it('reads a megabyte of white space at once', () => {
    const token = `a${' '.repeat(500_000)}b${'\n'.repeat(500_000)}c`;
    const started = performance.now();
    expect(readPastedToken(token).token.length).toBeLessThan(token.length);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
