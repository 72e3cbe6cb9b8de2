import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../../src/cli/terminal/csv.js';

describe('formatCsv', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
    ['two\nlines', '"two\nlines"'],
  ])('writes %j as RFC 4180 does', (cell, written) => {
    expect(formatCsv([[cell, 'next']])).toEqual([`${written},next`]);
  });
});
