import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { InvalidConfigurationError } from '@auth0/auth0-api-js';
import { readOptions } from '../src/read-options.js';

const names = ['domain', 'audience', 'algorithms'] as const;
const read = (options: object): object =>
  readOptions(options as { domain?: string }, names as never, 'create');

describe('readOptions', () => {
  it.each([
    ['audiance', 'audience'],
    ['Audience', 'audience'],
    ['algorithm', 'algorithms'],
    ['algs', 'algorithms', false],
    ['domains', 'domain'],
  ])('answers the misspelt %s with %s', (wrong, right, isClose = true) => {
    const cure = isClose ? `Did you mean '${right}'?` : 'The options are domain, audience, algorithms.';
    expect(() => read({ [wrong]: 1 })).toThrow(`create: unknown option '${wrong}'. ${cure}`);
  });

  it.each([[null], ['text'], [7], [['domain']]])('refuses %j, which is no object', (options) => {
    expect(() => read(options as never)).toThrow(InvalidConfigurationError);
  });

  it('copies own members only', () => {
    const prototype = Object.prototype as { algorithms?: string[] };
    prototype.algorithms = ['none'];
    try {
      const options = read({ domain: 'd' });
      expect(Object.keys(options)).toEqual(['domain']);
      expect('algorithms' in options).toBe(false);
      expect('toString' in options).toBe(false);
    } finally {
      delete prototype.algorithms;
    }
  });

  class Config {
    readonly domain = 'd';
    get audience(): string {
      return 'a';
    }
  }

  it.each<[string, object]>([
    ['an instance of a class', new Config()],
    ['a Map', new Map([['domain', 'd']])],
    ['an object with a prototype of its own', Object.create({ audience: 'a' })],
  ])('refuses %s, whose members it would not see', (_what, given) => {
    expect(() => read(given)).toThrow(InvalidConfigurationError);
    expect(() => read(given)).toThrow('create: the options must be a plain object');
  });

  it.each<[string, object]>([
    ['without a prototype', Object.assign(Object.create(null), { domain: 'd' })],
    ['of another realm', runInNewContext(`({ domain: 'd' })`)],
  ])('takes an object %s', (_what, given) => {
    expect(read(given)).toEqual({ domain: 'd' });
  });

  it('says of a name what it is told to, rather than what is spelt alike', () => {
    const hints = new Map([['domains', 'It has another name.']]);
    expect(() => readOptions({ domains: 1 } as object, names as never, 'create', hints)).toThrow(
      "create: unknown option 'domains'. It has another name.",
    );
  });
});
