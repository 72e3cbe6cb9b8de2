import type { Api } from './apis.js';

const longestName = 200;
const suffix = ' (Test Application)';

/** What the test application of an API is called, by the Dashboard and the command alike. */
export function testApplicationName({ name, identifier }: Pick<Api, 'name' | 'identifier'>): string {
  return (name ?? identifier).replaceAll(/[<>]/g, '').slice(0, longestName - suffix.length) + suffix;
}

/** The body that creates it: a machine that takes tokens in its own name. */
export function testApplicationBody(name: string): object {
  return { name, app_type: 'non_interactive', grant_types: ['client_credentials'], oidc_conformant: true };
}
