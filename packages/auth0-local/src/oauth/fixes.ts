import { isLoopbackHost } from '../is-loopback-host.js';
import type { Api } from '../tenant/apis.js';
import type { SubjectType } from '../tenant/client-grants.js';

/** The commands that the log names: each makes a refused request work. */

export function fixMissingApi(audience: string): string {
  return `auth0 apis create ${option('--name', audience)} ${option('--identifier', audience)}`;
}

export function fixMissingGrant(
  clientId: string,
  audience: string,
  subjectType: SubjectType = 'client',
): string {
  const subject = subjectType === 'user' ? ' --subject-type user' : '';
  return `auth0 client-grants create ${option('--client-id', clientId)} ${option('--audience', audience)} --allow-all-scopes${subject}`;
}

/** Opens an API that gives tokens to nobody. */
export function fixSubjectType({ identifier }: Api, subjectType: SubjectType): string {
  const policy = subjectType === 'user' ? 'allow_all' : 'require_client_grant';
  const change = JSON.stringify({ [subjectType]: { policy } });
  return about('apis update', identifier, option('--subject-type-authorization', change));
}

/** Lets an API have tokens that are bound to a key, or to a client certificate. */
export function fixPossession({ identifier }: Api, mechanism: 'dpop' | 'mtls' = 'dpop'): string {
  return about('apis update', identifier, `--proof-of-possession ${mechanism}`);
}

/** Lets an API have tokens that are bound to nothing as well. */
export function fixRequiredPossession({ identifier }: Api): string {
  return about('apis update', identifier, '--proof-of-possession-required=false');
}

/** Lets an application have tokens that are bound to nothing. */
export function fixRequiringApplication(clientId: string): string {
  const path = `clients/${encodeURIComponent(clientId)}`;
  return `auth0 api patch ${quote(path)} --data ${quote('{"require_proof_of_possession":false}')}`;
}

/** A new token, of an application or of the API's test application. */
export function fixToken(audience: string, clientId?: string): string {
  return about('test token', clientId, option('--identifier', audience));
}

export function fixGrantType(
  clientId: string,
  grantTypes: readonly string[],
  added: string,
): string | undefined {
  const list = joinList([...grantTypes, added]);
  return list && about('apps update', clientId, option('--grants', list));
}

/** An application that is an API itself: what it is cannot be changed later. */
export function fixResourceServer(name: string, identifier = '<identifier>'): string {
  return `auth0 apps create ${option('--name', name)} --type resource_server ${option('--resource-server-identifier', identifier)} --allow-any-profile-of-type on_behalf_of_token_exchange`;
}

/** @param kinds - What it may exchange already: the list replaces the one that is there. */
export function fixOnBehalfOf(clientId: string, kinds: readonly string[]): string | undefined {
  const all = joinList([...kinds, 'on_behalf_of_token_exchange']);
  return all && about('apps update', clientId, option('--allow-any-profile-of-type', all));
}

/** Lets a public application have a secret. */
export function fixAuthMethod(clientId: string): string {
  return about('apps update', clientId, '--auth-method Post');
}

export function fixSecret(clientId: string): string {
  return about('apps show', clientId, '--reveal-secrets');
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
  return urls && about('apps update', clientId, option('--callbacks', urls));
}

/** Nothing where the logout leads elsewhere, as above. */
export function fixLogoutUrl(
  clientId: string,
  allowed: readonly string[],
  added: string,
): string | undefined {
  const urls = addUrl(allowed, added);
  return urls && about('apps update', clientId, option('--logout-urls', urls));
}

/** A list as the command line takes it, with one more URL of this machine. */
function addUrl(urls: readonly string[], added: string): string | undefined {
  const isLocal = /^https?:/i.test(added) && isLoopbackHost(new URL(added).hostname);
  return isLocal ? joinList([...urls, added]) : undefined;
}

/**
 * A list as the command line takes it, and nothing where it would read another one: a comma or white space makes two
 * permissions of one, and the second may be one that nobody asked for.
 */
function joinList(items: readonly string[]): string | undefined {
  return items.every((item) => /^[^,\s]+$/.test(item)) ? items.join(',') : undefined;
}

/** Lets the tenant's own applications use an API without asking the user. */
export function fixConsent(apiId: string): string {
  const change = JSON.stringify({ skip_consent_for_verifiable_first_party_clients: true });
  return `auth0 api patch resource-servers/${apiId} --data ${quote(change)}`;
}

export function fixUnknownUser(email: string): string {
  return `auth0 users create ${option('--email', email)} --password ${quote('<password>')}`;
}

export function fixPassword(userId: string): string {
  return about('users update', userId, option('--password', '<password>'));
}

export function fixBlockedUser(userId: string): string {
  const path = `users/${encodeURIComponent(userId)}`;
  return `auth0 api patch ${quote(path)} --data ${quote('{"blocked":false}')}`;
}

/** Lets an API have more permissions. */
export function fixApiScopes(identifier: string, scopes: readonly string[]): string | undefined {
  const list = joinList(scopes);
  return list && about('apis update', identifier, option('--scopes', list));
}

/** Lets the tokens of an API be signed in another way. */
export function fixSigningAlgorithm(identifier: string, algorithm: Api['signing_alg']): string {
  return about('apis update', identifier, `--signing-alg ${algorithm}`);
}

export function fixOfflineAccess(identifier: string): string {
  return about('apis update', identifier, '--offline-access');
}

/**
 * Lets an application have more of an API.
 *
 * @param scopes - All that the grant is to have: the list replaces the one that is there.
 */
export function fixGrantedScopes(grantId: string, scopes: readonly string[]): string | undefined {
  const list = joinList(scopes);
  return list && about('client-grants update', grantId, option('--scopes', list));
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

/** A command about something that is named, if it is: a name that begins with a dash stands behind all options. */
function about(command: string, name: string | undefined, options: string): string {
  if (name === undefined) return `auth0 ${command} ${options}`;
  return name.startsWith('-')
    ? `auth0 ${command} ${options} -- ${quote(name)}`
    : `auth0 ${command} ${quote(name)} ${options}`;
}

/** An option with its value: one that begins with a dash could be taken for another option. */
function option(name: string, value: string): string {
  return `${name}${value.startsWith('-') ? '=' : ' '}${quote(value)}`;
}

/** A word as a shell reads it. One that begins with `=` is the path of a command to zsh. */
export function quote(word: string): string {
  return /^(?!=)[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
