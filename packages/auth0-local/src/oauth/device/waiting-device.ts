import { deleteArtifact, readArtifact, updateArtifact, type Artifact } from '../../tenant/artifacts.js';
import type { Tenant } from '../../tenant/tenant.js';
import { describeAccess, type Access } from '../consent/describe-access.js';
import type { DeviceCodeData, UserCodeData } from '../flow-data.js';
import { OAuthError } from '../oauth-error.js';
import type { Session } from '../login/session.js';

/** A device that waits for its user, and what it would get. */
export interface WaitingDevice {
  readonly userCode: string;
  readonly deviceCode: string;
  readonly artifact: Artifact<DeviceCodeData>;
  readonly access: Access;
}

/** @throws OAuthError: nobody waits with this code any more, or not for anything it may have. */
export function findWaitingDevice(tenant: Tenant, userCode: string, { user }: Session): WaitingDevice {
  const deviceCode = readArtifact<UserCodeData>(tenant, 'user_code', userCode)?.data.device_code;
  const artifact =
    deviceCode === undefined ? undefined : readArtifact<DeviceCodeData>(tenant, 'device_code', deviceCode);
  const access =
    artifact?.client_id === undefined
      ? undefined
      : describeAccess(tenant, artifact.client_id, artifact.data, user);
  if (deviceCode === undefined || artifact === undefined || access === undefined) {
    throw new OAuthError({
      statusCode: 400,
      error: 'invalid_request',
      description: 'This code has expired or was used already. Your device can show a new one.',
      log: { type: 'fdeac' },
    });
  }
  return { userCode, deviceCode, artifact, access };
}

/** Tells a device, when it asks next, that its user has connected it, or not without a session. Its code is used then. */
export function answerDevice(
  tenant: Tenant,
  { userCode, deviceCode, artifact, access }: WaitingDevice,
  session: Session | undefined,
): void {
  const { audience } = artifact.data;
  deleteArtifact(tenant, 'user_code', userCode);
  updateArtifact<DeviceCodeData>(tenant, deviceCode, {
    ...artifact,
    data: {
      ...artifact.data,
      ...(session === undefined
        ? { state: 'denied' }
        : {
            state: 'approved',
            user_id: session.user.user_id,
            access: {
              ...(audience !== undefined && { audience }),
              scopes: access.scopes,
              auth_time: session.auth_time,
              sid: session.sid,
            },
          }),
    },
  });
}
