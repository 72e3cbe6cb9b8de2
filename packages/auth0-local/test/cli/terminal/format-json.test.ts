import { describe, expect, it } from 'vitest';
import { formatJson } from '../../../src/cli/terminal/format-json.js';

describe('formatJson', () => {
  it.each([
    ['plain ✓ 名前', '"plain ✓ 名前"'],
    ['\u001b[2J\n', String.raw`"\u001b[2J\n"`],
    ['\u007f\u009b', String.raw`"\u007f\u009b"`],
    ['\u2028\u2029', String.raw`"\u2028\u2029"`],
    ['\u202a\u202e\u2066\u2069', String.raw`"\u202a\u202e\u2066\u2069"`],
    ['a\u200f\u{e0041}b', String.raw`"a\u200f\udb40\udc41b"`],
    ['\u0645\u06cc\u200c\u062e', '"\u0645\u06cc\u200c\u062e"'],
  ])('writes %j so that a terminal only shows it, and JSON.parse reads the same', (text, written) => {
    expect(formatJson(text)).toBe(written);
    expect(JSON.parse(formatJson(text))).toBe(text);
  });

  it('escapes names too, and leaves the ends of lines', () => {
    expect(formatJson({ '\u202e': 1 }, 4)).toBe('{\n    "\\u202e": 1\n}');
  });
});
