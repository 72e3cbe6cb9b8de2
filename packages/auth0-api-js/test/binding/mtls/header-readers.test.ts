import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientCertHeader } from '../../../src/binding/mtls/client-cert-header.js';
import { escapedPemHeader } from '../../../src/binding/mtls/escaped-pem-header.js';
import { forwardedClientCert } from '../../../src/binding/mtls/forwarded-client-cert.js';
import type { GetCertificate } from '../../../src/binding/mtls/get-certificate.js';
import { createCertificate } from '../../support/create-certificate.js';
import { requestWith } from '../../support/request-with.js';
import { rfc8705Certificate as pem } from '../../support/rfc8705.js';

const der = new X509Certificate(pem).raw;
const otherPem = createCertificate(generateKeyPairSync('ed25519'));
const toPem = (bytes: Buffer): string =>
  `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`;
const trusted = { isProxyTrusted: true };

interface Reader {
  readonly name: string;
  readonly header: string;
  readonly getCertificate: GetCertificate;
  /** Writes bytes as the proxy does. */
  readonly write: (bytes: Buffer) => string;
}

const readers: readonly Reader[] = [
  {
    name: 'clientCertHeader',
    header: 'Client-Cert',
    getCertificate: clientCertHeader(),
    write: (bytes) => `:${bytes.toString('base64')}:`,
  },
  {
    name: 'forwardedClientCert',
    header: 'X-Forwarded-Client-Cert',
    getCertificate: forwardedClientCert(),
    write: (bytes) => `Cert="${encodeURIComponent(toPem(bytes))}"`,
  },
  {
    name: 'escapedPemHeader',
    header: 'X-SSL-Client-Cert',
    getCertificate: escapedPemHeader(),
    write: (bytes) => encodeURIComponent(toPem(bytes)),
  },
];

describe.each(readers)('$name', ({ header, getCertificate, write }) => {
  const good = write(der);
  const read = (...values: string[]): unknown =>
    getCertificate(requestWith(...values.map((value) => [header, value] as const)), trusted);

  it('reads the certificate that a proxy has put there', () => {
    expect(read(good)).toEqual(der);
  });

  it('finds the header in any case', () => {
    for (const name of [header.toLowerCase(), header.toUpperCase()])
      expect(getCertificate(requestWith([name, good]), trusted)).toEqual(der);
  });

  it('H4 is blind where the proxy is not trusted', () => {
    expect(getCertificate(requestWith([header, good]), { isProxyTrusted: false })).toBeUndefined();
  });

  it('H4 takes no header for two', () => {
    expect(read(good, good)).toBeUndefined();
    expect(read('', good)).toBeUndefined();
    expect(read(good, write(new X509Certificate(otherPem).raw))).toBeUndefined();
    const lines = [header, header.toUpperCase()].map((name) => [name, good] as const);
    expect(getCertificate(requestWith(...lines), trusted)).toBeUndefined();
    const kept = Object.assign(requestWith(...lines), { headers: { [header.toLowerCase()]: good } });
    expect(getCertificate(kept, trusted)).toBeUndefined();
  });

  it('reads nothing of other headers', () => {
    expect(getCertificate(requestWith(), trusted)).toBeUndefined();
    for (const name of [`${header}-Chain`, `X-${header}`, 'constructor', '__proto__'])
      expect(getCertificate(requestWith([name, good]), trusted)).toBeUndefined();
    // A value, not a name.
    expect(getCertificate(requestWith([header, good], ['X-Header', header]), trusted)).toEqual(der);
  });

  it('takes a header that the application has removed, or changed, at its word', () => {
    const removed = requestWith([header, good]);
    delete removed.headers[header.toLowerCase()];
    expect(getCertificate(removed, trusted)).toBeUndefined();
    const changed = requestWith([header, 'nothing']);
    changed.headers[header.toLowerCase()] = good;
    expect(getCertificate(changed, trusted)).toEqual(der);
    for (const value of [[good], 7, null, { length: 1 }]) {
      Object.assign(changed.headers, { [header.toLowerCase()]: value });
      expect(getCertificate(changed, trusted)).toBeUndefined();
    }
  });

  it('reads a request without raw lines, as serverless runtimes make them up', () => {
    const request = requestWith();
    request.headers[header.toLowerCase()] = good;
    expect(getCertificate(request, trusted)).toEqual(der);
  });

  it('reads headers of the request only', () => {
    const prototype = Object.prototype as Record<string, unknown>;
    prototype[header.toLowerCase()] = good;
    try {
      expect(getCertificate(requestWith(), trusted)).toBeUndefined();
    } finally {
      delete prototype[header.toLowerCase()];
    }
  });

  it.each([
    ['nothing', ''],
    ['the certificate cut off', good.slice(0, -8)],
    ['the beginning cut off', good.slice(8)],
    ['the certificate twice', good + good],
    ['a comma between two', `${good},${good}`],
    ['a list of one', `${good},`],
    ['a list that begins with nothing', `, ${good}`],
    ['two certificates in one', write(Buffer.concat([der, der]))],
    ['two PEMs', encodeURIComponent(pem + otherPem)],
    ['something behind the certificate', write(Buffer.concat([der, Buffer.from('x')]))],
    ['no certificate', write(Buffer.from('certificate'))],
    ['a key', write(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }))],
    ['no bytes', write(Buffer.alloc(0))],
    ['URL encoding twice', encodeURIComponent(good)],
    ['malformed URL encoding', good.replace(/.{20}$/, '%$&')],
    ['characters of latin-1', `${good.slice(0, 40)}é${good.slice(40)}`],
    ['the base64 alone', der.toString('base64')],
    ['a hash', 'Hash=468ed33be74eee6556d90c0149c1309e9ba61d6425303443c0748a02dd8de688'],
    ['a template that was not filled in', '$ssl_client_escaped_cert'],
    ['null', '(null)'],
    ['a megabyte', write(Buffer.alloc(1024 * 1024))],
    ['a megabyte of colons', ':'.repeat(1024 * 1024)],
    ['a megabyte of quotes', 'Cert="'.repeat(200_000)],
    ['a megabyte of pairs', 'a=b;'.repeat(250_000)],
    ['a megabyte of percent signs', '%25'.repeat(350_000)],
  ])('H4 reads no certificate from %s', (_what, value) => {
    expect(read(value)).toBeUndefined();
  });

  it('needs milliseconds for 64 KiB of anything', () => {
    for (const unit of [
      'a=b;',
      'Cert="\\"',
      '-----BEGIN CERTIFICATE-----',
      '%25',
      ':',
      ' ',
      'A',
      '\\',
      'a=',
    ]) {
      const value = unit.repeat((64 * 1024) / unit.length);
      const before = process.cpuUsage();
      expect(read(value)).toBeUndefined();
      const { user } = process.cpuUsage(before);
      expect(user).toBeLessThan(100_000);
    }
  });

  it('never throws, and answers with bytes that are one certificate, or with nothing', () => {
    const edit = fc.record({
      at: fc.nat({ max: good.length }),
      drop: fc.nat({ max: 3 }),
      put: fc.oneof(
        fc.string({ maxLength: 3 }),
        fc.constantFrom('%', '"', ':', ',', ';', '\\', '=', '-', 'A'),
      ),
    });
    const value = fc.oneof(
      fc.string(),
      fc.array(edit, { minLength: 1, maxLength: 4 }).map((edits) => edits.reduce(change, good)),
      fc.uint8Array({ maxLength: 300 }).map((bytes) => write(Buffer.from(bytes))),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 2 }), (values) => {
        const answer = read(...values);
        return (
          answer === undefined || (Buffer.isBuffer(answer) && new X509Certificate(answer).raw.equals(answer))
        );
      }),
      { numRuns: 3000 },
    );
  });
});

