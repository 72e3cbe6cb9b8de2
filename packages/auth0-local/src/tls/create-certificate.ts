import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AlgorithmIdentifier,
  AttributeTypeAndValue,
  AttributeValue,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  Extensions,
  GeneralName,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_subjectAltName,
  id_kp_serverAuth,
  KeyUsage,
  KeyUsageFlags,
  Name,
  RelativeDistinguishedName,
  SubjectAlternativeName,
  SubjectPublicKeyInfo,
  TBSCertificate,
  Validity,
  Version,
} from '@peculiar/asn1-x509';
import { randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** What a certificate says. */
export interface CertificateRequest {
  readonly commonName: string;
  readonly publicKey: KeyObject;
  /** The key that signs: of the issuer, or of the subject itself. RSA or P-256. */
  readonly signingKey: KeyObject;
  /** The name of whoever signs; the subject itself where it is left out. */
  readonly issuerName?: string;
  readonly notBefore: Date;
  readonly years: number;
  /** Makes it an authority that can sign others, but no further authorities. */
  readonly isAuthority?: boolean;
  /** The host names and addresses a server may be reached at. */
  readonly hosts?: readonly string[];
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
    extensions: new Extensions(createExtensions(request)),
  });
  const signature = sign('sha256', new Uint8Array(AsnConvert.serialize(content)), signingKey);
  const certificate = new Certificate({
    tbsCertificate: content,
    signatureAlgorithm: algorithm,
    signatureValue: new Uint8Array(signature).buffer,
  });
  return toPem(Buffer.from(AsnConvert.serialize(certificate)));
}

function createExtensions({ isAuthority = false, hosts = [] }: CertificateRequest): Extension[] {
  const extensions = [
    createExtension(
      id_ce_basicConstraints,
      isAuthority ? new BasicConstraints({ cA: true, pathLenConstraint: 0 }) : new BasicConstraints({}),
    ),
    createExtension(
      id_ce_keyUsage,
      new KeyUsage(
        isAuthority ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign : KeyUsageFlags.digitalSignature,
      ),
    ),
  ];
  if (hosts.length === 0) return extensions;
  const names = hosts.map((host) => new GeneralName(isIP(host) ? { iPAddress: host } : { dNSName: host }));
  return [
    ...extensions,
    createExtension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth]), false),
    createExtension(id_ce_subjectAltName, new SubjectAlternativeName(names), false),
  ];
}

function createExtension(extnID: string, value: object, critical = true): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
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
