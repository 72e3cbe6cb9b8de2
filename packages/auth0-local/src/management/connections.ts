import { strictObject } from '../tenant/object-schemas.js';
import { getSettings, type Connection } from '../tenant/settings.js';
import { TenantError } from '../tenant/tenant-error.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { isCheckpoint, listPage } from './list-page.js';
import { checkpointQuery, fieldsQuery, pageQuery, text, texts } from './read-query.js';
import { selectFields } from './select-fields.js';

/** Where users log in: the one database of this tenant. */
export const connections: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/connections',
    scopes: ['read:connections'],
    query: strictObject({ ...pageQuery, ...checkpointQuery, ...fieldsQuery, name: text, strategy: texts }),
    respond: ({ tenant, query }) => {
      const { connection } = getSettings(tenant);
      const { name = connection.name, strategy = [connection.strategy] } = query;
      const isWanted = name === connection.name && strategy.includes(connection.strategy);
      const found = isWanted ? [selectFields(showConnection(connection), query)] : [];
      return isCheckpoint(query) ? { connections: found } : listPage('connections', found, query);
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/connections/:id',
    scopes: ['read:connections'],
    query: strictObject(fieldsQuery),
    respond: ({ tenant, id, query }) => {
      const { connection } = getSettings(tenant);
      if (id === connection.id) return selectFields(showConnection(connection), query);
      throw new TenantError('missing', 'inexistent_connection', 'The connection does not exist');
    },
  }),
];

function showConnection(connection: Connection): object {
  return { ...connection, options: {}, realms: [connection.name], is_domain_connection: false };
}
