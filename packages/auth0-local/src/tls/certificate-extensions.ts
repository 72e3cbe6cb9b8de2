import { AsnConvert, OctetString } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  BasicConstraints,
  Certificate,
  ExtendedKeyUsage,
  Extension,
  GeneralName,
  GeneralSubtree,
  GeneralSubtrees,
  id_ce_authorityKeyIdentifier,
  id_ce_basicConstraints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_ce_subjectKeyIdentifier,
  id_kp_serverAuth,
  KeyIdentifier,
  KeyUsage,
  KeyUsageFlags,
  NameConstraints,
  SubjectAlternativeName,
  SubjectKeyIdentifier,
  SubjectPublicKeyInfo,
} from '@peculiar/asn1-x509';
import { createHash, createPublicKey, X509Certificate, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';

/** What a certificate is good for (RFC 5280 section 4.2). */
export interface CertificatePurpose {
  /** Makes it an authority that can sign for these names and networks only, and no further authorities. */
  readonly permitted?: readonly string[];
  /** The host names and addresses a server may be reached at. */
  readonly hosts?: readonly string[];
}

/** The extensions of a certificate. Those that limit it are critical: who does not know them must not trust it. */
export function createExtensions(
  { permitted, hosts = [] }: CertificatePurpose,
  { publicKey, signingKey }: { readonly publicKey: KeyObject; readonly signingKey: KeyObject },
): Extension[] {
  const isAuthority = permitted !== undefined;
  const usage = isAuthority
    ? KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign
    : KeyUsageFlags.digitalSignature;
  const constraints = isAuthority ? { cA: true, pathLenConstraint: 0 } : {};
  const issuerId = new KeyIdentifier(keyIdentifier(createPublicKey(signingKey)));
  return [
    createExtension(id_ce_basicConstraints, new BasicConstraints(constraints), true),
    createExtension(id_ce_keyUsage, new KeyUsage(usage), true),
    createExtension(id_ce_subjectKeyIdentifier, new SubjectKeyIdentifier(keyIdentifier(publicKey))),
    createExtension(id_ce_authorityKeyIdentifier, new AuthorityKeyIdentifier({ keyIdentifier: issuerId })),
    ...(isAuthority ? [createExtension(id_ce_nameConstraints, createNameConstraints(permitted), true)] : []),
    ...(hosts.length > 0
      ? [
          createExtension(id_ce_extKeyUsage, new ExtendedKeyUsage([id_kp_serverAuth])),
          createExtension(id_ce_subjectAltName, new SubjectAlternativeName(hosts.map(createGeneralName))),
        ]
      : []),
  ];
}

/** Whether an authority may sign for all of these names and networks. */
export function isPermitted(authority: string, wanted: readonly string[]): boolean {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(authority).raw, Certificate);
  const extension = tbsCertificate.extensions?.find(({ extnID }) => extnID === id_ce_nameConstraints);
  if (extension === undefined) return false;
  const constraints = AsnConvert.parse(extension.extnValue, NameConstraints);
  const permitted = new Set([...(constraints.permittedSubtrees ?? [])].map(({ base }) => encode(base)));
  return wanted.every((name) => permitted.has(encode(createGeneralName(name))));
}

function createNameConstraints(permitted: readonly string[]): NameConstraints {
  const subtrees = permitted.map((name) => new GeneralSubtree({ base: createGeneralName(name) }));
  return new NameConstraints({ permittedSubtrees: new GeneralSubtrees(subtrees) });
}

/** A host name, an address, or a network like `127.0.0.0/8`. */
function createGeneralName(name: string): GeneralName {
  const [address = ''] = name.split('/');
  return new GeneralName(isIP(address) ? { iPAddress: name } : { dNSName: name });
}

/** RFC 5280 section 4.2.1.2, the first way. */
function keyIdentifier(publicKey: KeyObject): ArrayBuffer {
  const info = AsnConvert.parse(publicKey.export({ type: 'spki', format: 'der' }), SubjectPublicKeyInfo);
  return new Uint8Array(createHash('sha1').update(new Uint8Array(info.subjectPublicKey)).digest()).buffer;
}

function createExtension(extnID: string, value: object, critical = false): Extension {
  return new Extension({ extnID, critical, extnValue: new OctetString(AsnConvert.serialize(value)) });
}

function encode(name: GeneralName): string {
  return Buffer.from(AsnConvert.serialize(name)).toString('hex');
}
