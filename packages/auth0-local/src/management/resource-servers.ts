import { strictObject } from '../tenant/object-schemas.js';
import { createApi, deleteApi, findApi, getApi, updateApi, type Api } from '../tenant/apis.js';
import { defineEndpoint, type Call, type Endpoint } from './endpoint.js';
import { listPage, storedItems } from './list-page.js';
import { flag, pageQuery, texts } from './read-query.js';

/** APIs, found by their id or their identifier. */
export const resourceServers: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/resource-servers',
    scopes: ['read:resource_servers'],
    query: strictObject({ ...pageQuery, identifiers: texts, include_fields: flag }),
    respond: ({ tenant, query, scopes }) => {
      const show = (api: Api): object => showApi(api, scopes);
      const found = query.identifiers?.map((identifier) => findApi(tenant, identifier));
      const apis =
        found?.filter((api) => api !== undefined).map(show) ?? storedItems(tenant.store.apis, {}, show);
      return listPage('resource_servers', apis, query);
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/resource-servers',
    scopes: ['create:resource_servers'],
    status: 201,
    respond: ({ tenant, body, scopes }) => showApi(createApi(tenant, body), scopes),
  }),
  defineEndpoint({
    method: 'get',
    path: '/resource-servers/:id',
    scopes: ['read:resource_servers'],
    query: strictObject({ include_fields: flag }),
    respond: ({ tenant, id, scopes }) => showApi(getApi(tenant, id), scopes),
  }),
  defineEndpoint({
    method: 'patch',
    path: '/resource-servers/:id',
    scopes: ['update:resource_servers'],
    respond: ({ tenant, id, body, scopes }) => showApi(updateApi(tenant, id, body), scopes),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/resource-servers/:id',
    scopes: ['delete:resource_servers'],
    respond: ({ tenant, id }) => deleteApi(tenant, id),
  }),
];

/** The secret of HS256 is for those who may see the secrets of applications. */
function showApi({ signing_secret: secret, ...api }: Api, scopes: Call['scopes']): object {
  return {
    ...api,
    ...(secret !== undefined && scopes.has('read:client_keys') && { signing_secret: secret }),
  };
}
