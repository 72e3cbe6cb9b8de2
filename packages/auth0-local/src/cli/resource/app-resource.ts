import { describeApplicationType } from '../../tenant/application-types.js';
import type { Application } from '../../tenant/applications.js';
import type { Resource } from './resource.js';

/** Applications, in the Management API's words clients. */
export const appResource: Resource<Application & { readonly signing_keys?: unknown }> = {
  command: 'apps',
  noun: 'application',
  plural: 'applications',
  title: 'application',
  argument: 'client-id',
  path: 'clients',
  listKey: 'clients',
  idOf: ({ client_id: id }) => id,
  labelOf: ({ name }) => name,
  secrets: ['client_secret', 'signing_keys'],
  listFields: [
    ['CLIENT ID', ({ client_id: id }) => id],
    ['NAME', ({ name }) => name],
    ['TYPE', ({ app_type: type }) => describeApplicationType(type)],
    ['CALLBACKS', ({ callbacks }) => join(callbacks)],
  ],
  detailFields: [
    ['CLIENT ID', ({ client_id: id }) => id, 'uncut'],
    ['NAME', ({ name }) => name],
    ['DESCRIPTION', ({ description = '' }) => description],
    ['TYPE', ({ app_type: type }) => describeApplicationType(type)],
    ['CLIENT SECRET', ({ client_secret: secret }) => secret, 'uncut'],
    ['CALLBACKS', ({ callbacks }) => join(callbacks)],
    ['ALLOWED LOGOUT URLS', ({ allowed_logout_urls: urls }) => join(urls)],
    ['ALLOWED ORIGINS', ({ allowed_origins: origins }) => join(origins)],
    ['ALLOWED WEB ORIGINS', ({ web_origins: origins }) => join(origins)],
    ['TOKEN ENDPOINT AUTH', ({ token_endpoint_auth_method: method }) => method ?? ''],
    ['GRANTS', ({ grant_types: types }) => join(types)],
    ['RESOURCE SERVER', ({ resource_server_identifier: identifier }) => identifier],
    [
      'METADATA',
      ({ client_metadata: data }) => data && join(Object.entries(data).map((pair) => pair.join('='))),
    ],
  ],
};

function join(values: readonly string[] = []): string {
  return values.join(', ');
}
