import { homedir } from 'node:os';
import { join } from 'node:path';

/** The folder in which the command remembers running tenants and logins, below `XDG_CONFIG_HOME`. */
export function configFolder(environment: NodeJS.ProcessEnv = process.env): string {
  return join(environment['XDG_CONFIG_HOME'] || join(homedir(), '.config'), 'auth0-local');
}
