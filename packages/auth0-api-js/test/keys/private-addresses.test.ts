import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isPublicAddress } from '../../src/keys/private-addresses.js';

/** The ranges once more, in another form: the first and the last address of each. */
const specialIpv4 = [
  ['0.0.0.0', '0.255.255.255'],
  ['10.0.0.0', '10.255.255.255'],
  ['100.64.0.0', '100.127.255.255'],
  ['127.0.0.0', '127.255.255.255'],
  ['169.254.0.0', '169.254.255.255'],
  ['172.16.0.0', '172.31.255.255'],
  ['192.0.0.0', '192.0.0.255'],
  ['192.0.2.0', '192.0.2.255'],
  ['192.88.99.0', '192.88.99.255'],
  ['192.168.0.0', '192.168.255.255'],
  ['198.18.0.0', '198.19.255.255'],
  ['198.51.100.0', '198.51.100.255'],
  ['203.0.113.0', '203.0.113.255'],
  ['224.0.0.0', '255.255.255.255'],
] as const;

const numberOf = (address: string): number =>
  address.split('.').reduce((number, part) => number * 256 + Number(part), 0);
const ipv4Of = (number: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');

function isPublicIpv4(number: number): boolean {
  return specialIpv4.every(([first, last]) => number < numberOf(first) || number > numberOf(last));
}

/** By its eight groups: what is global unicast, and not Teredo and the like, documentation or 6to4. */
function isPublicIpv6([first = 0, second = 0]: readonly number[]): boolean {
  if (first < 0x2000 || first > 0x3fff) return false;
  if (first === 0x2001) return second >= 0x200 && second !== 0xdb8;
  if (first === 0x2002) return false;
  return !(first === 0x3fff && second < 0x1000);
}

const group = fc.oneof(
  fc.nat(0xffff),
  fc.constantFrom(0, 1, 0x1ff, 0x200, 0xdb8, 0x1000, 0xfff, 0x7f00, 0xa00, 0xffff, 0xff9b),
);
const firstGroup = fc.oneof(
  group,
  fc.constantFrom(
    0,
    0x64,
    0x100,
    0x1fff,
    0x2000,
    0x2001,
    0x2002,
    0x2003,
    0x3ffe,
    0x3fff,
    0x4000,
    0x5f00,
    0xfc00,
    0xfe80,
    0xff02,
  ),
);
const groups = fc.tuple(firstGroup, group, group, group, group, group, group, group);

/** The spellings of an address: short, with leading zeros, in capitals, with a gap, with a dotted end. */
function spellings(parts: readonly number[]): readonly string[] {
  const hex = parts.map((part) => part.toString(16));
  const long = hex.map((part) => part.padStart(4, '0'));
  const [seventh = 0, eighth = 0] = parts.slice(6);
  const dotted = `${hex.slice(0, 6).join(':')}:${ipv4Of(seventh * 65_536 + eighth)}`;
  const gap = /(^|:)0(:0)+(:|$)/.exec(hex.join(':'));
  const short = gap === null ? [] : [hex.join(':').replace(gap[0], '::')];
  return [hex.join(':'), long.join(':'), long.join(':').toUpperCase(), dotted, ...short];
}

describe('isPublicAddress', () => {
  it.each(specialIpv4)(
    'L3 is false from %s to %s, and true on both sides where that is public',
    (first, last) => {
      const [from, to] = [numberOf(first), numberOf(last)];
      for (const number of [from, from + 1, Math.floor((from + to) / 2), to - 1, to])
        expect(isPublicAddress(ipv4Of(number)), ipv4Of(number)).toBe(false);
      for (const number of [from - 1, to + 1]) {
        if (number < 0 || number >= 2 ** 32) continue;
        expect(isPublicAddress(ipv4Of(number)), ipv4Of(number)).toBe(isPublicIpv4(number));
      }
    },
  );

  it.each([
    ['this machine', '::1'],
    ['no address', '::'],
    ["the address of Azure's own services", '168.63.129.16'],
    ['an IPv4 address in IPv6', '::ffff:127.0.0.1'],
    ['a public one in IPv6', '::ffff:8.8.8.8'],
    ['the same in hexadecimal', '::ffff:7f00:1'],
    ['the old form of that', '::127.0.0.1'],
    ['NAT64', '64:ff9b::7f00:1'],
    ['NAT64 of a network', '64:ff9b:1::a00:1'],
    ['6to4', '2002:7f00:1::'],
    ['Teredo', '2001:0:7f00:1::'],
    ['benchmarks', '2001:2::1'],
    ['ORCHID', '2001:20::1'],
    ['documentation', '2001:db8::1'],
    ['documentation, the new range', '3fff::1'],
    ['discard', '100::1'],
    ['unique local', 'fc00::1'],
    ['unique local, the other half', 'fd12:3456::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['link-local with a number', 'fe80::1%2'],
    ['site-local', 'fec0::1'],
    ['multicast', 'ff02::1'],
    ['segment routing', '5f00::1'],
    ['metadata services', 'fd00:ec2::254'],
  ])('L3 is false for %s, %s', (_what, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each([
    '1.1.1.1',
    '8.8.8.8',
    '99.255.255.255',
    '2606:4700:4700::1111',
    '2a00:1450:4001:80b::200e',
    '2001:4860::8888',
  ])('is true for %s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });

  it.each([
    '',
    'localhost',
    '127.1',
    '0x7f.0.0.1',
    '1.1.1.1.',
    ' 1.1.1.1',
    '1.1.1.1 ',
    '[2606:4700::1]',
    '1.1.1',
    '1.1.1.256',
    '01.1.1.1',
    'https://1.1.1.1/',
  ])('is false for a text that is no address: %j', (text) => {
    expect(isPublicAddress(text)).toBe(false);
  });

  it('agrees with the other form of the ranges on any IPv4 address', () => {
    const edges = specialIpv4.flatMap(([first, last]) => [numberOf(first), numberOf(last)]);
    const near = fc
      .tuple(fc.constantFrom(...edges), fc.integer({ min: -300, max: 300 }))
      .map(([edge, by]) => Math.min(Math.max(edge + by, 0), 2 ** 32 - 1));
    fc.assert(
      fc.property(
        fc.oneof(
          fc.nat(2 ** 31 - 1).map((half) => half * 2),
          near,
        ),
        (number) => {
          expect(isPublicAddress(ipv4Of(number))).toBe(isPublicIpv4(number));
        },
      ),
      { numRuns: 5000, seed: 6890 },
    );
  });

  it('agrees with the other form of the ranges on any IPv6 address, however it is written', () => {
    fc.assert(
      fc.property(groups, (parts) => {
        for (const text of spellings(parts)) expect(isPublicAddress(text), text).toBe(isPublicIpv6(parts));
      }),
      { numRuns: 5000, seed: 4291 },
    );
  });
});
