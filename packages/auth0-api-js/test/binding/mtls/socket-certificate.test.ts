import { X509Certificate } from 'node:crypto';
import { createServer as createHttpServer, get, type IncomingMessage } from 'node:http';
import { Agent, createServer, type ServerOptions } from 'node:https';
import { once } from 'node:events';
import type { Server } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { certificateThumbprint } from '../../../src/binding/mtls/certificate-thumbprint.js';
import { socketCertificate } from '../../../src/binding/mtls/socket-certificate.js';
import { askOverTls, listenOnLoopback } from '../../support/ask-over-tls.js';
import { createCertificate } from '../../support/fault-issuer/create-certificate.js';

const server = createCertificate({ host: 'localhost' });
const authority = createCertificate({});
const signed = createCertificate({ host: 'client', authority });
const selfSigned = createCertificate({});
const getCertificate = socketCertificate();
const trusted = { isProxyTrusted: true };

const open: Server[] = [];
const thumbprintOf = (request: IncomingMessage): string =>
  String(certificateThumbprint(getCertificate(request, { isProxyTrusted: false })));
const listen = (options: ServerOptions, answer = thumbprintOf): Promise<number> => {
  const api = createServer({ ...server, ...options }, (req, res) => res.end(answer(req)));
  open.push(api);
  return listenOnLoopback(api);
};

afterEach(() => {
  for (const api of open.splice(0)) api.close();
});

describe('socketCertificate', () => {
  it.each(['TLSv1.2', 'TLSv1.3'] as const)(
    'reads the certificate that the client showed over %s',
    async (version) => {
      const port = await listen({ requestCert: true, ca: authority.cert, maxVersion: version });
      expect(await askOverTls(port, signed)).toBe(certificateThumbprint(signed.cert));
    },
  );

  it('leaves it to the server who may have signed it', async () => {
    const strict = await listen({ requestCert: true, ca: authority.cert });
    await expect(askOverTls(strict, selfSigned)).rejects.toThrow(/ECONNRESET|alert|hang up/);
    const lenient = await listen({ requestCert: true, rejectUnauthorized: false });
    expect(await askOverTls(lenient, selfSigned)).toBe(certificateThumbprint(selfSigned.cert));
  });

  it('reads nothing where the client showed none, or was not asked', async () => {
    expect(await askOverTls(await listen({ requestCert: true, rejectUnauthorized: false }))).toBe(
      'undefined',
    );
    expect(await askOverTls(await listen({}), selfSigned)).toBe('undefined');
  });

  it('reads nothing on a connection without TLS, whatever the headers say', async () => {
    const api = createHttpServer((req, res) => res.end(String(getCertificate(req, trusted))));
    open.push(api);
    const port = await listenOnLoopback(api);
    const headers = { 'client-cert': `:${new X509Certificate(signed.cert).raw.toString('base64')}:` };
    const [response] = (await once(get({ host: '127.0.0.1', port, headers, agent: false }), 'response')) as [
      IncomingMessage,
    ];
    expect(await text(response)).toBe('undefined');
  });

  it('reads nothing of a request that has no socket', () => {
    for (const socket of [undefined, null, {}])
      expect(getCertificate({ socket } as unknown as IncomingMessage, trusted)).toBeUndefined();
  });

  it('reads the same on every request of a connection, and on one that resumes its session', async () => {
    const port = await listen({ requestCert: true, rejectUnauthorized: false }, (request) => {
      const { remotePort } = request.socket;
      const isReused = (request.socket as TLSSocket).isSessionReused();
      return JSON.stringify([thumbprintOf(request), remotePort, isReused]);
    });
    const ask = async (agent: Agent): Promise<unknown[]> =>
      JSON.parse(await askOverTls(port, { ...selfSigned, agent })) as unknown[];
    const expected = certificateThumbprint(selfSigned.cert);

    const kept = new Agent({ keepAlive: true });
    const [first, second] = [await ask(kept), await ask(kept)];
    kept.destroy();
    expect(first).toEqual([expected, second[1], false]);
    expect(second).toEqual(first);

    const resuming = new Agent({ keepAlive: false });
    const [third, fourth] = [await ask(resuming), await ask(resuming)];
    expect(third).toEqual([expected, expect.anything(), false]);
    expect(fourth).toEqual([expected, expect.anything(), true]);
    expect(fourth[1]).not.toBe(third[1]);
  });

  it('tells clients apart that come one after the other', async () => {
    const port = await listen({ requestCert: true, rejectUnauthorized: false });
    const clients = [selfSigned, signed, selfSigned];
    const seen: string[] = [];
    for (const client of clients) seen.push(await askOverTls(port, client));
    expect(seen).toEqual(clients.map(({ cert }) => certificateThumbprint(cert)));
  });
});
