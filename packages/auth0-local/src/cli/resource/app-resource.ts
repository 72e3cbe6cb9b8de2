import type { AppType } from '../../tenant/application-schema.js';
import type { Application } from '../../tenant/applications.js';
import type { Resource } from './resource.js';

/** The types of applications, as the command line calls them. */
export const appTypes = {
  native: { appType: 'native', label: 'Native' },
  spa: { appType: 'spa', label: 'Single Page Web Application' },
  regular: { appType: 'regular_web', label: 'Regular Web Application' },
  m2m: { appType: 'non_interactive', label: 'Machine to Machine' },
  resource_server: { appType: 'resource_server', label: 'Resource Server' },
} as const satisfies Record<string, { readonly appType: AppType; readonly label: string }>;

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
    ['TYPE', ({ app_type: type }) => describeType(type)],
    ['CALLBACKS', ({ callbacks }) => join(callbacks)],
  ],
  detailFields: [
    ['CLIENT ID', ({ client_id: id }) => id, 'uncut'],
    ['NAME', ({ name }) => name],
    ['DESCRIPTION', ({ description = '' }) => description],
    ['TYPE', ({ app_type: type }) => describeType(type)],
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

/** The type of an application, in words. */
export function describeType(type: AppType | undefined): string {
  return Object.values(appTypes).find(({ appType }) => appType === type)?.label ?? 'Generic';
}

function join(values: readonly string[] = []): string {
  return values.join(', ');
}
