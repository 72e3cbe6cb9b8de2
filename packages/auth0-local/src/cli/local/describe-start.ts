import { isLoopbackHost } from '../../is-loopback-host.js';
import type { DashboardAudience } from '../../dashboard/audience.js';
import type { RunningTenantRecord } from '../running-tenants.js';
import { nameCommand } from './name-command.js';

/** How a tenant was started. */
interface Start {
  readonly isDetached?: boolean;
  readonly host: string;
  readonly dashboard: DashboardAudience;
}

/** What `local start` says of a tenant: where it is, and what to do next. */
export function describeStart(
  record: RunningTenantRecord,
  { isDetached = false, host, dashboard }: Start,
): string {
  const { name, url, https_url: httpsUrl, issuer, data_dir: dataDir } = record;
  const isFixed = issuer !== `${url}/`;
  const auth0 = nameCommand();
  const facts = [
    ['Domain', `${isFixed ? new URL(issuer).origin : url}   (AUTH0_DOMAIN)`],
    ...(isFixed ? [['HTTP', url]] : []),
    ['TLS', `${httpsUrl}   with: ${auth0} local exec -- <command>`],
    ...(dashboard === 'off' ? [] : [['Dashboard', `${url}/dashboard`]]),
    ...(isLoopbackHost(host)
      ? []
      : [
          [
            'Network',
            `open to all who reach ${host}; over http they can read passwords and tokens of others${dashboard === 'anywhere' ? ', and in the Dashboard they can do everything' : ''}`,
          ],
        ]),
    ['State', dataDir ?? 'in memory, gone when it stops'],
  ];
  const end = isDetached
    ? `Stop it with: ${auth0} local stop --tenant ${name}`
    : `Ctrl-C stops it. Below: every token it issues or refuses, and why.${auth0 === 'auth0' ? '' : '\nThe commands there take npx before them.'}`;
  return `${facts.map(([label = '', fact]) => `  ${label.padEnd(9)} ${fact}`).join('\n')}

Create an API, and take a token for it:

  ${auth0} apis create --name "My Express API" --identifier https://my-express-api.example.com
  ${auth0} test token --identifier https://my-express-api.example.com

${end}
`;
}
