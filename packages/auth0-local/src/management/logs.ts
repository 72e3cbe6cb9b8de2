import type * as v from 'valibot';
import type { LogEntry } from '../log/tenant-log.js';
import { strictObject } from '../tenant/object-schemas.js';
import type { Tenant } from '../tenant/tenant.js';
import { TenantError } from '../tenant/tenant-error.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage, type StoredItems } from './list-page.js';
import { fieldsQuery, pageQuery, text } from './read-query.js';
import { readSearch } from './read-search.js';
import { selectFields } from './select-fields.js';
import { sortBy, sortQuery } from './sort-by.js';

/** Where a word alone is looked for. */
const plainFields = ['description', 'client_id', 'client_name', 'user_id', 'user_name'];

const searchQuery = { ...fieldsQuery, ...sortQuery, q: text, search: text };
type LogSearch = v.InferOutput<ReturnType<typeof strictObject<typeof searchQuery>>>;

/** What happened in the tenant, newest first. */
export const logs: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/logs',
    scopes: ['read:logs'],
    query: strictObject({ ...pageQuery, ...searchQuery }),
    respond: ({ tenant, query }) => {
      const list = listPage('logs', findEntries(tenant, query), query);
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

function findEntries(
  { store: { logs: list } }: Tenant,
  query: LogSearch,
): readonly object[] | StoredItems<object> {
  const { sort } = query;
  const search = query.q ?? query.search ?? '';
  if (search === '' && sort === undefined) {
    return {
      count: () => list.count(),
      read: (range) =>
        list
          .list({}, { ...range, isNewestFirst: true })
          .map((entry) => selectFields(showEntry(entry), query)),
    };
  }
  const found = list.list({}, { isNewestFirst: true }).map(showEntry).filter(readSearch(search, plainFields));
  return sortBy(found, sort).map((entry) => selectFields(entry, query));
}

function showEntry(entry: LogEntry): object {
  return { _id: entry.log_id, ...entry };
}
