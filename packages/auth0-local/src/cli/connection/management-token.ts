import { CommandError } from '../command-line/command-error.js';
import { saveLogin, type Login } from './logins.js';
import type { KnownTenant } from './select-tenant.js';
import { describeRefusal, sendRequest } from './send-request.js';

/** Gives tokens of a tenant's Management API. */
export interface ManagementToken {
  /** The token that is there, or a new one. */
  readonly get: () => Promise<string>;
  /** Forgets the token: the tenant has refused it. */
  readonly drop: () => void;
}

interface TokenResponse {
  readonly access_token: string;
  readonly expires_in: number;
}

/** The owner of a local tenant needs no application; for others the login has one. */
export function createManagementToken(tenant: KnownTenant, debug: (text: string) => void): ManagementToken {
  let token: Promise<string> | undefined = rememberedToken(tenant);
  return {
    get: () => (token ??= tenant.kind === 'local' ? askOwnTenant(tenant, debug) : renew(tenant.login, debug)),
    drop: () => {
      token = undefined;
    },
  };
}

/**
 * Asks a tenant for a token of its Management API, with the credentials of an application.
 *
 * @throws CommandError: it refuses, in its words.
 */
export async function requestManagementToken(
  { domain, client_id, client_secret }: Pick<Login, 'domain' | 'client_id' | 'client_secret'>,
  debug: (text: string) => void,
): Promise<TokenResponse> {
  const answer = await sendRequest(
    {
      method: 'POST',
      url: `https://${domain}/oauth/token`,
      body: {
        grant_type: 'client_credentials',
        client_id,
        client_secret,
        audience: `https://${domain}/api/v2/`,
      },
    },
    debug,
  );
  if (answer.status !== 200) {
    throw new CommandError(
      `The tenant ${domain} gives no token of its Management API: ${describeRefusal(answer)}`,
    );
  }
  return answer.body as TokenResponse;
}

/** A login with the token it has given. */
export function withToken(login: Login, { access_token, expires_in }: TokenResponse): Login {
  return { ...login, access_token, expires_at: Date.now() + expires_in * 1000 };
}

/** A token that is about to expire may not live to the end of the command. */
const minimumLifetimeMs = 60_000;

function rememberedToken(tenant: KnownTenant): Promise<string> | undefined {
  if (tenant.kind === 'local') return undefined;
  const { access_token: token, expires_at: expiresAt = 0 } = tenant.login;
  return token !== undefined && expiresAt > Date.now() + minimumLifetimeMs
    ? Promise.resolve(token)
    : undefined;
}

async function askOwnTenant(
  { url, name, record }: Extract<KnownTenant, { kind: 'local' }>,
  debug: (text: string) => void,
): Promise<string> {
  const answer = await sendRequest(
    {
      method: 'POST',
      url: `${url}/local/token`,
      headers: { authorization: `Bearer ${record.owner_secret}` },
    },
    debug,
  );
  if (answer.status !== 200)
    throw new CommandError(`The tenant ${name} refuses its owner: ${describeRefusal(answer)}`);
  return (answer.body as TokenResponse).access_token;
}

async function renew(login: Login, debug: (text: string) => void): Promise<string> {
  const response = await requestManagementToken(login, debug);
  saveLogin(withToken(login, response));
  return response.access_token;
}
