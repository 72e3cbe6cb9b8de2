import { resolve } from 'node:path';
import { quote } from '../../oauth/fixes.js';
import type { TenantOptions } from '../../options.js';

/** The `auth0 local start` that starts this tenant again: its options, as far as they are not the usual ones. */
export function writeRestartCommand(auth0: string, options: TenantOptions): string {
  const { port, httpsPort, dataDir, host, issuer, allowHosts = [], dashboard, allowProduction } = options;
  const words: readonly (readonly [option: string, value: string | undefined])[] = [
    ['--port', port === 4400 ? undefined : String(port)],
    ['--https-port', httpsPort === 4443 ? undefined : String(httpsPort)],
    ['--data-dir', dataDir === resolve('.auth0-local') ? undefined : dataDir],
    ['--host', host],
    ['--issuer', issuer],
    ['--allow-host', allowHosts.length === 0 ? undefined : allowHosts.join(',')],
    ['--dashboard', dashboard === 'loopback' ? undefined : dashboard],
  ];
  return [
    `${auth0} local start`,
    ...words.flatMap(([option, value]) => (value === undefined ? [] : [`${option} ${quote(value)}`])),
    ...(allowProduction ? ['--allow-production'] : []),
  ].join(' ');
}
