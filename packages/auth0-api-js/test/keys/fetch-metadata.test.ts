import { describe, expect, it } from 'vitest';
import { fetchKeysUrl } from '../../src/keys/fetch-metadata.js';
import { defaultKeySettings } from '../../src/keys/key-settings.js';
import { readIssuers } from '../../src/options/issuer-options.js';
import { readPolicy } from '../../src/options/profile-options.js';
import { readDomain } from '../../src/read-domain.js';

/** Asks for the metadata of an issuer that names another. */
async function ask(issuer: string, named: unknown): Promise<string> {
  const metadata = { issuer: named, jwks_uri: `${new URL(issuer).origin}/keys` };
  return fetchKeysUrl({
    ...defaultKeySettings,
    issuer,
    fetch: async () => Response.json(metadata),
    signal: AbortSignal.timeout(10_000),
  });
}

describe('fetchKeysUrl', () => {
  it.each([
    ['https://issuer.test/', 'https://other.test/'],
    ['https://issuer.test/', 'https://issuer.test:8443/'],
    ['https://issuer.test/', 'http://localhost:4400/'],
  ])('where the metadata of %s name %s, it says that a domain is the cure', async (issuer, named) => {
    await expect(ask(issuer, named)).rejects.toThrow(
      `names the issuer "${named}", not "${issuer}". Set the domain (AUTH0_DOMAIN) to the one it names.`,
    );
    expect(readDomain(named)).toBe(named);
  });

  it.each([
    ['https://okta.test/', 'https://okta.test'],
    ['https://okta.test/', 'https://okta.test/oauth2/default'],
    ['https://okta.test/', 'https://other.test'],
    ['https://okta.test/', 'https://okta.test//'],
    ['https://okta.test', 'https://okta.test/'],
    ['https://okta.test/oauth2/default', 'https://okta.test/'],
    ['https://okta.test/oauth2/default/', 'https://okta.test/oauth2/default'],
    ['https://okta.test/', 'https://OKTA.test/'],
  ])('where those of %s name %s, it says that issuers are the cure, not a domain', async (issuer, named) => {
    const refused = ask(issuer, named);
    await expect(refused).rejects.toThrow(
      `names the issuer "${named}", not "${issuer}". If that is the issuer to trust, name it exactly so: issuers: [{ issuer: "${named}" }].`,
    );
    await expect(refused).rejects.not.toThrow('AUTH0_DOMAIN');
    expect(readIssuers([{ issuer: named }], readPolicy({ audience: 'a' }))).toMatchObject([
      { issuer: named },
    ]);
    await expect(ask(named, named)).resolves.toBe(`${new URL(named).origin}/keys`);
  });

  it.each([
    undefined,
    7,
    '',
    'issuer',
    'http://other.test/',
    'https://user:secret@other.test/',
    'https://other.test/?a',
    'https://other.test/#a',
    'https://other\\.test/',
    'https://other.test/\n',
    `https://other.test/${'a'.repeat(200)}`,
  ])('where they name %j, nothing that is no issuer is given as the cure', async (named) => {
    await expect(ask('https://issuer.test/', named)).rejects.toThrow(
      /, not "https:\/\/issuer\.test\/"\. Check that the issuer is at this address: its metadata must name it\.$/,
    );
  });
});
