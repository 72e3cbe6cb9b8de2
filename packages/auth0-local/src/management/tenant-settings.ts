import { strictObject } from '../tenant/object-schemas.js';
import { getSettings } from '../tenant/settings.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { fieldsQuery } from './read-query.js';
import { selectFields } from './select-fields.js';

/** What a tenant has once. */
export const tenantSettings: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/tenants/settings',
    scopes: ['read:tenant_settings'],
    query: strictObject(fieldsQuery),
    respond: ({ tenant, query }) =>
      selectFields(
        {
          friendly_name: 'Local tenant',
          default_directory: getSettings(tenant).connection.name,
          enabled_locales: ['en'],
        },
        query,
      ),
  }),
];
