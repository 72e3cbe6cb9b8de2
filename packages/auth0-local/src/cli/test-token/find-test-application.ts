import type { Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import type { ClientGrant } from '../../tenant/client-grants.js';
import type { TenantCall } from '../command-line/actions.js';
import { CommandError } from '../command-line/command-error.js';
import { testApplicationBody, testApplicationName } from '../../tenant/test-application.js';
import type { ManagementClient } from '../connection/management-client.js';
import { appResource } from '../resource/app-resource.js';
import { clientGrantResource } from '../resource/client-grant-resource.js';
import { fetchItem, listItems } from '../resource/items.js';
import { checkBearerAllowed } from './check-bearer-allowed.js';

/**
 * Finds the application that gets the token: the one that is named, or the API's test application.
 *
 * @throws CommandError: there is none, or it gets no tokens without a proof.
 */
export async function findTestApplication(
  { management, output }: TenantCall,
  api: Api | undefined,
  clientId: string | undefined,
): Promise<Application> {
  if (clientId !== undefined) {
    const application = await fetchItem(management, appResource, clientId);
    if (api !== undefined) checkBearerAllowed(api, application);
    return application;
  }
  if (api === undefined) throw new CommandError('Missing --identifier');
  checkBearerAllowed(api);
  const name = testApplicationName(api);
  const known = (await listItems(management, appResource, 1000)).find(
    (application) => application.name === name,
  );
  const application = known ?? (await createTestApplication(management, name));
  // Also where the application was there: it is of no use without its grant.
  const isNewGrant = await grantAllScopes(management, application, api);
  if (known === undefined)
    output.note(`Created the application '${name}', with a grant of all scopes of the API.`);
  else if (isNewGrant) output.note(`Created a grant of all scopes of the API for '${name}'.`);
  return application;
}

async function createTestApplication(management: ManagementClient, name: string): Promise<Application> {
  return management.request<Application>('POST', 'clients', {
    doing: `create the application '${name}'`,
    body: testApplicationBody(name),
  });
}

/** @returns Whether there was none. */
async function grantAllScopes(
  management: ManagementClient,
  { client_id: clientId, name }: Application,
  { identifier }: Api,
): Promise<boolean> {
  const grants = await management.list<ClientGrant>(clientGrantResource.path, clientGrantResource.listKey, {
    doing: 'list the client grants',
    number: 100,
    query: { client_id: clientId, audience: identifier },
  });
  if (grants.some(({ subject_type: type }) => type !== 'user')) return false;
  await management.request('POST', clientGrantResource.path, {
    doing: `create a grant for '${name}'`,
    body: { client_id: clientId, audience: identifier, allow_all_scopes: true },
  });
  return true;
}
