import * as v from 'valibot';
import {
  clientGrantFilter,
  createClientGrant,
  deleteClientGrant,
  getClientGrant,
  updateClientGrant,
  type ClientGrant,
} from '../tenant/client-grants.js';
import { strictObject } from '../tenant/object-schemas.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';
import { isCheckpoint, listPage, listPart, storedItems } from './list-page.js';
import { checkpointQuery, flag, pageQuery, text } from './read-query.js';

/** Which application may have tokens for which API. */
export const clientGrants: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/client-grants',
    scopes: ['read:client_grants'],
    query: strictObject({
      ...pageQuery,
      ...checkpointQuery,
      audience: text,
      client_id: text,
      subject_type: v.exactOptional(v.picklist(['client', 'user'])),
      allow_any_organization: flag,
    }),
    respond: ({ tenant, query }) => {
      const { audience, client_id: clientId, subject_type: subjectType } = query;
      const filter = clientGrantFilter(tenant, {
        ...(audience !== undefined && { audience }),
        ...(clientId !== undefined && { client_id: clientId }),
        ...(subjectType !== undefined && { subject_type: subjectType }),
      });
      const list = tenant.store.clientGrants;
      const { allow_any_organization: anyOrganization } = query;
      const fits = (grant: ClientGrant): boolean =>
        anyOrganization === undefined || (grant.allow_any_organization ?? false) === anyOrganization;
      if (!isCheckpoint(query)) {
        const found =
          anyOrganization === undefined
            ? storedItems(list, filter, (grant) => grant)
            : list.list(filter).filter(fits);
        return listPage('client_grants', found, query);
      }
      const { documents, ...next } = listPart(list, filter, query);
      return { client_grants: documents.filter(fits), ...next };
    },
  }),
  defineEndpoint({
    method: 'post',
    path: '/client-grants',
    scopes: ['create:client_grants'],
    status: 201,
    respond: ({ tenant, body }) => createClientGrant(tenant, body),
  }),
  defineEndpoint({
    method: 'get',
    path: '/client-grants/:id',
    scopes: ['read:client_grants'],
    respond: ({ tenant, id }) => getClientGrant(tenant, id),
  }),
  defineEndpoint({
    method: 'patch',
    path: '/client-grants/:id',
    scopes: ['update:client_grants'],
    respond: ({ tenant, id, body }) => updateClientGrant(tenant, id, body),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/client-grants/:id',
    scopes: ['delete:client_grants'],
    respond: ({ tenant, id }) => deleteClientGrant(tenant, id),
  }),
];
