import type { Application } from '../../tenant/applications.js';
import { createArtifact, readArtifact, type Artifact } from '../../tenant/artifacts.js';
import type { Tenant } from '../../tenant/tenant.js';
import type { DeviceCodeData } from '../flow-data.js';

/** How long a user has to approve a device. */
export const deviceCodeLifetimeSeconds = 900;

/** How often a device may ask (RFC 8628 section 3.2: `interval`). */
export const devicePollingSeconds = 5;

/** Remembers what a device asks for; nobody has approved it yet. */
export function createDeviceCode(
  tenant: Tenant,
  { client_id: clientId }: Application,
  data: Pick<DeviceCodeData, 'audience' | 'scopes' | 'user_code'>,
): string {
  return createArtifact<DeviceCodeData>(tenant, 'device_code', {
    lifetimeSeconds: 2 * deviceCodeLifetimeSeconds,
    client_id: clientId,
    data: { ...data, state: 'pending', expires_at: tenant.now() + deviceCodeLifetimeSeconds * 1000 },
  });
}

/** A device code that was issued to an application, also when its time is up. */
export function readDeviceCode(
  tenant: Tenant,
  application: Application,
  code: string,
): Artifact<DeviceCodeData> | undefined {
  const artifact = readArtifact<DeviceCodeData>(tenant, 'device_code', code);
  return artifact?.client_id === application.client_id ? artifact : undefined;
}
