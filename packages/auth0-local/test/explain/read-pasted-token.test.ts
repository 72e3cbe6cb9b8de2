import { describe, expect, it } from 'vitest';
import { readPastedToken } from '../../src/explain/read-pasted-token.js';

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
  ])('reads %j', (pasted, leftOut) => {
    expect(readPastedToken(pasted)).toEqual({ token: 'a.b.c', leftOut });
  });

  it.each(['', 'a .b.c', 'Bearera.b.c', 'Basic a.b.c', 'a.Bearer b.c'])(
    'leaves everything else for the checks to see: %j',
    (token) => expect(readPastedToken(token)).toEqual({ token, leftOut: [] }),
  );

  it('reads a megabyte of white space at once', () => {
    const token = `a${' '.repeat(500_000)}b${'\n'.repeat(500_000)}c`;
    const started = performance.now();
    expect(readPastedToken(token).token.length).toBeLessThan(token.length);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});
