import { describe, expect, it } from 'vitest';
import { formatDetails, formatTable } from '../../../src/cli/terminal/table.js';

describe('formatTable', () => {
  it('makes columns as wide as what is in them, with two spaces between', () => {
    expect(
      formatTable([
        ['ID', 'NAME', 'LAST'],
        ['1', 'a longer name', ''],
        ['1234', 'b', 'x'],
      ]),
    ).toEqual(['ID    NAME           LAST', '1     a longer name', '1234  b              x']);
  });

  it('counts characters, not their halves', () => {
    expect(
      formatTable([
        ['A', 'B'],
        ['🔑', 'x'],
        ['ab', 'x'],
      ]),
    ).toEqual(['A   B', '🔑   x', 'ab  x']);
  });

  it.each([
    [10, '0123456789', '0123456789'],
    [9, '0123456789', '01234567…'],
    [undefined, '0123456789', '0123456789'],
  ])('cuts lines at %s', (width, cell, line) => {
    expect(formatTable([[cell]], width)).toEqual([line]);
  });

  it('has no lines without rows', () => {
    expect(formatTable([])).toEqual([]);
  });
});

describe('formatDetails', () => {
  it('puts values beside their labels, and leaves out what is not there', () => {
    expect(
      formatDetails({ id: '1', scopes: '' }, [
        ['ID', ({ id }) => id],
        ['MISSING LABEL', () => undefined],
        ['SCOPES', ({ scopes }) => scopes],
      ]),
    ).toEqual(['ID      1', 'SCOPES']);
  });

  it('cuts at the width, but not what is to be copied', () => {
    expect(
      formatDetails(
        { text: '0123456789' },
        [
          ['A', ({ text }) => text],
          ['B', ({ text }) => text, 'uncut'],
        ],
        8,
      ),
    ).toEqual(['A  0123…', 'B  0123456789']);
  });
});
