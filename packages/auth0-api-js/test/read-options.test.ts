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
    const given: object = Object.create(
      { algorithms: ['none'] },
      { domain: { value: 'd', enumerable: true } },
    );
    const options = read(given);
    expect(options).toEqual({ domain: 'd' });
    expect('algorithms' in options).toBe(false);
    expect('toString' in options).toBe(false);
  });
});
