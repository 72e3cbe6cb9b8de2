export { createTenant, type RunningTenant } from './create-tenant.js';
export type { TenantOptions } from './options.js';
export { TenantOptionError } from './options.js';
export { ListenError } from './listen.js';
export { StoreError } from './store/store.js';
export { TenantError } from './tenant/tenant-error.js';
export type { Seed } from './tenant/seed.js';
export type { LogTypeCode } from './log/log-types.js';
export type { LogEntry } from './log/tenant-log.js';
