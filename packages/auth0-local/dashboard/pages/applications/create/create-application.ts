import type { AppType } from '../../../../src/tenant/application-schema.ts';
import { applicationDefaults } from '../../../../src/tenant/application-types.ts';
import type { Application } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { invalidate } from '../../../api/use-query.ts';

/** What an application is created with. */
export interface ApplicationInput {
  readonly name: string;
  readonly type: AppType;
  /** The identifier of the API that a machine is authorised for, or none. */
  readonly authorised: string;
  /** The identifier of the API that a resource server is. */
  readonly own: string;
}

/** Creates an application, as the command does. One of machines is authorised for an API at once, with all permissions. */
export async function createApplication({
  name,
  type,
  authorised,
  own,
}: ApplicationInput): Promise<Application> {
  const application = await request<Application>('POST', '/v2/clients', {
    name: name.trim(),
    app_type: type,
    ...applicationDefaults(type),
    ...(type === 'resource_server' && { resource_server_identifier: own }),
  });
  if (type === 'non_interactive' && authorised !== '') {
    await request('POST', '/v2/client-grants', {
      client_id: application.client_id,
      audience: authorised,
      allow_all_scopes: true,
    });
  }
  await invalidate('/v2/clients', '/v2/client-grants');
  return application;
}
