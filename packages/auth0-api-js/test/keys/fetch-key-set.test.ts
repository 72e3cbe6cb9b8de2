import { describe, expect, it } from 'vitest';
import { fetchKeySet } from '../../src/keys/fetch-key-set.js';
import { defaultKeySettings } from '../../src/keys/key-settings.js';
import { rsaKey } from '../support/bench.js';

const issuer = 'https://issuer.test/';
const metadataUrl = `${issuer}.well-known/openid-configuration`;

function ask(
  metadata: unknown,
  keys: unknown = { keys: [rsaKey.publicJwk] },
): { result: Promise<unknown>; urls: string[] } {
  const urls: string[] = [];
  const fetch = async (url: unknown): Promise<Response> => {
    urls.push(String(url));
    return Response.json(url === metadataUrl ? metadata : keys);
  };
  const result = fetchKeySet({
    ...defaultKeySettings,
    issuer,
    jwksUri: undefined,
    fetch: fetch as typeof globalThis.fetch,
    known: [],
    signal: AbortSignal.timeout(10_000),
    onSkip: () => {},
  });
  return { result, urls };
}

describe('fetchKeySet', () => {
  it('asks for the metadata, then for the keys where they say', async () => {
    const { result, urls } = ask({ issuer, jwks_uri: `${issuer}some/keys.json` });
    await expect(result).resolves.toBeDefined();
    expect(urls).toEqual([metadataUrl, `${issuer}some/keys.json`]);
  });

  it.each([
    ['another issuer', { issuer: 'https://other.test/', jwks_uri: `${issuer}keys` }],
    ['the issuer without its slash', { issuer: 'https://issuer.test', jwks_uri: `${issuer}keys` }],
    ['a list for an issuer', { issuer: [[issuer]], jwks_uri: `${issuer}keys` }],
    ['no issuer', { jwks_uri: `${issuer}keys` }],
    [
      'an issuer that is only inherited',
      JSON.parse(`{"__proto__":{"issuer":"${issuer}"},"jwks_uri":"${issuer}keys"}`),
    ],
  ])('F9 refuses metadata with %s, and asks for no keys', async (_what, metadata) => {
    const { result, urls } = ask(metadata);
    await expect(result).rejects.toMatchObject({ reason: 'issuer_metadata_invalid', url: metadataUrl });
    await expect(result).rejects.toThrow(/names the issuer .* not "https:\/\/issuer\.test\/"\. /);
    expect(urls).toEqual([metadataUrl]);
  });

  it.each([
    ['no jwks_uri', undefined],
    ['a number', 7],
    ['a relative one', '/keys'],
    ['plain http', 'http://issuer.test/keys'],
    ['another origin', 'https://keys.test/keys'],
    ['another port', 'https://issuer.test:444/keys'],
    ['credentials in it', 'https://user:secret@issuer.test/keys'],
    ['a file', 'file:///etc/passwd'],
    ['one of 400 kB', `${issuer}${'a'.repeat(400_000)}`],
  ])('J7 refuses metadata with %s for the keys', async (_what, jwksUri) => {
    const { result, urls } = ask({ issuer, jwks_uri: jwksUri });
    await expect(result).rejects.toMatchObject({ reason: 'issuer_metadata_invalid' });
    expect(urls).toEqual([metadataUrl]);
  });

  it.each([null, [], 'text', 7])('refuses metadata that are %j', async (metadata) => {
    await expect(ask(metadata).result).rejects.toThrow('is not a JSON object');
  });

  it.each([
    ['no keys', {}],
    ['keys that are no list', { keys: {} }],
    ['an empty list', { keys: [] }],
    ['only keys that cannot be used', { keys: [null, { kty: 'oct', k: 'AA' }] }],
    ['more than 100 keys', { keys: Array.from({ length: 101 }, () => rsaKey.publicJwk) }],
  ])('refuses a key set with %s', async (_what, keys) => {
    const { result } = ask({ issuer, jwks_uri: `${issuer}keys` }, keys);
    await expect(result).rejects.toMatchObject({ reason: 'issuer_keys_invalid', url: `${issuer}keys` });
  });

  it('takes 100 keys', async () => {
    const keys = Array.from({ length: 100 }, () => rsaKey.publicJwk);
    await expect(ask({ issuer, jwks_uri: `${issuer}keys` }, { keys }).result).resolves.toBeDefined();
  });
});
