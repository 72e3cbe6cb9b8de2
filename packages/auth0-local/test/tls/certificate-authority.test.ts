import { AsnConvert } from '@peculiar/asn1-schema';
import {
  AuthorityKeyIdentifier,
  Certificate,
  id_ce_authorityKeyIdentifier,
  id_ce_subjectKeyIdentifier,
  SubjectKeyIdentifier,
} from '@peculiar/asn1-x509';
import { once } from 'node:events';
import { lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer, type TLSSocket } from 'node:tls';
import { X509Certificate, generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createServerIdentity, openCertificateAuthority } from '../../src/tls/certificate-authority.js';
import { createCertificate } from '../../src/tls/create-certificate.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';

/** What a client that trusts an authority says of a server with an identity. */
async function handshake(
  identity: { key: string; cert: string },
  { ca, servername }: { ca: string; servername: string },
): Promise<string> {
  const server = createServer(identity).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const result = await new Promise<string>((resolve) => {
    const socket: TLSSocket = connect({ port, host: '127.0.0.1', ca, servername }, () => resolve('trusted'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    socket.on('close', () => server.close());
    socket.on('secureConnect', () => socket.end());
  });
  server.close();
  return result;
}

const nothing = new ArrayBuffer(0);

/** The extensions of a certificate by their ids. */
function readExtensions(pem: string): Map<string, ArrayBuffer> {
  const { tbsCertificate } = AsnConvert.parse(new X509Certificate(pem).raw, Certificate);
  return new Map(tbsCertificate.extensions?.map(({ extnID, extnValue }) => [extnID, extnValue.buffer]));
}

function hex(bytes: ArrayBuffer | undefined): string {
  return Buffer.from(bytes ?? nothing).toString('hex');
}

describe('openCertificateAuthority', () => {
  it('keeps its key and certificate in files that only their owner can read', () => {
    const folder = createTemporaryFolder();
    const first = openCertificateAuthority(folder);
    const second = openCertificateAuthority(folder);
    expect(second.certificate).toBe(first.certificate);
    expect(readFileSync(join(folder, 'ca.pem'), 'utf8')).toBe(first.certificate);
    for (const name of ['ca.pem', 'ca-key.pem']) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('is different for each tenant', () => {
    expect(openCertificateAuthority(undefined).certificate).not.toBe(
      openCertificateAuthority(undefined).certificate,
    );
  });

  it('may sign servers and no further authorities', () => {
    const { ca, keyUsage, subject } = new X509Certificate(openCertificateAuthority(undefined).certificate);
    expect({ ca, keyUsage, subject }).toMatchObject({ ca: true, subject: 'CN=auth0-local private CA' });
  });
});

describe('the authority of a folder', () => {
  it('is made anew for a host that it may not sign for, and kept for fewer', () => {
    const folder = createTemporaryFolder();
    const first = openCertificateAuthority(folder);
    const wider = openCertificateAuthority(folder, ['tenant.test', '192.0.2.1']);
    expect(wider.certificate).not.toBe(first.certificate);
    expect(openCertificateAuthority(folder).certificate).toBe(wider.certificate);
    expect(openCertificateAuthority(folder, ['192.0.2.1']).certificate).toBe(wider.certificate);
    expect(openCertificateAuthority(folder, ['192.0.2.2']).certificate).not.toBe(wider.certificate);
  });

  it('does not follow links when it is made', () => {
    const folder = createTemporaryFolder();
    const elsewhere = join(folder, 'elsewhere');
    writeFileSync(elsewhere, 'mine');
    symlinkSync(elsewhere, join(folder, 'ca.pem'));
    openCertificateAuthority(folder);
    expect(readFileSync(elsewhere, 'utf8')).toBe('mine');
    expect(lstatSync(join(folder, 'ca.pem')).isFile()).toBe(true);
  });
});

describe('createServerIdentity', () => {
  const authority = openCertificateAuthority(undefined, ['tenant.test']);
  const identity = createServerIdentity(authority, ['localhost', '127.0.0.1', '::1', 'tenant.test']);

  it.each(['localhost', 'tenant.test'])('is trusted as %s', async (servername) => {
    expect(await handshake(identity, { ca: authority.certificate, servername })).toBe('trusted');
  });

  it('is not trusted under another name', async () => {
    const { certificate: ca } = authority;
    expect(await handshake(identity, { ca, servername: 'other.test' })).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
  });

  it('is not trusted by whoever trusts another authority', async () => {
    const { certificate: ca } = openCertificateAuthority(undefined);
    expect(await handshake(identity, { ca, servername: 'localhost' })).toMatch(/SIGNATURE|ISSUER|VERIFY/);
  });

  it.each(['www.example.com', 'tenant.test.example.com', 'nottenant.test'])(
    'is not trusted for %s, whoever has the key of the authority',
    async (servername) => {
      const forged = createServerIdentity(authority, [servername]);
      expect(await handshake(forged, { ca: authority.certificate, servername })).not.toBe('trusted');
    },
  );

  it('is not trusted for an address of another machine', async () => {
    const forged = createServerIdentity(authority, ['localhost', '192.0.2.1']);
    const { certificate: ca } = authority;
    expect(await handshake(forged, { ca, servername: 'localhost' })).not.toBe('trusted');
  });

  it('names the key of the authority, as strict clients want it', () => {
    const [ca, server] = [authority.certificate, identity.cert].map((pem) => readExtensions(pem));
    const subjectKey = AsnConvert.parse(ca?.get(id_ce_subjectKeyIdentifier) ?? nothing, SubjectKeyIdentifier);
    const authorityKey = AsnConvert.parse(
      server?.get(id_ce_authorityKeyIdentifier) ?? nothing,
      AuthorityKeyIdentifier,
    );
    expect(hex(authorityKey.keyIdentifier?.buffer)).toBe(hex(subjectKey.buffer));
    expect(hex(subjectKey.buffer)).toMatch(/^[0-9a-f]{40}$/);
  });

  it('names addresses as addresses', () => {
    expect(new X509Certificate(identity.cert).subjectAltName).toBe(
      'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:tenant.test',
    );
  });

  it('lives no longer than browsers allow', () => {
    const { validFrom, validTo } = new X509Certificate(identity.cert);
    expect((Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000).toBeLessThanOrEqual(825);
  });
});

describe('createCertificate', () => {
  it.each(['rsa', 'ec'] as const)('signs with keys of type %s', (type) => {
    const pair =
      type === 'rsa'
        ? generateKeyPairSync('rsa', { modulusLength: 2048 })
        : generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = createCertificate({
      commonName: 'Üñï',
      publicKey: pair.publicKey,
      signingKey: pair.privateKey,
      notBefore: new Date('2026-01-01T00:00:00Z'),
      years: 1,
    });
    const certificate = new X509Certificate(pem);
    expect(certificate.verify(pair.publicKey)).toBe(true);
    expect(certificate.checkPrivateKey(pair.privateKey)).toBe(true);
    expect([certificate.subject, certificate.validTo]).toEqual(['CN=Üñï', 'Jan  1 00:00:00 2027 GMT']);
  });

  it('gives no two the same number', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const request = { commonName: 'a', publicKey, signingKey: privateKey, notBefore: new Date(), years: 1 };
    const numbers = Array.from(
      { length: 20 },
      () => new X509Certificate(createCertificate(request)).serialNumber,
    );
    expect(new Set(numbers).size).toBe(20);
  });

  it('refuses keys it cannot sign with', () => {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const request = { commonName: 'a', publicKey, signingKey: privateKey, notBefore: new Date(), years: 1 };
    expect(() => createCertificate(request)).toThrow('ed25519');
  });
});
