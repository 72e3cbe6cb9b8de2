import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { forwardedClientCert } from '../../../src/binding/mtls/forwarded-client-cert.js';
import { createCertificate } from '../../support/create-certificate.js';
import { requestWith } from '../../support/request-with.js';
import { rfc8705Certificate as pem } from '../../support/rfc8705.js';

const der = new X509Certificate(pem).raw;
const hashOf = (certificate: string): string =>
  createHash('sha256').update(new X509Certificate(certificate).raw).digest('hex');
const cert = (certificate: string): string => `Cert="${encodeURIComponent(certificate)}"`;
const hash = hashOf(pem);
const own = createCertificate(generateKeyPairSync('ed25519'));

const read = (value: string): unknown =>
  forwardedClientCert()(requestWith(['X-Forwarded-Client-Cert', value]), { isProxyTrusted: true });

describe('forwardedClientCert', () => {
  it.each([
    ['the certificate alone', cert(pem)],
    [
      'all that Envoy may say',
      `By=spiffe://api;Hash=${hash};${cert(pem)};Chain="a";Subject="CN=a";URI=b;DNS=c;DNS=d`,
    ],
    ['empty values', `By=;Hash=${hash};${cert(pem)};Subject="";URI=`],
    ['quotes, commas and semicolons in quotes', `Subject="CN=\\"a\\",O=b;Cert=c\\\\";${cert(pem)}`],
    ['an equals sign in a value', `URI=https://client.example.com/?a=b;${cert(pem)}`],
    ['keys in other case', `hash=${hash.toUpperCase()};CERT="${encodeURIComponent(pem)}"`],
    ['values without quotes', `Cert=${encodeURIComponent(pem)};Hash="${hash}"`],
    ['a semicolon at the end', `${cert(pem)};`],
  ])('reads an element with %s', (_what, value) => {
    expect(read(value)).toEqual(der);
  });

  it.each([
    ['has no certificate', `By=spiffe://api;Hash=${hash};Subject="CN=a"`],
    ['has an empty one', `Hash=${hash};Cert=""`],
    ['is of another certificate than its hash', `Hash=${hashOf(own)};${cert(pem)}`],
    ['has no hash worth the name', `Hash=;${cert(pem)}`],
    ['has two hashes', `Hash=${hash};${cert(pem)};Hash=${hashOf(own)}`],
    ['has two certificates', `Hash=${hash};${cert(pem)};${cert(pem)}`],
    ['has a key without a value', `By;${cert(pem)}`],
    ['has a value without a key', `=a;${cert(pem)}`],
    ['has white space', `Hash=${hash}; ${cert(pem)}`],
    ['has a quote that is not closed', `${cert(pem)};Subject="CN=a`],
    ['has something behind a quote', `${cert(pem)}a`],
    ['has no semicolon between two pairs', `Subject="a"${cert(pem)}`],
    ['has a quote inside', `URI=a"b;${cert(pem)}`],
    ['has a backslash at the end', `${cert(pem)};Subject="a\\`],
    ['has only semicolons', ';;'],
    ['has an empty pair', `${cert(pem)};;Hash=${hash}`],
  ])('reads no element that %s', (_what, value) => {
    expect(read(value)).toBeUndefined();
  });

  describe('H4 is not deceived by a client that', () => {
    const victim = `Hash=${hash};${cert(pem)}`;
    const attacker = `Hash=${hashOf(own)};${cert(own)}`;

    it.each([
      ['sends an element of its own before the one of Envoy', `${victim},${attacker}`],
      ['has its own element appended', `${attacker},${victim}`],
      ['leaves a quote open before it', `${victim};Subject=",${attacker}`],
      ['leaves a quote open, with a backslash', `${victim};Subject="\\,${attacker}`],
      ['names a URI that has an element in it', `${attacker};URI=a,${victim}`],
      ['names a URI that has a certificate in it', `${attacker};URI=a;${cert(pem)}`],
      ['does so where Envoy sends no certificates', `Hash=${hashOf(own)};Subject="";URI=a;${cert(pem)}`],
      ['does so with a hash', `Hash=${hashOf(own)};Subject="";URI=a;${victim}`],
    ])('%s', (_what, value) => {
      expect(read(value)).toBeUndefined();
    });
  });
});
