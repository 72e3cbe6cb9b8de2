import { itemPath, type Api } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { invalidate, setData } from '../../../api/use-query.ts';

export type Scopes = NonNullable<Api['scopes']>;

/**
 * Changes the permissions of an API. The Management API takes the whole list, so it is read right before: what somebody
 * else has added or removed meanwhile stays so.
 */
export async function changeScopes(apiId: string, change: (scopes: Scopes) => Scopes): Promise<void> {
  const path = itemPath('/v2/resource-servers', apiId);
  const { scopes = [] } = await request<Api>('GET', path);
  const updated = await request<Api>('PATCH', path, { scopes: change(scopes) });
  setData<Api>(path, () => updated);
  // What an API no longer defines is taken from grants, roles and users.
  await invalidate('/v2/resource-servers', '/v2/client-grants', '/v2/roles', '/v2/users');
}
