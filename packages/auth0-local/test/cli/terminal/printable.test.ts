import { describe, expect, it } from 'vitest';
import { printable, printableLines } from '../../../src/cli/terminal/printable.js';

describe('printable', () => {
  it.each([
    ['plain ✓ 名前', 'plain ✓ 名前'],
    ['\u001b]0;title\u0007', '\ufffd]0;title\ufffd'],
    ['\u009b2J', '\ufffd2J'],
    ['one\r\n\ttwo', 'one two'],
    ['\u202egnp.exe', '\ufffdgnp.exe'],
    ['a\u2028b', 'a\ufffdb'],
    ['\u007f', '\ufffd'],
  ])('makes %j harmless', (text, harmless) => {
    expect(printable(text)).toBe(harmless);
  });
});

describe('printableLines', () => {
  it('leaves the ends of lines', () => {
    expect(printableLines('a\n\u001bb')).toBe('a\n\ufffdb');
  });
});
