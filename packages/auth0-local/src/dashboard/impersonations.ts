import type { LogTypeCode } from '../log/log-types.js';
import { checkGrantType } from '../oauth/client/check-grant-type.js';
import { authorizationCode } from '../oauth/grants/authorization-code.js';
import { clientCredentials } from '../oauth/grants/client-credentials.js';
import { readParameters } from '../oauth/request/read-parameters.js';
import { findRequestedApi, readScopes } from '../oauth/scopes/decide-scopes.js';
import { explainDroppedScopes } from '../oauth/scopes/explain-dropped-scopes.js';
import { unprovenSender } from '../oauth/sender/sender.js';
import { getActiveUser } from '../oauth/token/get-active-user.js';
import { issueUserTokens, type IssuedTokens } from '../oauth/token/issue-user-tokens.js';
import type { Site } from '../site.js';
import { scopeNames } from '../tenant/apis.js';
import type { Application } from '../tenant/applications.js';
import { nowSeconds } from '../tenant/tenant.js';
import { userGrantTypes } from '../tenant/test-application.js';

/** What a test token is to be good for. */
export interface TestAccess {
  readonly audience: string;
  /** All there is where it is left out. */
  readonly scope?: string;
  readonly ip: string | undefined;
}

/** In whose name the owner of the tenant takes a token. */
export interface Impersonation {
  /** What the log calls it when it worked, and when not. */
  readonly log: {
    readonly succeeded: LogTypeCode;
    readonly failed: LogTypeCode;
    readonly description: string;
  };
  /** @throws OAuthError: what the token endpoint would refuse. */
  issue(site: Site, application: Application, access: TestAccess): Promise<IssuedTokens>;
}

/** What an application gets for its client credentials. */
export const asApplication: Impersonation = {
  log: { ...clientCredentials.log, description: 'An access token in the name of the application' },
  issue: async (site, application, { audience, scope, ip }) => {
    checkGrantType(application, clientCredentials.grantType);
    const parameters = readParameters({ audience, ...(scope !== undefined && { scope }) });
    const issued = await clientCredentials.exchange({
      site,
      application,
      parameters,
      sender: unprovenSender,
      ip,
    });
    return scope === undefined ? explainMissing(site, application, audience, issued) : issued;
  },
};

/** What an application gets after a user has logged in. */
export function asUser(userId: string): Impersonation {
  return {
    log: { ...authorizationCode.log, description: 'An access token in the name of a user' },
    issue: async (site, application, { audience, scope }) => {
      const { tenant } = site;
      // Of those that would do, this is the one to add.
      if (!application.grant_types.some((grantType) => userGrantTypes.includes(grantType))) {
        checkGrantType(application, authorizationCode.grantType);
      }
      const user = getActiveUser(tenant, userId);
      const api = findRequestedApi(tenant, audience);
      const requested = scope === undefined && api !== undefined ? scopeNames(api) : readScopes(scope);
      // There is no login that could be continued: the tab takes another token.
      const scopes = requested.filter((name) => name !== 'offline_access');
      return issueUserTokens(site, {
        application,
        user,
        sender: unprovenSender,
        access: { audience, scopes, auth_time: nowSeconds(tenant) },
      });
    },
  };
}

/** Who asks for all there is wants to know what of it the application may not have; its client credentials never say. */
function explainMissing(
  { tenant }: Site,
  application: Application,
  audience: string,
  issued: IssuedTokens,
): IssuedTokens {
  const api = findRequestedApi(tenant, audience);
  if (api === undefined) return issued;
  const granted = readScopes(issued.tokens.scope);
  const reasons = explainDroppedScopes(tenant, { application, api, requested: scopeNames(api), granted });
  return { ...issued, log: { ...issued.log, ...reasons } };
}
