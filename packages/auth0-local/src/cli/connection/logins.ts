import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configFolder } from '../config-folder.js';
import { CommandError } from '../command-line/command-error.js';
import { writePrivateFile } from '../write-private-file.js';

/** What `auth0 login` leaves: how to have tokens of a tenant's Management API. */
export interface Login {
  /** Like `example.eu.auth0.com`. */
  readonly domain: string;
  readonly client_id: string;
  readonly client_secret: string;
  /** The last token, which is used until it expires: real tenants count tokens. */
  readonly access_token?: string;
  /** In milliseconds since 1970. */
  readonly expires_at?: number;
}

/** What the command remembers between its runs. */
export interface Config {
  /** The name of the tenant that `auth0 tenants use` has chosen. */
  readonly tenant?: string;
  readonly logins: readonly Login[];
}

/** @throws CommandError: the file is there and cannot be read. */
export function readConfig(): Config {
  let text: string;
  try {
    text = readFileSync(configFile(), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { logins: [] };
    throw new CommandError(`${configFile()} cannot be read: ${(error as Error).message}`);
  }
  try {
    const config = JSON.parse(text) as Partial<Config>;
    return { ...config, logins: config.logins ?? [] };
  } catch {
    throw new CommandError(`${configFile()} is damaged. Remove it, and log in again`);
  }
}

/** Writes what is remembered; only this user can read it. */
export function writeConfig(config: Config): void {
  mkdirSync(configFolder(), { recursive: true, mode: 0o700 });
  writePrivateFile(configFile(), `${JSON.stringify(config, undefined, 2)}\n`);
}

/** Remembers a login in the place of an older one for the same domain. */
export function saveLogin(login: Login): void {
  const config = readConfig();
  const others = config.logins.filter(({ domain }) => domain !== login.domain);
  writeConfig({ ...config, logins: [...others, login] });
}

/** Forgets a login, and that it was chosen. */
export function forgetLogin(domain: string): void {
  const { tenant, logins } = readConfig();
  writeConfig({
    ...(tenant !== undefined && tenant !== domain && { tenant }),
    logins: logins.filter((login) => login.domain !== domain),
  });
}

function configFile(): string {
  return join(configFolder(), 'config.json');
}
