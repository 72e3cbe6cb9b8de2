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
    ['\u200e\u200f\u061c\u206a\u206f', '\ufffd'.repeat(5)],
    ['\u200b\u2060\u2064\ufeff\u00ad\u180e\ufff9\ufffb', '\ufffd'.repeat(8)],
    ['a\u{e0000}\u{e0041}\u{e007f}', `a${'\ufffd'.repeat(3)}`],
    ['\u0645\u06cc\u200c\u062e 👩\u200d💻', '\u0645\u06cc\u200c\u062e 👩\u200d💻'],
  ])('makes %j harmless', (text, harmless) => {
    expect(printable(text)).toBe(harmless);
  });
});

describe('printableLines', () => {
  it('leaves the ends of lines', () => {
    expect(printableLines('a\n\u001bb')).toBe('a\n\ufffdb');
  });
});
