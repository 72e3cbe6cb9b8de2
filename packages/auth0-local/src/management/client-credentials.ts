import {
  addCredential,
  deleteCredential,
  getCredential,
  updateCredential,
} from '../tenant/application-credentials.js';
import { getApplication } from '../tenant/applications.js';
import { listCredentials } from '../tenant/authentication-methods.js';
import type { Credential } from '../tenant/credentials.js';
import { defineEndpoint, type Endpoint } from './endpoint.js';

/** The public keys of applications, which authenticate with them (RFC 7523). */
export const clientCredentials: readonly Endpoint[] = [
  defineEndpoint({
    method: 'get',
    path: '/clients/:id/credentials',
    scopes: ['read:client_credentials'],
    respond: ({ tenant, id }) => listCredentials(getApplication(tenant, id)).map(showCredential),
  }),
  defineEndpoint({
    method: 'post',
    path: '/clients/:id/credentials',
    scopes: ['create:client_credentials'],
    status: 201,
    respond: ({ tenant, id, body }) => showCredential(addCredential(tenant, id, body)),
  }),
  defineEndpoint({
    method: 'get',
    path: '/clients/:id/credentials/:credential',
    scopes: ['read:client_credentials'],
    respond: ({ tenant, id, params }) =>
      showCredential(getCredential(getApplication(tenant, id), params['credential'] ?? '')),
  }),
  defineEndpoint({
    method: 'patch',
    path: '/clients/:id/credentials/:credential',
    scopes: ['update:client_credentials'],
    respond: ({ tenant, id, params, body }) =>
      showCredential(updateCredential(tenant, id, params['credential'] ?? '', body)),
  }),
  defineEndpoint({
    method: 'delete',
    path: '/clients/:id/credentials/:credential',
    scopes: ['delete:client_credentials'],
    respond: ({ tenant, id, params }) => deleteCredential(tenant, id, params['credential'] ?? ''),
  }),
];

/** What was given as a key never comes back. */
function showCredential({ pem, ...credential }: Credential): object {
  return credential;
}
