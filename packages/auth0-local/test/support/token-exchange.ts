import { getApi } from '../../src/tenant/apis.js';
import { findClientGrant, type ClientGrant } from '../../src/tenant/client-grants.js';
import type { Ask, TrialAnswer } from './ask.js';
import { extendSeed } from './authorize-requests.js';
import { requestPasswordToken, requestToken, type TokenAnswer } from './flow-requests.js';
import { openTenant, type OpenTenant } from './open-tenant.js';
import { audience } from './trial-tenant.js';

export const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange';
export const accessTokenType = 'urn:ietf:params:oauth:token-type:access_token';

/** The API that the trial tenant's calls on behalf of users. */
export const calendar = 'https://calendar.example.com';

/** The trial tenant's API as a client. */
export const gateway = { client_id: 'gateway-client', client_secret: 'gateway-secret' } as const;

/** The calendar as a client, which may call nobody. */
export const calendarClient = { client_id: 'calendar-client', client_secret: 'calendar-secret' } as const;

const resourceServer = {
  app_type: 'resource_server',
  token_exchange: { allow_any_profile_of_type: ['on_behalf_of_token_exchange'] },
};

/** Opens a trial tenant whose API may call another one on behalf of users. */
export function openChain(): Promise<OpenTenant> {
  return openTenant(
    extendSeed({
      resourceServers: [
        {
          identifier: calendar,
          scopes: ['read:events', 'write:events'].map((value) => ({ value })),
          skip_consent_for_verifiable_first_party_clients: true,
          token_lifetime: 3600,
        },
      ],
      clients: [
        { ...gateway, ...resourceServer, name: 'Gateway', resource_server_identifier: audience },
        { ...calendarClient, ...resourceServer, name: 'Calendar', resource_server_identifier: calendar },
      ],
      clientGrants: [
        { client_id: gateway.client_id, audience: calendar, subject_type: 'user', allow_all_scopes: true },
      ],
    }),
  );
}

/** What lets the gateway call the calendar. */
export function getGrant({ tenant }: OpenTenant): ClientGrant {
  const grant = findClientGrant(tenant, gateway.client_id, getApi(tenant, calendar), 'user');
  if (grant === undefined) throw new Error('there is no grant');
  return grant;
}

/** What the plain user's request to the trial tenant's API comes with. */
export async function getSubjectToken({ ask }: OpenTenant): Promise<string> {
  return (await requestPasswordToken(ask, { scope: 'read:messages' })).body.access_token;
}

/** What the gateway asks for: a token for the calendar. */
export function exchange(
  ask: Ask,
  subjectToken: string,
  parameters: Record<string, unknown> = {},
): Promise<TrialAnswer<TokenAnswer>> {
  return requestToken(ask, {
    grant_type: grantType,
    ...gateway,
    subject_token: subjectToken,
    subject_token_type: accessTokenType,
    requested_token_type: accessTokenType,
    audience: calendar,
    ...parameters,
  });
}
