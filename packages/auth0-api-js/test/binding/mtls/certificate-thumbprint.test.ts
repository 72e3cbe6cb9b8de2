import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { certificateThumbprint } from '../../../src/binding/mtls/certificate-thumbprint.js';
import { createCertificate } from '../../support/create-certificate.js';
import { rfc8705Certificate as pem, rfc8705Thumbprint } from '../../support/rfc8705.js';

const der = new X509Certificate(pem).raw;
const other = createCertificate(generateKeyPairSync('ed25519'));
const longest = 64 * 1024;

/** A certificate whose name takes this many bytes. */
const certificateNamed = (length: number): Buffer =>
  new X509Certificate(createCertificate({ ...generateKeyPairSync('ed25519'), name: 'n'.repeat(length) })).raw;

/** A certificate of this many bytes, an odd number: its name is in it twice. */
const certificateOf = (length: number): Buffer =>
  certificateNamed(Math.floor(length / 2 - certificateNamed(30_000).length / 2 + 30_000));

describe('certificateThumbprint', () => {
  it.each<[string, unknown]>([
    ['PEM', pem],
    ['PEM with the line ends of Windows', pem.replace(/\n/g, '\r\n')],
    ['PEM in one line', pem.replace(/\n/g, ' ')],
    ['PEM as bytes', Buffer.from(pem)],
    ['DER', der],
    ['DER as bytes of another kind', new Uint8Array(der)],
    [
      'DER out of a longer buffer',
      Buffer.concat([pemBytes(), der, pemBytes()]).subarray(pem.length, pem.length + der.length),
    ],
    ['DER of another realm', runInNewContext('Uint8Array.from(bytes)', { bytes: [...der] })],
    ['an X509Certificate', new X509Certificate(pem)],
  ])('is that of RFC 8705 appendix A, given as %s', (_what, certificate) => {
    expect(certificateThumbprint(certificate)).toBe(rfc8705Thumbprint);
  });

  it('is the SHA-256 of the DER', () => {
    const { raw } = new X509Certificate(other);
    expect(certificateThumbprint(other)).toBe(createHash('sha256').update(raw).digest('base64url'));
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['an empty text', ''],
    ['no bytes', Buffer.alloc(0)],
    ['a text', 'certificate'],
    ['DER as text', der.toString('latin1')],
    ['base64 without its frame', der.toString('base64')],
    ['a frame around nothing', '-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----'],
    ['a frame around no DER', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----'],
    ['a PEM of a key', generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'pem' })],
    ['a trusted certificate of OpenSSL', pem.replaceAll('CERTIFICATE', 'TRUSTED CERTIFICATE')],
    ['a PEM after a text', `subject=mtls\n${pem}`],
    ['a PEM before a text', `${pem}subject=mtls`],
    ['a PEM cut off', pem.slice(0, -30)],
    ['two PEMs', pem + other],
    ['the same PEM twice', pem + pem],
    ['two certificates in one frame', frame(Buffer.concat([der, new X509Certificate(other).raw]))],
    ['DER with something behind it', Buffer.concat([der, Buffer.from([0])])],
    ['two DERs', Buffer.concat([der, der])],
    ['DER cut off', der.subarray(0, -1)],
    ['a list', [pem]],
    ['a number', 7],
    ['a view of another kind', new DataView(new Uint8Array(der).buffer)],
    ['what only looks like a certificate', { raw: der, fingerprint256: '' }],
    ['the certificate of getPeerCertificate()', new X509Certificate(pem).toLegacyObject()],
  ])('is nothing for %s', (_what, certificate) => {
    expect(certificateThumbprint(certificate)).toBeUndefined();
  });

  it('is not that of a certificate which somebody wrote into another one', () => {
    const name = `\n${pem}`;
    const keys = generateKeyPairSync('ed25519');
    const outer = Buffer.from(createCertificate({ ...keys, name }).replace(/-----.*-----/g, ''), 'base64');
    // OpenSSL takes it for the inner one.
    expect(new X509Certificate(outer).raw.equals(der)).toBe(true);
    expect(certificateThumbprint(outer)).toBeUndefined();
    expect(certificateThumbprint(frame(outer))).toBeUndefined();
  });

  it('is looked for in 64 KiB at most', () => {
    const [long, tooLong] = [certificateOf(longest - 1), certificateOf(longest + 1)];
    expect([long.length, tooLong.length]).toEqual([longest - 1, longest + 1]);
    expect(certificateThumbprint(long)).toBeDefined();
    expect(certificateThumbprint(tooLong)).toBeUndefined();
    expect(certificateThumbprint(new X509Certificate(tooLong))).toBeUndefined();
    const padding = ' '.repeat(longest - pem.length);
    expect(certificateThumbprint(pem + padding)).toBe(rfc8705Thumbprint);
    expect(certificateThumbprint(`${pem}${padding} `)).toBeUndefined();
    expect(certificateThumbprint(Buffer.from(`${pem}${padding} `))).toBeUndefined();
  });

  it('stays the same, and stays nothing, when it is asked for again', () => {
    for (let time = 0; time < 3; time++) {
      expect(certificateThumbprint(pem)).toBe(rfc8705Thumbprint);
      expect(certificateThumbprint(der)).toBe(rfc8705Thumbprint);
      expect(certificateThumbprint(Buffer.concat([der, der]))).toBeUndefined();
      expect(certificateThumbprint(der.toString('latin1'))).toBeUndefined();
    }
  });

  it('is right for bytes that the caller uses again', () => {
    const bytes = Buffer.from(der);
    expect(certificateThumbprint(bytes)).toBe(rfc8705Thumbprint);
    bytes.fill(0);
    expect(certificateThumbprint(bytes)).toBeUndefined();
  });

  it('never throws, and is nothing for bytes that are not the certificate', () => {
    const position = fc.nat({ max: der.length - 1 });
    fc.assert(
      fc.property(fc.anything(), (value) => certificateThumbprint(value) === undefined),
      { numRuns: 500 },
    );
    fc.assert(
      fc.property(position, fc.integer({ min: 1, max: 255 }), (index, change) => {
        const bytes = Buffer.from(der);
        bytes[index] = (bytes[index] ?? 0) ^ change;
        const thumbprint = certificateThumbprint(bytes);
        // A change of its content may leave it a certificate: then another one.
        return (
          thumbprint === undefined || thumbprint === createHash('sha256').update(bytes).digest('base64url')
        );
      }),
      { numRuns: 500 },
    );
  });
});

function pemBytes(): Buffer {
  return Buffer.from(pem);
}

function frame(bytes: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64')}\n-----END CERTIFICATE-----\n`;
}
