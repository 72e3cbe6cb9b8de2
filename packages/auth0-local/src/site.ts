import type { Tenant } from './tenant/tenant.js';

/** A tenant as one of its listeners shows it. */
export interface Site {
  readonly tenant: Tenant;
  /** What tokens and metadata of this listener name as their issuer, with a `/` at its end. */
  readonly issuer: string;
  /** Where it listens, without a `/` at its end. */
  readonly url: string;
  /** Whether requests come over TLS. */
  readonly isSecure: boolean;
}
