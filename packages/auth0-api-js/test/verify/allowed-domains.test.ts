import { describe, expect, it, vi } from 'vitest';
import { TemporarilyUnavailableError, type Auth0ApiEvent } from '@auth0/auth0-api-js';
import {
  readResolver,
  type DomainsContext,
  type DomainsResolverOptions,
} from '../../src/options/domains-options.js';
import { AllowedDomains } from '../../src/verify/allowed-domains.js';
import { stopTime } from '../support/clock.js';

interface Trial {
  readonly domains: AllowedDomains;
  readonly events: Auth0ApiEvent[];
}

function createTrial(resolve: unknown, options: DomainsResolverOptions = {}): Trial {
  const events: Auth0ApiEvent[] = [];
  return {
    domains: new AllowedDomains(readResolver(resolve, options), (event) => events.push(event)),
    events,
  };
}

const context: DomainsContext = { unverifiedIss: 'https://a.test/', headers: { host: 'api.test' } };
const byHost = { cacheSeconds: 60, cacheKey: ({ headers }: DomainsContext) => String(headers?.['host']) };

describe('AllowedDomains', () => {
  it('hand the request on, and answer at once where the function does', () => {
    const resolve = vi.fn<(given: DomainsContext) => string[]>(() => [
      'a.test',
      'https://b.test',
      'https://c.test:8443/',
    ]);
    const { domains } = createTrial(resolve);
    expect(domains.resolve(context)).toEqual(
      new Set(['https://a.test/', 'https://b.test/', 'https://c.test:8443/']),
    );
    expect(resolve.mock.calls).toEqual([[context]]);
  });

  it('wait for a function that answers later', async () => {
    await expect(createTrial(async () => ['a.test']).domains.resolve(context)).resolves.toEqual(
      new Set(['https://a.test/']),
    );
  });

  it('take an empty list for an answer: nobody is allowed', () => {
    expect(createTrial(() => []).domains.resolve(context)).toEqual(new Set());
  });

  it.each<[string, unknown]>([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
    ],
    [
      'rejects',
      async () => {
        throw new Error('secret');
      },
    ],
    ['rejects with nothing', async () => Promise.reject(undefined)],
    ['answers with a text', () => 'a.test'],
    ['answers with nothing', () => undefined],
    ['answers later with nothing', async () => undefined],
    ['answers with a set', () => new Set(['a.test'])],
    ['answers with a number among domains', () => ['a.test', 7]],
    ['answers with a path', () => ['a.test/b']],
    ['answers with plain http', () => ['http://a.test']],
    ['answers with plain http of this machine', () => ['http://localhost:3000']],
    ['answers with 1001 domains', () => Array.from({ length: 1001 }, () => 'a.test')],
    ['answers with 10,000 domains', () => Array.from({ length: 10_000 }, (_, at) => `t${at}.test`)],
  ])('F5 are an outage where the function %s, and the event says what to mend', async (_what, resolve) => {
    const { domains, events } = createTrial(resolve);
    await expect(async () => domains.resolve(context)).rejects.toMatchObject({
      statusCode: 503,
      reason: 'domains_resolver_failed',
    });
    expect(events).toMatchObject([{ type: 'misuse', reason: 'domains_resolver_failed' }]);
    expect(JSON.stringify(events)).not.toContain('secret');
  });

  it('take 1000 domains', () => {
    const { domains } = createTrial(() => Array.from({ length: 1000 }, (_, at) => `t${at}.test`));
    expect(domains.resolve(context)).toHaveProperty('size', 1000);
  });

  it('take plain http of a host that is allowed by name', () => {
    const { domains } = createTrial(() => ['http://localhost:3000'], { allowPrivateHosts: ['LOCALHOST'] });
    expect(domains.resolve(context)).toEqual(new Set(['http://localhost:3000/']));
  });

  it('F5 wait no longer than the deadline for a function that never answers', async () => {
    stopTime();
    const { domains, events } = createTrial(() => new Promise(() => {}), { deadlineSeconds: 2 });
    const answer = Promise.resolve(domains.resolve(context));
    const outcome = vi.fn<(error: unknown) => void>();
    answer.catch(outcome);
    await vi.advanceTimersByTimeAsync(1999);
    expect(outcome).not.toHaveBeenCalled();
    await vi.advanceTimersByTimeAsync(1);
    expect(outcome.mock.calls).toEqual([[expect.any(TemporarilyUnavailableError)]]);
    expect(vi.getTimerCount()).toBe(0);
    expect(events).toMatchObject([
      {
        message: expect.stringContaining(
          'did not answer within 2 s (domainsResolver.deadlineSeconds)',
        ) as string,
      },
    ]);
  });

  it('leave no timer behind when the function answers', async () => {
    stopTime();
    await createTrial(async () => ['a.test']).domains.resolve(context);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('AllowedDomains with a cache', () => {
  const counting = (): ReturnType<typeof vi.fn<() => string[]>> => vi.fn<() => string[]>(() => ['a.test']);
  const requestTo = (host: string): DomainsContext => ({ ...context, headers: { host } });

  it('ask once for each key, until the time is over', async () => {
    stopTime();
    const resolve = counting();
    const { domains } = createTrial(resolve, byHost);
    await domains.resolve(requestTo('one'));
    await domains.resolve(requestTo('one'));
    expect(resolve).toHaveBeenCalledTimes(1);
    await domains.resolve(requestTo('two'));
    expect(resolve).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(59_999);
    await domains.resolve(requestTo('one'));
    expect(resolve).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(1);
    await domains.resolve(requestTo('one'));
    expect(resolve).toHaveBeenCalledTimes(3);
  });

  it('ask every time without one', async () => {
    const resolve = counting();
    const { domains } = createTrial(resolve);
    await domains.resolve(context);
    await domains.resolve(context);
    expect(resolve).toHaveBeenCalledTimes(2);
  });

  it('do not remember a failure', async () => {
    const resolve = vi.fn<() => unknown>(() => 'no list');
    const { domains } = createTrial(resolve, byHost);
    for (let request = 0; request < 2; request++)
      await expect(async () => domains.resolve(context)).rejects.toThrow(TemporarilyUnavailableError);
    resolve.mockReturnValue(['a.test']);
    expect(domains.resolve(context)).toEqual(new Set(['https://a.test/']));
    expect(resolve).toHaveBeenCalledTimes(3);
  });

  it.each<[string, () => unknown]>([
    [
      'throws',
      () => {
        throw new Error('secret');
      },
    ],
    ['answers with no text', () => 7],
    ['answers later', async () => 'one'],
  ])('F5 are an outage where cacheKey() %s', async (_what, cacheKey) => {
    const resolve = counting();
    const { domains, events } = createTrial(resolve, {
      cacheSeconds: 60,
      cacheKey: cacheKey as () => string,
    });
    await expect(async () => domains.resolve(context)).rejects.toThrow(TemporarilyUnavailableError);
    expect(events).toHaveLength(1);
    expect(resolve).not.toHaveBeenCalled();
  });

  it('ask once for requests of one key that come at once', async () => {
    const resolve = vi.fn<() => Promise<string[]>>(async () => ['a.test']);
    const { domains } = createTrial(resolve, byHost);
    await Promise.all(Array.from({ length: 500 }, async () => domains.resolve(context)));
    expect(resolve).toHaveBeenCalledTimes(1);
    await Promise.all([domains.resolve(requestTo('b')), domains.resolve(requestTo('c'))]);
    expect(resolve).toHaveBeenCalledTimes(3);
  });

  it('ask again after an answer that failed later', async () => {
    const resolve = vi.fn<() => Promise<unknown>>(async () => 'no list');
    const { domains } = createTrial(resolve, byHost);
    await expect(domains.resolve(context)).rejects.toThrow(TemporarilyUnavailableError);
    resolve.mockResolvedValue(['a.test']);
    await expect(domains.resolve(context)).resolves.toEqual(new Set(['https://a.test/']));
  });

  it('tell of a failure once, and again after an answer', async () => {
    const resolve = vi.fn<() => unknown>(() => 'no list');
    const { domains, events } = createTrial(resolve);
    const fail = async (): Promise<void> =>
      expect(async () => domains.resolve(context)).rejects.toThrow(TemporarilyUnavailableError);
    for (let request = 0; request < 10; request++) await fail();
    expect(events).toHaveLength(1);
    resolve.mockReturnValueOnce(['a.test']);
    void domains.resolve(context);
    await fail();
    expect(events).toHaveLength(2);
  });

  it('remember no more than 1000 answers', async () => {
    const resolve = counting();
    const { domains } = createTrial(resolve, byHost);
    for (let at = 0; at <= 1000; at++) await domains.resolve(requestTo(`h${at}`));
    await domains.resolve(requestTo('h1000'));
    expect(resolve).toHaveBeenCalledTimes(1001);
    await domains.resolve(requestTo('h0'));
    expect(resolve).toHaveBeenCalledTimes(1002);
  });
});
