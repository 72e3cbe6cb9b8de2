import { describe, expect, it } from 'vitest';
import { formatCsv } from '../../../src/cli/terminal/csv.js';

describe('formatCsv', () => {
  it.each([
    ['plain', 'plain'],
    ['', ''],
    ['a,b', '"a,b"'],
    ['say "x"', '"say ""x"""'],
  ])('writes %j as RFC 4180 does', (cell, written) => {
    expect(formatCsv([[cell, 'next']])).toEqual([`${written},next`]);
  });

  it.each([
    ['\u001b[2J\u009b\u202e', '\ufffd[2J\ufffd\ufffd'],
    ['two\nlines', 'two lines'],
  ])('leaves nothing of %j that does something to a terminal', (cell, written) => {
    expect(formatCsv([[cell]])).toEqual([written]);
  });

  it.each([
    ['=1+1', "'=1+1"],
    ['+1', "'+1"],
    ['-1', "'-1"],
    ['@SUM(A1,A2)', `"'@SUM(A1,A2)"`],
    ['\t=1', "' =1"],
    ['\r=1', "' =1"],
    ['a=1', 'a=1'],
  ])('makes %j no formula of a spreadsheet', (cell, written) => {
    expect(formatCsv([[cell]])).toEqual([written]);
  });
});
