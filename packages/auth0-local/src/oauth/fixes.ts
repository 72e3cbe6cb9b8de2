/** The commands that the log names: each makes a refused request work. */

export function fixMissingApi(audience: string): string {
  return `auth0 apis create --name ${quote(audience)} --identifier ${quote(audience)}`;
}

export function fixMissingGrant(
  clientId: string,
  audience: string,
  subjectType: 'client' | 'user' = 'client',
): string {
  const subject = subjectType === 'user' ? ' --subject-type user' : '';
  return `auth0 client-grants create --client-id ${quote(clientId)} --audience ${quote(audience)} --allow-all-scopes${subject}`;
}

export function fixGrantType(clientId: string, grantTypes: readonly string[], added: string): string {
  return `auth0 apps update ${quote(clientId)} --grants ${quote([...grantTypes, added].join(','))}`;
}

export function fixSecret(clientId: string): string {
  return `auth0 apps show ${quote(clientId)} --reveal-secrets`;
}

export function fixUnknownClient(): string {
  return 'auth0 apps list';
}

export function fixCallback(clientId: string, callbacks: readonly string[], added: string): string {
  return `auth0 apps update ${quote(clientId)} --callbacks ${quote([...callbacks, added].join(','))}`;
}

/** A word as a shell reads it. */
export function quote(word: string): string {
  return /^[\w@%+=:,./|-]+$/.test(word) && !word.includes('|') ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
