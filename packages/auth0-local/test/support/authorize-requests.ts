import type { Seed } from 'auth0-local';
import type { AuthorizationCodeData } from '../../src/oauth/flow-data.js';
import { readArtifact, type Artifact } from '../../src/tenant/artifacts.js';
import type { Browser, Page } from './browser.js';
import type { OpenTenant } from './open-tenant.js';
import { applications, audience, trialSeed, users } from './trial-tenant.js';

export const callback = 'http://localhost:3000/callback';

/** Parameters of a request; one that is undefined is left out. */
export type Overrides = Readonly<Record<string, string | undefined>>;

/** The parameters of an authorization request of the web application for the trial API. */
export function authorizeParameters(overrides: Overrides = {}): URLSearchParams {
  const parameters = {
    client_id: applications.web.client_id,
    redirect_uri: callback,
    response_type: 'code',
    scope: 'openid read:messages',
    audience,
    state: 'the state',
    ...overrides,
  };
  const present = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return new URLSearchParams(present);
}

/** Where a browser goes with such a request. */
export function authorizePath(overrides: Overrides = {}): string {
  return `/authorize?${authorizeParameters(overrides).toString()}`;
}

/** With what a user logs in. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
}

/** Sends the login form of a page as a user. */
export function logIn(
  browser: Browser,
  page: Page,
  { email, password }: Credentials = users.plain,
): Promise<Page> {
  return browser.submit(page, { email, password });
}

/** Opens an authorization request, logs in, and returns what the browser comes to. */
export async function authorize(
  browser: Browser,
  overrides: Overrides = {},
  user: Credentials = users.plain,
): Promise<Page> {
  return logIn(browser, await browser.open(authorizePath(overrides)), user);
}

/** What is remembered of the code in an answer. */
export function readCode({ tenant }: OpenTenant, page: Page): Artifact<AuthorizationCodeData> {
  const code = page.url.searchParams.get('code') ?? '';
  const artifact = readArtifact<AuthorizationCodeData>(tenant, 'authorization_code', code);
  if (artifact === undefined) throw new Error(`There is no code in ${page.url.href}: ${page.text}`);
  return artifact;
}

/** The parameters of an answer in the query. */
export function readAnswer({ url }: Page): Record<string, string> {
  return Object.fromEntries(url.searchParams);
}

type Item = Record<string, unknown>;

/** The trial tenant's seed with more in it. */
export function extendSeed({
  clients = [],
  resourceServers = [],
  clientGrants = [],
  users: more = [],
}: {
  readonly clients?: readonly Item[];
  readonly resourceServers?: readonly Item[];
  readonly clientGrants?: readonly Item[];
  readonly users?: readonly Item[];
}): Seed {
  return {
    ...trialSeed,
    clients: [...(trialSeed.clients ?? []), ...clients],
    resourceServers: [...(trialSeed.resourceServers ?? []), ...resourceServers],
    clientGrants: [...(trialSeed.clientGrants ?? []), ...clientGrants],
    users: [...(trialSeed.users ?? []), ...more],
  };
}
