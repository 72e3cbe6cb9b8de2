import type { LogEntry } from '../log/tenant-log.js';
import { strictObject } from '../tenant/object-schemas.js';
import { TenantError } from '../tenant/tenant-error.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage } from './list-page.js';
import { fieldsQuery, pageQuery, text } from './read-query.js';
import { readSearch } from './read-search.js';
import { selectFields } from './select-fields.js';
import { sortBy, sortQuery } from './sort-by.js';

/** Where a word alone is looked for. */
const plainFields = ['description', 'client_id', 'client_name', 'user_id', 'user_name'];

/** What happened in the tenant, newest first. */
export const logs: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/logs',
    scopes: ['read:logs'],
    query: strictObject({ ...pageQuery, ...fieldsQuery, ...sortQuery, q: text, search: text }),
    respond: ({ tenant, query }) => {
      const fits = readSearch(query.q ?? query.search ?? '', plainFields);
      const found = tenant.log.list().toReversed().map(showEntry).filter(fits);
      const list = listPage(
        'logs',
        sortBy(found, query.sort).map((entry) => selectFields(entry, query)),
        query,
      );
      return 'logs' in list ? { ...list, length: list.logs.length } : list;
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/logs/:id',
    scopes: ['read:logs'],
    respond: ({ tenant, id }) => {
      const entry = tenant.store.logs.get(id);
      if (entry === undefined)
        throw new TenantError('missing', 'inexistent_log', 'The log event does not exist');
      return showEntry(entry);
    },
  }),
];

function showEntry(entry: LogEntry): object {
  return { _id: entry.log_id, ...entry };
}
