import { isLoopbackHost } from '../../is-loopback-host.js';
import type { RunningTenantRecord } from '../running-tenants.js';

/** What `local start` says of a tenant: where it is, and what to do next. */
export function describeStart(
  record: RunningTenantRecord,
  { isDetached = false, host = 'localhost' } = {},
): string {
  const { name, url, https_url: httpsUrl, issuer, data_dir: dataDir } = record;
  const isFixed = issuer !== `${url}/`;
  const network = isLoopbackHost(host)
    ? ''
    : `\n  Network  open to all who reach ${host}; over http they can read passwords and tokens of others`;
  return `
  Domain   ${url}   (AUTH0_DOMAIN)
  TLS      ${httpsUrl}   with: auth0 local exec -- <command>${isFixed ? `\n  Issuer   ${issuer}` : ''}${network}
  State    ${dataDir ?? 'in memory, gone when it stops'}

Create an API, and take a token for it:

  auth0 apis create --name "My Express API" --identifier https://my-express-api.example.com
  auth0 test token --identifier https://my-express-api.example.com

${isDetached ? `Stop it with: auth0 local stop --tenant ${name}` : 'Ctrl-C stops it. Below: every token it issues or refuses, and why.'}
`;
}
