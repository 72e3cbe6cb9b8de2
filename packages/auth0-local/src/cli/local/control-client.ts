import type { RunningTenantRecord } from '../running-tenants.js';

/**
 * Asks a running tenant something that only its owner may.
 *
 * @throws Error: it does not answer, or not as it should.
 */
export async function askTenant(
  { name, url, owner_secret: secret }: RunningTenantRecord,
  method: 'GET' | 'POST',
  path: string,
): Promise<Response> {
  const headers = { authorization: `Bearer ${secret}` };
  const response = await fetch(`${url}/local${path}`, { method, headers, redirect: 'error' });
  if (!response.ok)
    throw new Error(`The tenant ${name} answered ${response.status} to ${method} /local${path}.`);
  return response;
}
