import type { LogInput } from '../../log/tenant-log.js';
import type { Attempt } from './answer-request.js';
import type { ResponseTarget } from './response-target.js';

/** Whom and what an authorization request is about, for the tenant's log. */
export function describeAttempt(
  { exchange, parameters, session }: Attempt,
  { application }: ResponseTarget,
): Omit<LogInput, 'type'> {
  const { ip } = exchange.req;
  const audience = parameters.values.get('audience');
  const scope = parameters.values.get('scope');
  return {
    client_id: application.client_id,
    client_name: application.name,
    ...(session !== undefined && { user_id: session.user.user_id, user_name: session.user.email }),
    ...(audience !== undefined && { audience }),
    ...(scope !== undefined && { scope }),
    ...(ip !== undefined && { ip }),
  };
}
