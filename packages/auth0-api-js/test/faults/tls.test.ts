import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createCertificate } from '../support/fault-issuer/create-certificate.js';
import { createFaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';
import { reportOf } from '../support/fault-issuer/run-child-beside.js';

const authority = createCertificate({});
const good = createCertificate({ host: 'localhost', authority });
const hour = 3_600_000;

const folder = mkdtempSync(join(tmpdir(), 'faults-'));
const authorityFile = join(folder, 'authority.pem');
writeFileSync(authorityFile, authority.cert);
afterAll(() => rmSync(folder, { recursive: true }));

interface Trial {
  readonly outcome: string;
  readonly state: string;
  readonly events: readonly { readonly type: string; readonly message?: string }[];
}

/** Asks an issuer with these TLS settings in a process that trusts the authority, by `domain` and by a resolver. */
async function tryTls(
  tls: ServerOptions,
): Promise<{ trials: Trial[]; connections: number; requests: number }> {
  const issuer = await createFaultIssuer({ tls });
  const report = await reportOf(
    `
    const trials = [];
    for (const options of [
      { domain: '${issuer.origin}' },
      { domains: () => ['${issuer.origin}'], domainsResolver: { allowPrivateHosts: ['localhost'] } },
    ]) {
      events.length = 0;
      const client = createClient({ ...options, keys: { minBackOffSeconds: 60, maxBackOffSeconds: 60 } });
      const outcome = await verdict(client, '${issuer.token()}');
      trials.push({ outcome, state: client.health().issuers[0].state, events: [...events] });
      client.close();
    }
    report(trials);
  `,
    { env: { NODE_EXTRA_CA_CERTS: authorityFile } },
  );
  const { connections, requests } = issuer;
  return { trials: report as Trial[], connections, requests: requests.length };
}

const expired = { host: 'localhost', authority, notBefore: new Date(Date.now() - 48 * hour) };
const bad: readonly (readonly [string, ServerOptions, RegExp])[] = [
  [
    'a certificate that has expired',
    createCertificate({ ...expired, notAfter: new Date(Date.now() - hour) }),
    /\(CERT_HAS_EXPIRED\)\. Its TLS certificate is not trusted/,
  ],
  [
    'a certificate that is not valid yet',
    createCertificate({ host: 'localhost', authority, notBefore: new Date(Date.now() + hour) }),
    /\(CERT_NOT_YET_VALID\)\. Its TLS certificate is not trusted/,
  ],
  [
    'a certificate for another name',
    createCertificate({ host: 'other.example', authority }),
    /\(ERR_TLS_CERT_ALTNAME_INVALID\)\. Its TLS certificate is not trusted/,
  ],
  [
    'a certificate of an unknown authority',
    createCertificate({ host: 'localhost', authority: createCertificate({}) }),
    /\((UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_SIGNATURE_FAILURE)\)\. Its TLS certificate/,
  ],
  [
    'a certificate that signs itself',
    createCertificate({ host: 'localhost' }),
    /\((DEPTH_ZERO_SELF_SIGNED_CERT|UNABLE_TO_VERIFY_LEAF_SIGNATURE|CERT_SIGNATURE_FAILURE)\)\. Its TLS certificate/,
  ],
  [
    'nothing newer than TLS 1.0',
    { ...good, minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT@SECLEVEL=0' },
    /\((EPROTO|ERR_SSL_[A-Z0-9_]+)\)\. It speaks no TLS 1\.2 or newer there/,
  ],
  [
    'nothing newer than TLS 1.1',
    { ...good, minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' },
    /\((EPROTO|ERR_SSL_[A-Z0-9_]+)\)\. It speaks no TLS 1\.2 or newer there/,
  ],
];

describe('TLS', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)('FC10 L21 %s with a good certificate is fine', async (version) => {
    const { trials, requests } = await tryTls({ ...good, minVersion: version, maxVersion: version });
    expect(trials).toEqual([
      { outcome: 'OK', state: 'fresh', events: [] },
      { outcome: 'OK', state: 'fresh', events: [] },
    ]);
    expect(requests).toBe(4);
  });

  it.each(bad)('FC10 L21 %s: DOWN, and not a word is sent', async (_what, tls, message) => {
    const { trials, connections, requests } = await tryTls(tls);
    expect(trials).toHaveLength(2);
    for (const { outcome, state, events } of trials) {
      expect([outcome, state]).toEqual(['503 issuer_unreachable', 'empty']);
      expect(events.map(({ type }) => type)).toEqual(['outage']);
      expect(events[0]?.message).toMatch(message);
    }
    // Both have spoken with the server, which proves that it was there.
    expect(connections).toBe(2);
    expect(requests).toBe(0);
  });

  it('FC10 L21 a server that speaks no TLS at all: DOWN', async () => {
    const issuer = await createFaultIssuer();
    const origin = issuer.origin.replace('http://127.0.0.1', 'https://localhost');
    const outcome = await reportOf(
      `report(await verdict(createClient({ domain: '${origin}' }), '${issuer.token({ iss: `${origin}/` })}'));
      process.exit();`,
    );
    expect(outcome).toBe('503 issuer_unreachable');
    // It breaks the connection off, which is tried once more.
    expect(issuer.connections).toBe(2);
    expect(issuer.requests).toEqual([]);
  });
});
