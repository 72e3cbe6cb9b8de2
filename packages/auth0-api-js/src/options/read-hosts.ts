import { isIPv6 } from 'node:net';
import { invalidOption } from './invalid-option.js';
import { readNames } from './read-names.js';

/** What is left of a host after the URL parser: labels of ASCII, or an address of IPv6 in brackets. */
const host = /^(?:(?:[\w-]+\.)*[\w-]+\.?|\[[\da-f:]+\])$/;

/**
 * Reads a list of hosts: names or addresses alone.
 *
 * @returns Each as the URL parser writes it, so that it equals the `hostname` of a URL: `[::1]`, `127.0.0.1`, `xn--…`.
 */
export function readHosts(hosts: unknown, option: string): ReadonlySet<string> {
  return new Set(readNames(hosts, option).map((text) => readHost(text, option)));
}

function readHost(text: string, option: string): string {
  const bare = text.replace(/^\[(.*)\]$/, '$1');
  const address = `https://${isIPv6(bare) ? `[${bare}]` : text}/`;
  // A port that is the default one would be dropped by the parser, a path or credentials are beside the host.
  const isAlone = isIPv6(bare) || !/[\s:/?#@\\]/.test(text);
  const name = isAlone && URL.canParse(address) ? new URL(address).hostname : '';
  if (host.test(name)) return name;
  const what = `"${option}" must be hosts alone, like 'auth.internal', '10.0.0.7' or '::1': no scheme, port, path or wildcard`;
  throw invalidOption(option, what);
}
