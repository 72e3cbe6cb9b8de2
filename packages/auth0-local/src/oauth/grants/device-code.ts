import type { Artifact } from '../../tenant/artifacts.js';
import { deleteArtifact, updateArtifact } from '../../tenant/artifacts.js';
import type { Tenant } from '../../tenant/tenant.js';
import { requireParameter } from '../request/body-parameters.js';
import { devicePollingSeconds, readDeviceCode } from '../device/device-codes.js';
import type { DeviceCodeData } from '../flow-data.js';
import { getActiveUser } from '../token/get-active-user.js';
import { issueUserTokens, type IssuedTokens } from '../token/issue-user-tokens.js';
import { OAuthError } from '../oauth-error.js';
import { invalidGrant } from '../refusals.js';
import type { UserAccess } from '../../tokens/user-access.js';
import type { Grant, GrantRequest } from './grant.js';

/** A device asks whether its user has approved it by now (RFC 8628 section 3.4). */
export const deviceCode: Grant = {
  grantType: 'urn:ietf:params:oauth:grant-type:device_code',
  log: { succeeded: 'sede', failed: 'fede' },
  exchange: exchangeDeviceCode,
};

async function exchangeDeviceCode({
  site,
  application,
  parameters,
  sender,
}: GrantRequest): Promise<IssuedTokens> {
  const { tenant } = site;
  const code = requireParameter(parameters, 'device_code');
  const artifact = readDeviceCode(tenant, application, code);
  if (artifact === undefined) throw invalidGrant('Invalid or expired device code.');
  const access = readApproval(tenant, code, artifact);

  const user = getActiveUser(tenant, artifact.data.user_id);
  return issueUserTokens(site, { application, user, access, sender });
}

/** Every answer but that of waiting is the last one for its code. */
function readApproval(tenant: Tenant, code: string, artifact: Artifact<DeviceCodeData>): UserAccess {
  const { state, access, expires_at: expiresAt } = artifact.data;
  if (tenant.now() < expiresAt && state === 'pending') throw wait(tenant, code, artifact);
  deleteArtifact(tenant, 'device_code', code);
  if (tenant.now() >= expiresAt) throw refuse(403, 'expired_token', 'The device code has expired.');
  if (state === 'denied' || access === undefined) {
    throw refuse(403, 'access_denied', 'User cancelled the confirmation prompt.');
  }
  return access;
}

function wait(tenant: Tenant, code: string, artifact: Artifact<DeviceCodeData>): OAuthError {
  const { polled_at: polledAt } = artifact.data;
  const now = tenant.now();
  updateArtifact(tenant, code, { ...artifact, data: { ...artifact.data, polled_at: now } });
  return polledAt !== undefined && now < polledAt + devicePollingSeconds * 1000
    ? refuse(
        429,
        'slow_down',
        `You are polling faster than the specified interval of ${devicePollingSeconds} seconds.`,
      )
    : new OAuthError({
        statusCode: 403,
        error: 'authorization_pending',
        description: 'User has yet to authorize device code.',
        isExpected: true,
      });
}

function refuse(statusCode: number, error: string, description: string): OAuthError {
  return new OAuthError({ statusCode, error, description });
}
