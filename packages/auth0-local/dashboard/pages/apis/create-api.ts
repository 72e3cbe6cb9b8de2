import type { Api } from '../../api/management.ts';
import { request } from '../../api/request.ts';
import { invalidate } from '../../api/use-query.ts';
import type { JwtProfile } from './jwt-profile-field.tsx';
import { createTestApplication } from './test/create-test-application.ts';

/** What an API is created with. */
export interface ApiInput {
  readonly name: string;
  readonly identifier: string;
  readonly token_dialect: JwtProfile;
  readonly signing_alg: string;
}

/** Creates an API, and the application that the Test tab takes tokens with. */
export async function createApi(input: ApiInput): Promise<Api> {
  const api = await request<Api>('POST', '/v2/resource-servers', input);
  await createTestApplication(api, 'application');
  await invalidate('/v2/resource-servers');
  return api;
}
