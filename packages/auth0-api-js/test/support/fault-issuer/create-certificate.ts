import { createPrivateKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';

/** What a server shows who it is with, in PEM. */
export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** What a certificate says. */
export interface CertificateRequest {
  /** The host name it is for. An authority has none. */
  readonly host?: string;
  /** Who signs it; it signs itself where nobody does. */
  readonly authority?: Identity;
  readonly notBefore?: Date;
  readonly notAfter?: Date;
}

const day = 24 * 60 * 60 * 1000;
const authorityName = 'Authority of a test';

/** Makes a P-256 key and an X.509 version 3 certificate for it (RFC 5280), signed with SHA-256. */
export function createCertificate({
  host,
  authority,
  notBefore = new Date(Date.now() - day),
  notAfter = new Date(Date.now() + day),
}: CertificateRequest): Identity {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signingKey: KeyObject = authority === undefined ? privateKey : createPrivateKey(authority.key);
  const algorithm = sequence(objectId('2a8648ce3d040302'));
  const content = sequence(
    der(0xa0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([0x40]), randomBytes(8)])),
    algorithm,
    nameOf(authorityName),
    sequence(time(notBefore), time(notAfter)),
    nameOf(host ?? authorityName),
    publicKey.export({ type: 'spki', format: 'der' }),
    der(0xa3, sequence(host === undefined ? authorityExtension() : hostExtension(host))),
  );
  const certificate = sequence(content, algorithm, bitString(sign('sha256', content, signingKey)));
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${certificate.toString('base64')}\n-----END CERTIFICATE-----\n`,
  };
}

/** Basic constraints: it may sign others. */
function authorityExtension(): Buffer {
  const isCritical = der(0x01, Buffer.from([0xff]));
  return sequence(objectId('551d13'), isCritical, der(0x04, sequence(isCritical)));
}

/** Subject alternative name. */
function hostExtension(host: string): Buffer {
  return sequence(objectId('551d11'), der(0x04, sequence(der(0x82, Buffer.from(host)))));
}

function nameOf(commonName: string): Buffer {
  return sequence(der(0x31, sequence(objectId('550403'), der(0x0c, Buffer.from(commonName)))));
}

function time(moment: Date): Buffer {
  return der(0x18, Buffer.from(`${moment.toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`));
}

function objectId(hex: string): Buffer {
  return der(0x06, Buffer.from(hex, 'hex'));
}

function integer(bytes: Buffer): Buffer {
  return der(0x02, bytes);
}

function bitString(bytes: Buffer): Buffer {
  return der(0x03, Buffer.concat([Buffer.from([0]), bytes]));
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return der(0x30, Buffer.concat(parts));
}

/** A tag, a length and a content (X.690 section 8.1). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const bytes =
    length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...bytes]), content]);
}
