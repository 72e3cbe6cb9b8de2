import type { Api } from './apis.js';
import { isProofRequired } from './is-proof-required.js';

type NamedApi = Pick<Api, 'name' | 'identifier'>;

const longestName = 200;

/** The grant types with which applications have users. */
export const userGrantTypes: readonly string[] = [
  'authorization_code',
  'implicit',
  'password',
  'http://auth0.com/oauth/grant-type/password-realm',
  'urn:ietf:params:oauth:grant-type:device_code',
];

/** What the test application of an API is called, by the Dashboard and the command alike. */
export function testApplicationName(api: NamedApi): string {
  return nameFor(api, ' (Test Application)');
}

/** The body that creates it: a machine that takes tokens in its own name. */
export function testApplicationBody(name: string): object {
  return { name, app_type: 'non_interactive', grant_types: ['client_credentials'], oidc_conformant: true };
}

/** Whether an API has tokens for its test application, which proves nothing: bearer tokens. */
export function givesTestTokens(api: Pick<Api, 'proof_of_possession'>): boolean {
  return !isProofRequired(api);
}

/** What the application is called that users log in to, to test an API. */
export function userTestApplicationName(api: NamedApi): string {
  return nameFor(api, ' (Test App for Users)');
}

/** The body that creates it: a web application, whose users come back to where the command waits for them. */
export function userTestApplicationBody(name: string): object {
  return {
    name,
    app_type: 'regular_web',
    grant_types: ['authorization_code', 'refresh_token'],
    callbacks: ['http://localhost:8484'],
    oidc_conformant: true,
  };
}

function nameFor({ name, identifier }: NamedApi, suffix: string): string {
  return (name ?? identifier).replaceAll(/[<>]/g, '').slice(0, longestName - suffix.length) + suffix;
}
