import type { Api } from '../../tenant/apis.js';
import type { Application } from '../../tenant/applications.js';
import type { Consent } from '../../tenant/consents.js';
import type { User } from '../../tenant/users.js';

/** Who allows whom what. The user's profile alone is no API, and is kept under no name. */
export function describeConsent(
  { user_id: userId }: User,
  { client_id: clientId }: Application,
  api: Api | undefined,
  scope: readonly string[],
): Consent {
  return { user_id: userId, client_id: clientId, audience: api?.identifier ?? '', scope };
}
