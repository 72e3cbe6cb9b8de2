import { describe, expect, it } from 'vitest';
import { getToken, InvalidRequestError } from '@auth0/auth0-api-js';

const form = { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' };

describe('getToken', () => {
  it.each([
    ['a bearer header', { authorization: 'Bearer abc' }, undefined, undefined],
    ['a scheme in another case', { authorization: 'bEaReR   abc' }, undefined, undefined],
    ['a DPoP header', { authorization: 'DPoP abc' }, undefined, undefined],
    ['the query', {}, { access_token: 'abc' }, undefined],
    ['a form', form, undefined, { access_token: 'abc' }],
    [
      'a header beside a body that is no form',
      { authorization: 'Bearer abc', 'content-type': 'application/json' },
      {},
      { access_token: 'other' },
    ],
  ])('finds the token in %s', (_what, headers, query, body) => {
    expect(getToken(headers, query, body)).toBe('abc');
  });

  it.each([
    ['nothing', {}, undefined, undefined],
    ['another scheme', { authorization: 'Basic abc' }, undefined, undefined],
    ['no token after the scheme', { authorization: 'Bearer ' }, undefined, undefined],
    ['two words after the scheme', { authorization: 'Bearer abc def' }, undefined, undefined],
    ['an empty query parameter', {}, { access_token: '' }, undefined],
    ['an object in the query', {}, { access_token: { a: 'b' } }, undefined],
    ['an inherited member', {}, Object.create({ access_token: 'abc' }) as object, undefined],
    ['a JSON body', { 'content-type': 'application/json' }, undefined, { access_token: 'abc' }],
    [
      'A14 a type that only contains the form type',
      { 'content-type': 'multipart/x; a=application/x-www-form-urlencoded' },
      undefined,
      { access_token: 'abc' },
    ],
    ['no content type', {}, undefined, { access_token: 'abc' }],
  ])('finds none in %s', (_what, headers, query, body) => {
    const find = (): string => getToken(headers, query as Record<string, unknown>, body);
    expect(find).toThrow(InvalidRequestError);
    expect(find).toThrow('No access token found in request');
  });

  it.each([
    ['header and query', { authorization: 'Bearer abc' }, { access_token: 'abc' }, undefined],
    ['header and form', { authorization: 'Bearer abc', ...form }, undefined, { access_token: 'abc' }],
    ['query and form', form, { access_token: 'abc' }, { access_token: 'abc' }],
    ['two headers', { authorization: ['Bearer abc', 'Bearer def'] }, undefined, undefined],
    ['A12 the query twice', {}, { access_token: ['abc', 'def'] }, undefined],
  ])('A10 refuses tokens in %s', (_what, headers, query, body) => {
    expect(() => getToken(headers, query, body)).toThrow('More than one method used for authentication');
  });
});
