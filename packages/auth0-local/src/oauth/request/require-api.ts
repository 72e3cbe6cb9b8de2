import { findApi, type Api } from '../../tenant/apis.js';
import type { Tenant } from '../../tenant/tenant.js';
import { missingApi } from '../refusals.js';

/** @throws OAuthError: no API has this audience as its identifier. */
export function requireApi(tenant: Tenant, audience: string): Api {
  const api = findApi(tenant, audience);
  if (api === undefined) throw missingApi(audience);
  return api;
}
