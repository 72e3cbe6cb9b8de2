import {
  testApplicationBody,
  testApplicationName,
  userTestApplicationBody,
  userTestApplicationName,
} from '../../../../src/tenant/test-application.ts';
import { isUserGrantNeeded } from '../../../api/is-user-grant-needed.ts';
import type { Api, Application } from '../../../api/management.ts';
import { request } from '../../../api/request.ts';
import { invalidate } from '../../../api/use-query.ts';
import type { Subject } from './test-choice.ts';

/** Creates an application that can take tokens for an API at once, in its own name or in that of its users. */
export async function createTestApplication(api: Api, subject: Subject): Promise<Application> {
  const isForUsers = subject === 'user';
  const body = isForUsers
    ? userTestApplicationBody(userTestApplicationName(api))
    : testApplicationBody(testApplicationName(api));
  const application = await request<Application>('POST', '/v2/clients', body);
  if (!isForUsers || isUserGrantNeeded(api, application)) {
    await request('POST', '/v2/client-grants', {
      client_id: application.client_id,
      audience: api.identifier,
      allow_all_scopes: true,
      ...(isForUsers && { subject_type: subject }),
    });
  }
  await invalidate('/v2/clients', '/v2/client-grants');
  return application;
}
