import { testApplicationBody, testApplicationName } from '../../../src/tenant/test-application.ts';
import type { Api, Application } from '../../api/management.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';

/** What an API is created with. */
export interface ApiInput {
  readonly name: string;
  readonly identifier: string;
  readonly token_dialect: 'access_token' | 'rfc9068_profile';
  readonly signing_alg: string;
}

/** Creates an API, and the application that the Test tab takes tokens with. */
export async function createApi(input: ApiInput): Promise<Api> {
  const api = await request<Api>('POST', '/v2/resource-servers', input);
  const application = await request<Application>(
    'POST',
    '/v2/clients',
    testApplicationBody(testApplicationName(api)),
  );
  await request('POST', '/v2/client-grants', {
    client_id: application.client_id,
    audience: api.identifier,
    allow_all_scopes: true,
  });
  await invalidate('/v2/resource-servers', '/v2/clients', '/v2/client-grants');
  return api;
}
