import { isLoopbackHost } from '../is-loopback-host.js';
import type { Api } from '../tenant/apis.js';
import type { SubjectType } from '../tenant/client-grants.js';

/** The commands that the log names: each makes a refused request work. */

export function fixMissingApi(audience: string): string {
  return `auth0 apis create --name ${quote(audience)} --identifier ${quote(audience)}`;
}

export function fixMissingGrant(
  clientId: string,
  audience: string,
  subjectType: SubjectType = 'client',
): string {
  const subject = subjectType === 'user' ? ' --subject-type user' : '';
  return `auth0 client-grants create --client-id ${quote(clientId)} --audience ${quote(audience)} --allow-all-scopes${subject}`;
}

/** Opens an API that gives tokens to nobody. */
export function fixSubjectType({ identifier }: Api, subjectType: SubjectType): string {
  const policy = subjectType === 'user' ? 'allow_all' : 'require_client_grant';
  return `auth0 apis update ${quote(identifier)} --subject-type-authorization ${quote(JSON.stringify({ [subjectType]: { policy } }))}`;
}

/** A new token, of an application or of the API's test application. */
export function fixToken(audience: string, clientId?: string): string {
  const client = clientId === undefined ? '' : ` ${quote(clientId)}`;
  return `auth0 test token${client} --identifier ${quote(audience)}`;
}

export function fixGrantType(clientId: string, grantTypes: readonly string[], added: string): string {
  return `auth0 apps update ${quote(clientId)} --grants ${quote([...grantTypes, added].join(','))}`;
}

/** An application that is an API itself: what it is cannot be changed later. */
export function fixResourceServer(name: string, identifier = '<identifier>'): string {
  return `auth0 apps create --name ${quote(name)} --type resource_server --resource-server-identifier ${quote(identifier)} --allow-any-profile-of-type on_behalf_of_token_exchange`;
}

/** @param kinds - What it may exchange already: the list replaces the one that is there. */
export function fixOnBehalfOf(clientId: string, kinds: readonly string[]): string {
  const all = [...kinds, 'on_behalf_of_token_exchange'].join(',');
  return `auth0 apps update ${quote(clientId)} --allow-any-profile-of-type ${quote(all)}`;
}

/** Lets a public application have a secret. */
export function fixAuthMethod(clientId: string): string {
  return `auth0 apps update ${quote(clientId)} --auth-method Post`;
}

export function fixSecret(clientId: string): string {
  return `auth0 apps show ${quote(clientId)} --reveal-secrets`;
}

export function fixUnknownClient(): string {
  return 'auth0 apps list';
}

/** Nothing where the callback leads elsewhere: whoever sent the request, which could be anybody, must not choose that. */
export function fixCallback(
  clientId: string,
  callbacks: readonly string[],
  added: string,
): string | undefined {
  const urls = addUrl(callbacks, added);
  return urls && `auth0 apps update ${quote(clientId)} --callbacks ${quote(urls)}`;
}

/** Nothing where the logout leads elsewhere, as above. */
export function fixLogoutUrl(
  clientId: string,
  allowed: readonly string[],
  added: string,
): string | undefined {
  const urls = addUrl(allowed, added);
  return urls && `auth0 apps update ${quote(clientId)} --logout-urls ${quote(urls)}`;
}

/** A list as the command line takes it, with one more URL of this machine. A comma would make two of one. */
function addUrl(urls: readonly string[], added: string): string | undefined {
  const isLocal = /^https?:/i.test(added) && isLoopbackHost(new URL(added).hostname);
  const list = [...urls, added];
  return isLocal && !list.some((url) => url.includes(',')) ? list.join(',') : undefined;
}

/** Lets the tenant's own applications use an API without asking the user. */
export function fixConsent(apiId: string): string {
  const change = JSON.stringify({ skip_consent_for_verifiable_first_party_clients: true });
  return `auth0 api patch resource-servers/${apiId} --data ${quote(change)}`;
}

export function fixUnknownUser(email: string): string {
  return `auth0 users create --email ${quote(email)} --password ${quote('<password>')}`;
}

export function fixPassword(userId: string): string {
  return `auth0 users update ${quote(userId)} --password ${quote('<password>')}`;
}

export function fixBlockedUser(userId: string): string {
  const path = `users/${encodeURIComponent(userId)}`;
  return `auth0 api patch ${quote(path)} --data ${quote('{"blocked":false}')}`;
}

/** Lets an API have more permissions. */
export function fixApiScopes(identifier: string, scopes: readonly string[]): string {
  return `auth0 apis update ${quote(identifier)} --scopes ${quote(scopes.join(','))}`;
}

/** Lets the tokens of an API be signed in another way. */
export function fixSigningAlgorithm(identifier: string, algorithm: Api['signing_alg']): string {
  return `auth0 apis update ${quote(identifier)} --signing-alg ${algorithm}`;
}

export function fixOfflineAccess(identifier: string): string {
  return `auth0 apis update ${quote(identifier)} --offline-access`;
}

/**
 * Lets an application have more of an API.
 *
 * @param scopes - All that the grant is to have: the list replaces the one that is there.
 */
export function fixGrantedScopes(grantId: string, scopes: readonly string[]): string {
  return `auth0 client-grants update ${quote(grantId)} --scopes ${quote(scopes.join(','))}`;
}

/** Lets a user have permissions, without a role. */
export function fixPermission(userId: string, identifier: string, scopes: readonly string[]): string {
  const permissions = scopes.map((name) => ({
    resource_server_identifier: identifier,
    permission_name: name,
  }));
  const path = `users/${encodeURIComponent(userId)}/permissions`;
  return `auth0 api post ${quote(path)} --data ${quote(JSON.stringify({ permissions }))}`;
}

/** A word as a shell reads it. */
export function quote(word: string): string {
  return /^[\w@%+=:,./|-]+$/.test(word) && !word.includes('|') ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
