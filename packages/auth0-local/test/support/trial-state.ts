import { createTenantLog } from '../../src/log/tenant-log.js';
import { openStore, type Store } from '../../src/store/store.js';
import { createManagementApi } from '../../src/tenant/management-api.js';
import { createSettings } from '../../src/tenant/settings.js';
import type { Tenant } from '../../src/tenant/tenant.js';

/** The state of a new tenant in memory, without keys and without anybody who serves it. */
export interface TrialState {
  readonly tenant: Tenant;
  /** Moves the tenant's clock, which stands still otherwise. */
  readonly advance: (milliseconds: number) => void;
}

/** @param store - Where the state is; in memory by default. */
export function createTrialState(store: Store = openStore()): TrialState {
  let time = Date.parse('2026-11-25T12:00:00Z');
  const now = (): number => time;
  const issuers = ['http://localhost:4400/', 'https://localhost:4443/'];
  const tenant: Tenant = { store, now, issuers, log: createTenantLog(store.logs, now) };
  createManagementApi(tenant);
  createSettings(tenant);
  return {
    tenant,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
