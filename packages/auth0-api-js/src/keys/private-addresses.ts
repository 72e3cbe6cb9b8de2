import { BlockList, isIP } from 'node:net';

/**
 * Ranges of addresses that are not on the public internet (IANA special-purpose registries, RFC 6890): this machine,
 * private networks, link-local with the metadata services of clouds, shared and reserved space, multicast.
 */
const ranges = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  // Azure's own services, on every machine of it.
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const;

/** Global unicast is `2000::/3`; these are the parts of it that lead elsewhere: Teredo, documentation and 6to4. */
const specialUnicast = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const;

const special = new BlockList();
for (const [net, prefix] of ranges) special.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of specialUnicast) special.addSubnet(net, prefix, 'ipv6');
const unicast = new BlockList();
unicast.addSubnet('2000::', 3, 'ipv6');

/** Tells whether an IP address is on the public internet. A text that is none is not. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !special.check(address, 'ipv4');
  return family === 6 && unicast.check(address, 'ipv6') && !special.check(address, 'ipv6');
}