function change(text: string, { at, drop, put }: { at: number; drop: number; put: string }): string {
  return text.slice(0, at) + put + text.slice(at + drop);
}

describe('clientCertHeader', () => {
  const read = (value: string): unknown => clientCertHeader()(requestWith(['Client-Cert', value]), trusted);

  it.each([
    ['parameters', `:${der.toString('base64')}:;a=b`],
    ['base64url', `:${Buffer.from([0xff, 0xef]).toString('base64url')}${der.toString('base64url')}:`],
    ['white space inside', `:${der.toString('base64').replace(/.{64}/, '$& ')}:`],
    ['a PEM', encodeURIComponent(pem)],
    ['a string', `"${der.toString('base64')}"`],
  ])('does not read %s', (_what, value) => {
    expect(read(value)).toBeUndefined();
  });
});

describe('escapedPemHeader', () => {
  const read = (value: string, header?: string): unknown =>
    escapedPemHeader(header === undefined ? {} : { header })(
      requestWith([header ?? 'X-SSL-Client-Cert', value]),
      trusted,
    );

  it.each([
    ['nginx writes it', encodeURIComponent(pem)],
    ['AWS writes it', encodeURIComponent(pem).replace(/%2B/g, '+').replace(/%2F/g, '/').replace(/%3D/g, '=')],
    [
      'a proxy with lower-case hex writes it',
      encodeURIComponent(pem).replace(/%../g, (hex) => hex.toLowerCase()),
    ],
  ])('reads a PEM as %s', (_who, value) => {
    expect(value).not.toContain('\n');
    expect(pem).toMatch(/[+]/);
    expect(read(value)).toEqual(der);
  });

  it('reads 64 KiB at most', () => {
    const value = encodeURIComponent(pem);
    const padding = ' '.repeat(64 * 1024 - value.length);
    expect(read(value + padding)).toEqual(der);
    expect(read(`${value}${padding} `)).toBeUndefined();
  });

  it('reads the header that it is told', () => {
    expect(read(encodeURIComponent(pem), 'X-Amzn-Mtls-Clientcert-Leaf')).toEqual(der);
    const elsewhere = escapedPemHeader({ header: 'X-Other' });
    expect(elsewhere(requestWith(['X-SSL-Client-Cert', encodeURIComponent(pem)]), trusted)).toBeUndefined();
  });

  it.each<[object, string]>([
    [{ header: '' }, '"header" must be the name of a header'],
    [{ header: 'X Client' }, '"header" must be the name of a header'],
    [{ header: 'X-Client:' }, '"header" must be the name of a header'],
    [{ header: 'X-Client\n' }, '"header" must be the name of a header'],
    [{ header: ['X-Client'] }, '"header" must be the name of a header'],
    [{ name: 'X-Client' }, "unknown option 'name'"],
  ])('refuses %j', (options, message) => {
    expect(() => escapedPemHeader(options)).toThrow(message);
  });
});
