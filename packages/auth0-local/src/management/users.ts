import * as v from 'valibot';
import { strictObject } from '../tenant/object-schemas.js';
import { createUser, deleteUser, findUserByEmail, getUser, updateUser, type User } from '../tenant/users.js';
import type { Tenant } from '../tenant/tenant.js';
import { invalid } from '../tenant/tenant-error.js';
import { checkWritable, type WritePolicy } from './check-writable.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage, storedItems, type StoredItems } from './list-page.js';
import { fieldsQuery, flag, pageQuery, text } from './read-query.js';
import { readSearch } from './read-search.js';
import { selectFields } from './select-fields.js';
import { sortBy, sortQuery } from './sort-by.js';

/** Where a word alone is looked for. */
const plainFields = ['email', 'name', 'nickname', 'given_name', 'family_name', 'username', 'user_id'];

/** How far pages reach; the real tenant wants longer lists to be exported. */
const mostUsers = 1000;

const change: WritePolicy = {
  verb: 'update',
  scope: 'update:users',
  special: new Map([['app_metadata', 'update:users_app_metadata']]),
};

const searchQuery = {
  ...fieldsQuery,
  ...sortQuery,
  q: text,
  connection: text,
  search_engine: v.exactOptional(v.picklist(['v1', 'v2', 'v3'])),
  primary_order: flag,
};
type UserSearch = v.InferOutput<ReturnType<typeof strictObject<typeof searchQuery>>>;

/** Users. */
export const users: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/users',
    scopes: ['read:users'],
    query: strictObject({ ...pageQuery, ...searchQuery }),
    respond: ({ tenant, query, isOwner }) => {
      const { page = 0, per_page: size = 50 } = query;
      if (!isOwner && (page + 1) * size > mostUsers) {
        throw invalid(`You can only page through the first ${mostUsers} records`, 'invalid_paging');
      }
      const list = listPage('users', findUsers(tenant, query), query);
      return 'users' in list ? { ...list, length: list.users.length } : list;
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/users',
    scopes: ['create:users'],
    status: 201,
    respond: async ({ tenant, body }) => showUser(await createUser(tenant, body)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/users/:id',
    scopes: ['read:users'],
    query: strictObject(fieldsQuery),
    respond: ({ tenant, id, query }) => selectFields(showUser(getUser(tenant, id)), query),
  }),
  defineEndpoint({
    method: 'patch',
    path: '/users/:id',
    scopes: ['update:users', 'update:users_app_metadata'],
    respond: async ({ tenant, id, body, scopes }) => {
      if (!scopes.has('update:users')) checkWritable(body, scopes, change);
      return showUser(await updateUser(tenant, id, body));
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/users/:id',
    scopes: ['delete:users'],
    respond: ({ tenant, id }) => deleteUser(tenant, id),
  }),
  defineEndpoint({
    method: 'get',
    path: '/users-by-email',
    scopes: ['read:users'],
    query: strictObject({ ...fieldsQuery, email: v.string() }),
    respond: ({ tenant, query }) =>
      [findUserByEmail(tenant, query.email)]
        .filter((user) => user !== undefined)
        .map((user) => selectFields(showUser(user), query)),
  }),
];

function findUsers({ store }: Tenant, query: UserSearch): readonly object[] | StoredItems<object> {
  const { q = '', connection, sort } = query;
  if (q === '' && connection === undefined && sort === undefined) {
    return storedItems(store.users, {}, (user) => selectFields(showUser(user), query));
  }
  const fits = readSearch(q, plainFields);
  const found = store.users
    .list()
    .map(showUser)
    .filter(
      (user) => fits(user) && (connection ?? user.identities[0].connection) === user.identities[0].connection,
    );
  return sortBy(found, sort).map((user) => selectFields(user, query));
}

/** A user without what only the tenant may know. */
function showUser({ password_hash, ...user }: User): Omit<User, 'password_hash'> {
  return user;
}
