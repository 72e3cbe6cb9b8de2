import type { Application } from '../../tenant/applications.js';
import type { Tenant } from '../../tenant/tenant.js';
import { readIdTokenHint, type IdTokenHint } from '../../tokens/read-id-token-hint.js';
import { isRedirectable } from '../authorize/check-redirect-uri.js';
import type { Exchange } from '../browser/exchange.js';
import { fixLogoutUrl, fixUnknownClient } from '../fixes.js';
import type { OAuthError } from '../oauth-error.js';
import type { Parameters } from '../request/read-parameters.js';
import { invalidRequest } from '../refusals.js';

/** A logout that may be carried out. */
export interface LogoutRequest {
  readonly clientId?: string;
  readonly hint?: IdTokenHint;
  /** The `sid` of a session, from an application that keeps no ID tokens. */
  readonly logoutHint?: string;
  /** Where the browser goes; absent for a page of the tenant. */
  readonly redirectUri?: string;
  readonly state?: string;
}

/**
 * Reads a request to log out.
 *
 * @param redirectName - What the endpoint calls the parameter that says where to go.
 * @throws OAuthError, to be shown: who asks is not known, or the browser must not be sent there.
 */
export async function readLogout(
  { site: { tenant } }: Exchange,
  { values, unusable }: Parameters,
  redirectName: 'post_logout_redirect_uri' | 'returnTo',
): Promise<LogoutRequest> {
  const [name] = unusable;
  if (name !== undefined) throw refuse(`Parameter ${name} is there more than once, or too long`);
  const hint = await readHint(tenant, values.get('id_token_hint'));
  const asked = values.get('client_id');
  if (hint !== undefined && asked !== undefined && hint.clientId !== asked) {
    throw refuse('The id_token_hint was issued to another application than client_id');
  }
  const clientId = asked ?? hint?.clientId;
  const application = clientId === undefined ? undefined : tenant.store.applications.get(clientId);
  if (clientId !== undefined && application === undefined) {
    throw refuse(`Unknown client: ${clientId}`, { fix: fixUnknownClient() });
  }
  const wanted = values.get(redirectName);
  const redirectUri =
    wanted === undefined
      ? // Documented of the real tenant: an application that says who it is gets its first one.
        asked && application?.allowed_logout_urls?.find(isRedirectable)
      : checkLogoutUrl(application, wanted, redirectName);
  const logoutHint = values.get('logout_hint');
  const state = values.get('state');
  return {
    ...(clientId !== undefined && { clientId }),
    ...(hint !== undefined && { hint }),
    ...(logoutHint !== undefined && { logoutHint }),
    ...(redirectUri !== undefined && { redirectUri }),
    ...(state !== undefined && { state }),
  };
}

async function readHint(tenant: Tenant, token: string | undefined): Promise<IdTokenHint | undefined> {
  if (token === undefined) return undefined;
  const hint = await readIdTokenHint(tenant, token);
  if (hint === undefined) throw refuse('The id_token_hint is no ID token of this tenant');
  return hint;
}

/** One of the application's logout URLs, compared as strings; nothing else, or the tenant would lead anywhere. */
function checkLogoutUrl(application: Application | undefined, url: string, name: string): string {
  if (application === undefined) {
    throw refuse(`${name} needs client_id or id_token_hint, so that the application's list can be looked at`);
  }
  const { client_id: clientId, allowed_logout_urls: allowed = [] } = application;
  if (!isRedirectable(url)) {
    throw refuse(`The ${name} ${url} is no absolute URL that a browser can safely go to`);
  }
  if (!allowed.includes(url)) {
    const fix = fixLogoutUrl(clientId, allowed, url);
    throw refuse(`The ${name} ${url} is not in the list of allowed logout URLs`, {
      client_id: clientId,
      ...(fix !== undefined && { fix }),
    });
  }
  return url;
}

function refuse(description: string, log: { client_id?: string; fix?: string } = {}): OAuthError {
  return invalidRequest(description).about({ type: 'flo', ...log });
}
