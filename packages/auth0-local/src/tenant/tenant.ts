import type { TenantLog } from '../log/tenant-log.js';
import type { Store } from '../store/store.js';

/** The state of a tenant and what its rules need beside it. */
export interface Tenant {
  readonly store: Store;
  readonly log: TenantLog;
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
  /**
   * The issuers this tenant answers as, one for each listener, each with a `/` at its end. The first is the one that
   * identifies the Management API; the others are aliases. They are known once the listeners are up.
   */
  issuers: readonly string[];
}

/** The identifier of the Management API as one of the issuers. */
export function managementIdentifier(issuer: string): string {
  return `${issuer}api/v2/`;
}

/** The time in whole seconds, as claims have it. */
export function nowSeconds({ now }: Tenant): number {
  return Math.floor(now() / 1000);
}
