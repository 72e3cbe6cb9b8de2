import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '@auth0/auth0-api-js';
import { resolveRequestUrl } from '../../../src/binding/dpop/resolve-request-url.js';
import { readBaseUrl } from '../../../src/options/base-url-option.js';
import type { BaseUrl } from '../../../src/binding/binding-policy.js';
import type { RequestContext } from '../../../src/request-context.js';

/** The URL, or the reason of the refusal; an error that is none fails the test. */
function resolve(url: string | undefined, base?: unknown): string | undefined {
  const baseUrl = base === undefined ? undefined : readBaseUrl(base);
  try {
    return resolveRequestUrl(url === undefined ? {} : { url }, baseUrl);
  } catch (error) {
    if (!(error instanceof InvalidRequestError)) throw error;
    expect(error.statusCode).toBe(400);
    return error.reason;
  }
}

/** What is thrown because of a function in `baseUrl`. */
function failureOf(baseUrl: unknown, request: RequestContext = { url: 'https://a.test/x' }): Error {
  try {
    resolveRequestUrl(request, baseUrl as BaseUrl);
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

describe('resolveRequestUrl', () => {
  it('without a base takes the URL of the request', () => {
    expect(resolve('HTTPS://API.test:443/%7ea/./b?c#d')).toBe('https://api.test/~a/b');
  });

  it('refuses a request without a URL, and one whose URL cannot be told, each by its name', () => {
    expect(resolve(undefined)).toBe('http_url_missing');
    expect(resolve('')).toBe('http_url_invalid');
    expect(resolve('/a')).toBe('http_url_invalid');
    expect(resolve('https://api.test/%zz')).toBe('http_url_invalid');
    expect(resolve('https://user@api.test/')).toBe('http_url_invalid');
  });

  const base = 'https://Gateway.test:443/orders/';

  it.each([
    ['http://internal:3000/a?b=c', 'https://gateway.test/orders/a'],
    ['/a?b=c#d', 'https://gateway.test/orders/a'],
    ['/', 'https://gateway.test/orders/'],
    ['http://internal', 'https://gateway.test/orders/'],
    ['http://internal?a', 'https://gateway.test/orders/'],
    ['/%7e/%2f', 'https://gateway.test/orders/~/%2F'],
    ['http://internal//a', 'https://gateway.test/orders//a'],
    ['/a/http://other.test/', 'https://gateway.test/orders/a/http://other.test/'],
    ['/../a', 'https://gateway.test/orders/a'],
    ['/%2e%2E/../a', 'https://gateway.test/orders/a'],
    ['http://internal/../a', 'https://gateway.test/orders/a'],
  ])('puts the path of %j behind the base', (url, expected) => {
    expect(resolve(url, base)).toBe(expected);
    expect(resolve(url, () => base)).toBe(expected);
  });

  it.each([
    '',
    '//evil.test/a',
    '*',
    'a',
    '?a',
    '#a',
    'ftp://a.test/a',
    'https:/a',
    '/a\\b',
    '/%zz',
    '/ü',
    'http://a b/',
  ])('refuses %j behind a base, which has no path to take', (url) => {
    expect(resolve(url, base)).toBe('http_url_invalid');
    expect(resolve(url, () => base)).toBe('http_url_invalid');
  });

  it('asks for a URL even with a base', () => {
    expect(resolve(undefined, base)).toBe('http_url_missing');
  });

  it('asks the function for every request, with its URL and headers', () => {
    const baseUrl = ({ url, headers }: RequestContext): string =>
      `https://${String(headers?.['x-tenant'])}.test${url === '/b' ? '/v2' : ''}`;
    const resolved = ['/a', '/b'].map((url) =>
      resolveRequestUrl({ url, headers: { 'x-tenant': 't' } }, baseUrl),
    );
    expect(resolved).toEqual(['https://t.test/a', 'https://t.test/v2/b']);
  });

  it.each([
    ['nothing', () => undefined],
    ['null', () => null],
    ['a URL object', () => new URL('https://a.test')],
    ['an empty text', () => ''],
    ['a host', () => 'a.test'],
    ['a path', () => '/a'],
    ['a query', () => 'https://a.test/?'],
    ['a fragment', () => 'https://a.test/#'],
    ['user-info', () => 'https://u:p@a.test/'],
    ['another scheme', () => 'ws://a.test/'],
    ['a promise', () => Promise.resolve('https://a.test')],
    ['a promise that fails', async () => Promise.reject(new Error('later'))],
  ])('throws a TypeError with the cure where the function returns %s', (_what, baseUrl) => {
    const error = failureOf(baseUrl);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(/'dpop\.baseUrl' must return an http or https URL/);
  });

  it.each([
    ['an error', new RangeError('secret'), 'RangeError'],
    ['a refusal', new InvalidRequestError('secret'), 'InvalidRequestError'],
    ['nothing', undefined, 'undefined'],
    ['a text', 'route', 'string'],
  ])('throws a TypeError where the function throws %s', (_what, thrown, name) => {
    const error = failureOf(() => {
      throw thrown;
    });
    expect(error).toBeInstanceOf(TypeError);
    expect(error.message).toMatch(`'dpop.baseUrl' failed (${name}`);
    expect(error.message).not.toMatch(/secret/);
    expect(error.cause).toBe(thrown);
  });
});
