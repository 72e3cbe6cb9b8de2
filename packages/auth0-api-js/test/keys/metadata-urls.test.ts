import { describe, expect, it } from 'vitest';
import { metadataUrls } from '../../src/keys/metadata-urls.js';

describe('metadataUrls', () => {
  it.each([
    [
      'https://a.test/',
      'https://a.test/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server',
    ],
    [
      'https://a.test',
      'https://a.test/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server',
    ],
    [
      'https://a.test:8443/',
      'https://a.test:8443/.well-known/openid-configuration',
      'https://a.test:8443/.well-known/oauth-authorization-server',
    ],
    [
      'https://a.test/realms/one',
      'https://a.test/realms/one/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server/realms/one',
    ],
    [
      'https://a.test/realms/one/',
      'https://a.test/realms/one/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server/realms/one',
    ],
    [
      'https://a.test/x//',
      'https://a.test/x//.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server/x/',
    ],
    [
      'https://a.test/%7Eone',
      'https://a.test/%7Eone/.well-known/openid-configuration',
      'https://a.test/.well-known/oauth-authorization-server/%7Eone',
    ],
  ])('J6 builds both places for %s', (issuer, openid, oauth) => {
    expect(metadataUrls(issuer)).toEqual([openid, oauth]);
  });
});
