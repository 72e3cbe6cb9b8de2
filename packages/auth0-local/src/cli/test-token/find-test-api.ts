import type { Api } from '../../tenant/apis.js';
import type { TenantCall } from '../command-line/actions.js';
import { CommandError } from '../command-line/command-error.js';
import { fixMissingApi } from '../../oauth/fixes.js';
import { apiResource } from '../resource/api-resource.js';
import { itemPath, listItems } from '../resource/items.js';
import { describeRefusal } from '../connection/send-request.js';
import type { TokenOptions } from './token-options.js';

/**
 * Finds the API that the token is for.
 *
 * @param clientId - An application that is named may want the user's profile only; then there is no API.
 */
export async function findTestApi(
  { options, management, prompts }: TenantCall<TokenOptions>,
  clientId: string | undefined,
): Promise<Api | undefined> {
  const given = options.identifier ?? options.audience;
  if (given === undefined && clientId !== undefined && !prompts.canAsk) return undefined;
  const identifier =
    given ??
    (await prompts.choose({ message: 'API', flag: '--identifier' }, async () => {
      const apis = await listItems(management, apiResource, 1000);
      return apis.map((api) => ({
        value: api.identifier,
        label: apiResource.labelOf(api),
        hint: api.identifier,
      }));
    }));
  const answer = await management.send('GET', itemPath(apiResource, identifier));
  if (answer.status === 200) return answer.body as Api;
  if (answer.status !== 404) throw new CommandError(`Failed to read the API: ${describeRefusal(answer)}`);
  throw new CommandError(
    `There is no API with the identifier '${identifier}'. This helps:\n${fixMissingApi(identifier)}`,
  );
}
