import { describe, expect, it } from 'vitest';
import {
  readJsonObject,
  readList,
  readNumber,
  readPairs,
  readPort,
  readScopeList,
  readSeconds,
} from '../../../src/cli/command-line/option-values.js';

describe('readList', () => {
  it.each([
    ['a,b', ['a', 'b']],
    [' a , b ', ['a', 'b']],
    ['a b', ['a b']],
    ['a,,b,', ['a', 'b']],
    ['', []],
  ])('reads %j', (value, list) => {
    expect(readList(value)).toEqual(list);
  });

  it('adds to what was given before', () => {
    expect(readList('b', ['a'])).toEqual(['a', 'b']);
  });
});

describe('readScopeList', () => {
  it('takes white space for a separator, too', () => {
    expect(readScopeList('a:b c:d,e\tf', ['x'])).toEqual(['x', 'a:b', 'c:d', 'e', 'f']);
  });
});

describe('readPairs', () => {
  it('reads names and values, and what was given later wins', () => {
    expect(readPairs('a=1,b=2=3,c=', { a: '0', z: '9' })).toEqual({ a: '1', b: '2=3', c: '', z: '9' });
  });

  it.each(['a', '=1', 'a=1,b'])('refuses %j', (value) => {
    expect(() => readPairs(value)).toThrow('Write name=value');
  });
});

describe('readNumber', () => {
  it.each(['1', '1000'])('takes %s', (value) => {
    expect(readNumber(value)).toBe(Number(value));
  });

  it.each(['0', '1001', '-1', '1.5', '1e2', '', 'ten'])('refuses %j', (value) => {
    expect(() => readNumber(value)).toThrow('please pass a number between 1 and 1000');
  });
});

describe('readPort', () => {
  it.each(['1', '65535'])('takes %s', (value) => {
    expect(readPort(value)).toBe(Number(value));
  });

  it.each(['0', '65536', '-1', '80.5', ''])('refuses %j', (value) => {
    expect(() => readPort(value)).toThrow('is no port');
  });
});

describe('readSeconds', () => {
  it('takes whole numbers, and names the flag where it is none', () => {
    const read = readSeconds('--token-lifetime');
    expect(read('0')).toBe(0);
    expect(read('86400')).toBe(86_400);
    for (const value of ['1h', '-1', '1.5', '']) {
      expect(() => read(value)).toThrow('--token-lifetime is a number of seconds');
    }
  });
});

describe('readJsonObject', () => {
  it('takes objects only, and names the flag where it is none', () => {
    const read = readJsonObject('--data');
    expect(read('{"a":1}')).toEqual({ a: 1 });
    for (const value of ['[]', 'null', '1', '"a"', '{', '']) {
      expect(() => read(value)).toThrow('--data is a JSON object');
    }
  });
});
