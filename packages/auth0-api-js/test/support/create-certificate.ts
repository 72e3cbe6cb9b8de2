import { sign, type KeyObject } from 'node:crypto';

/** A self-signed X.509 certificate of an Ed25519 key as PEM (RFC 5280 section 4.1, RFC 8410). */
export function createCertificate({
  publicKey,
  privateKey,
  name: subject = 'test',
}: {
  publicKey: KeyObject;
  privateKey: KeyObject;
  /** Whom it is for, and by. */
  name?: string;
}): string {
  const algorithm = der(0x30, Buffer.from('06032b6570', 'hex'));
  const commonName = der(0x30, Buffer.from('0603550403', 'hex'), der(0x0c, Buffer.from(subject)));
  const name = der(0x30, der(0x31, commonName));
  const validity = der(
    0x30,
    der(0x17, Buffer.from('250101000000Z')),
    der(0x17, Buffer.from('490101000000Z')),
  );
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serialNumber = der(0x02, Buffer.from([1]));
  const publicKeyInfo = publicKey.export({ type: 'spki', format: 'der' });
  const body = der(0x30, version, serialNumber, algorithm, name, validity, name, publicKeyInfo);
  const signature = der(0x03, Buffer.from([0]), sign(null, body, privateKey));
  const lines =
    der(0x30, body, algorithm, signature)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

/** A value of DER: tag, length, content. */
function der(tag: number, ...parts: readonly Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const { length } = content;
  const lengthBytes =
    length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...lengthBytes]), content]);
}
