import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  Certificate,
  Extensions,
  Name,
  RelativeDistinguishedName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { createExtensions, type CertificatePurpose } from './certificate-extensions.js';

/** What a certificate says. */
export interface CertificateRequest extends CertificatePurpose {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  /** The key that signs: of the issuer, or of the subject itself. RSA or P-256. */
  readonly signingKey: KeyObject;
  /** The name of whoever signs; the subject itself where it is left out. */
  readonly issuerName?: string;
  readonly notBefore: Date;
  readonly years: number;
}

const commonNameId = '2.5.4.3';
const signatureIds: Readonly<Record<string, string>> = {
  rsa: '1.2.840.113549.1.1.11',
  ec: '1.2.840.10045.4.3.2',
};

/**
 * Makes an X.509 version 3 certificate (RFC 5280), signed with SHA-256.
 *
 * @returns PEM.
 */
export function createCertificate(request: CertificateRequest): string {
  const { commonName, signingKey, issuerName = commonName, notBefore, years } = request;
  const notAfter = new Date(notBefore);
  notAfter.setUTCFullYear(notAfter.getUTCFullYear() + years);
  const algorithm = signatureAlgorithm(signingKey);
  const content = new TBSCertificate({
    version: Version.v3,
    serialNumber: createSerialNumber(),
    signature: algorithm,
    issuer: createName(issuerName),
    validity: new Validity({ notBefore, notAfter }),
    subject: createName(commonName),
    subjectPublicKeyInfo: AsnConvert.parse(
      request.publicKey.export({ type: 'spki', format: 'der' }),
      SubjectPublicKeyInfo,
    ),
    extensions: new Extensions(createExtensions(request, request)),
  });
  const signature = sign('sha256', new Uint8Array(AsnConvert.serialize(content)), signingKey);
  const certificate = new Certificate({
    tbsCertificate: content,
    signatureAlgorithm: algorithm,
    signatureValue: new Uint8Array(signature).buffer,
  });
  return toPem(Buffer.from(AsnConvert.serialize(certificate)));
}

function createName(commonName: string): Name {
  const value = new AttributeValue({ utf8String: commonName });
  return new Name([
    new RelativeDistinguishedName([new AttributeTypeAndValue({ type: commonNameId, value })]),
  ]);
}

function signatureAlgorithm({ asymmetricKeyType: type }: KeyObject): AlgorithmIdentifier {
  const algorithm = signatureIds[type ?? ''];
  if (algorithm === undefined) throw new TypeError(`Certificates are not signed with keys of type ${type}.`);
  // RFC 4055 section 5 wants NULL parameters for RSA, RFC 5758 section 3.2 none for ECDSA.
  return new AlgorithmIdentifier({ algorithm, parameters: type === 'rsa' ? null : undefined } as object);
}

/** A positive number of 16 bytes (RFC 5280 section 4.1.2.2). */
function createSerialNumber(): ArrayBuffer {
  const bytes = new Uint8Array(randomBytes(16));
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40;
  return bytes.buffer;
}

function toPem(der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? [];
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`;
}
