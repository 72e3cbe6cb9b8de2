import * as v from 'valibot';
import { appTypes } from '../tenant/application-schema.js';
import {
  createApplication,
  deleteApplication,
  getApplication,
  rotateSecret,
  updateApplication,
  type Application,
} from '../tenant/applications.js';
import { strictObject } from '../tenant/object-schemas.js';
import { checkWritable, type WritePolicy } from './check-writable.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { listPage, storedItems } from './list-page.js';
import { fieldsQuery, flag, pageQuery, text } from './read-query.js';
import { selectFields } from './select-fields.js';
import { checkReadable, showClient } from './show-client.js';

const readers = ['read:clients', 'read:client_keys', 'read:client_credentials', 'read:client_summary'];

const creation: WritePolicy = {
  verb: 'create',
  scope: 'create:clients',
  special: new Map([['client_authentication_methods', 'create:client_credentials']]),
};
const change: WritePolicy = {
  verb: 'update',
  scope: 'update:clients',
  special: new Map([
    ['client_secret', 'update:client_keys'],
    ['client_authentication_methods', 'update:client_credentials'],
  ]),
};

const filterQuery = {
  is_global: flag,
  is_first_party: flag,
  app_type: v.exactOptional(
    v.pipe(
      v.string(),
      v.regex(
        new RegExp(`^(${appTypes.join('|')})(,(${appTypes.join('|')}))*$`),
        'Expected types of applications with commas between them',
      ),
    ),
  ),
  external_client_id: text,
};
type ClientFilter = v.InferOutput<ReturnType<typeof strictObject<typeof filterQuery>>>;

/** Applications. */
export const clients: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/clients',
    scopes: readers,
    query: strictObject({ ...pageQuery, ...fieldsQuery, ...filterQuery }),
    respond: ({ tenant, query, scopes }) => {
      checkReadable(scopes, query);
      const list = tenant.store.applications;
      const show = (client: Application): object => selectFields(showClient(client, scopes), query);
      const found = isFiltered(query)
        ? list
            .list()
            .filter((client) => fits(client, query))
            .map(show)
        : storedItems(list, {}, show);
      return listPage('clients', found, query);
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/clients',
    scopes: ['create:clients'],
    status: 201,
    respond: ({ tenant, body, scopes }) => {
      checkWritable(body, scopes, creation);
      return showClient(createApplication(tenant, body), scopes);
    },
  }),
  defineEndpoint({
    method: 'get',
    path: '/clients/:id',
    scopes: readers,
    query: strictObject(fieldsQuery),
    respond: ({ tenant, id, query, scopes }) => {
      checkReadable(scopes, query);
      return selectFields(showClient(getApplication(tenant, id), scopes), query);
    },
  }),
  defineEndpoint({
    method: 'patch',
    path: '/clients/:id',
    scopes: ['update:clients', 'update:client_keys', 'update:client_credentials'],
    respond: ({ tenant, id, body, scopes }) => {
      checkWritable(body, scopes, change);
      return showClient(updateApplication(tenant, id, body), scopes);
    },
  }),
  defineEndpoint({
    method: 'delete',
    path: '/clients/:id',
    scopes: ['delete:clients'],
    respond: ({ tenant, id }) => deleteApplication(tenant, id),
  }),
  defineEndpoint({
    method: 'post',
    path: '/clients/:id/rotate-secret',
    scopes: ['update:client_keys'],
    respond: ({ tenant, id, scopes }) => {
      const application = rotateSecret(tenant, id);
      // Nobody else has it: who makes a secret sees it.
      return { ...showClient(application, scopes), client_secret: application.client_secret };
    },
  }),
];

function isFiltered(query: ClientFilter): boolean {
  return Object.keys(filterQuery).some((name) => query[name as keyof ClientFilter] !== undefined);
}

function fits(
  { is_first_party: isFirstParty, app_type: type }: Application,
  {
    is_global: isGlobal = false,
    is_first_party: wanted,
    app_type: types,
    external_client_id: external,
  }: ClientFilter,
): boolean {
  // There is no global application here, and none whose id is a document elsewhere.
  if (isGlobal || external !== undefined) return false;
  return (
    (wanted ?? isFirstParty) === isFirstParty &&
    (types === undefined || (type !== undefined && types.split(',').includes(type)))
  );
}
