import { describe, expect, it } from 'vitest';
import { findJsonProblem } from '../../../../dashboard/pages/users/details/find-json-problem.js';

describe('the place where a text stops being JSON', () => {
  it.each([
    ['{\n  "a": 1\n  "b": 2\n}', 'Line 2: expected a comma or }.'],
    ['{\n  "a": [1, 2\n}', 'Line 2: expected a comma or ].'],
    ['{\n  "a": 1,\n}', 'Line 3: expected a name in double quotes.'],
    [`{ 'a': 1 }`, 'Line 1: expected a name in double quotes.'],
    ['{\n  "a"\n}', 'Line 2: expected a colon.'],
    ['{\n  "a": yes }', 'Line 2: expected a value, text in double quotes.'],
    ['{\n\n  "a": "b }', 'Line 3: expected a value, text in double quotes.'],
    ['{ "a": 01 }', 'Line 1: expected a value, text in double quotes.'],
    ['{ "a": trueish }', 'Line 1: expected a value, text in double quotes.'],
    [String.raw`{ "a": "\x" }`, 'Line 1: expected a value, text in double quotes.'],
    ['{ "a": 1', 'Line 1: expected a comma or }.'],
    ['{}\n}', 'Line 2: expected nothing more.'],
  ])('is found in %j', (text, problem) => {
    expect(() => JSON.parse(text) as unknown).toThrow(SyntaxError);
    expect(findJsonProblem(text)).toBe(problem);
  });

  it.each([
    '{}',
    ' { "a" : [ 1 , -2.5e+3 , true , false , null , { } , [ ] ] , "b\\u00e9\\n" : "ü 😀" }\n',
    '[0.1, 1E5, "\\"]"]',
    '"text"',
  ])('is none in %j', (text) => {
    expect(() => JSON.parse(text) as unknown).not.toThrow();
    expect(findJsonProblem(text)).toBeUndefined();
  });
});
