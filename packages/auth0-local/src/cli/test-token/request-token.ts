import type { LogEntry } from '../../log/tenant-log.js';
import type { Application } from '../../tenant/applications.js';
import type { TenantCall } from '../command-line/actions.js';
import { toSentence } from '../command-line/to-sentence.js';
import { CommandError } from '../command-line/command-error.js';
import type { KnownTenant } from '../connection/select-tenant.js';
import { describeRefusal, sendRequest } from '../connection/send-request.js';
import { askTenant } from '../local/control-client.js';
import type { TokenResponse } from './token-options.js';

type Parameters = Readonly<Record<string, string | undefined>>;

/**
 * Sends a token request as the application, with the secret that the Management API gives.
 *
 * @throws CommandError: refused; the message is the tenant's, with the command that helps where the tenant knows one.
 */
export async function requestToken(
  { tenant, output }: TenantCall,
  application: Application,
  parameters: Parameters,
): Promise<TokenResponse> {
  const given = Object.entries(parameters).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  const body = new URLSearchParams([...given, ...Object.entries(authenticate(application))]);
  const headers =
    application.token_endpoint_auth_method === 'client_secret_basic' ? basicHeader(application) : {};
  const answer = await sendRequest(
    { method: 'POST', url: `${tenant.url}/oauth/token`, headers, body },
    output.debug,
  );
  if (answer.status === 200) return answer.body as TokenResponse;
  const fix = await findFix(tenant, application.client_id);
  throw new CommandError(
    [
      `Failed to get a token: ${toSentence(describeRefusal(answer))}`,
      ...(fix === undefined ? [] : ['This helps:', fix]),
    ].join('\n'),
  );
}

/** How the application says who it is (RFC 6749 section 2.3). */
function authenticate({
  client_id,
  client_secret,
  token_endpoint_auth_method: method,
}: Application): Record<string, string> {
  if (method === 'none') return { client_id };
  if (method === 'client_secret_basic') return {};
  if (method === 'client_secret_post') return { client_id, client_secret };
  throw new CommandError(
    'The application authenticates with a key of its own, so that only it can ask for a token',
  );
}

function basicHeader({ client_id, client_secret }: Application): Record<string, string> {
  const credentials = [client_id, client_secret].map(encodeURIComponent).join(':');
  return { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` };
}

/** The log of a local tenant names the command that makes a refused request work. */
async function findFix(tenant: KnownTenant, clientId: string): Promise<string | undefined> {
  if (tenant.kind !== 'local') return undefined;
  const answer = await askTenant(tenant.record, 'GET', '/logs?number=20');
  const lines = (await answer.text()).split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line) as LogEntry).findLast(({ client_id: id }) => id === clientId)
    ?.fix;
}
