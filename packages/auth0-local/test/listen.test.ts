import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { TLSSocket } from 'node:tls';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen, type Listener } from '../src/listen.js';
import { createServerIdentity, openCertificateAuthority } from '../src/tls/certificate-authority.js';
import { createClientCertificate, type ClientCertificate } from './support/create-client-certificate.js';
import { createFetchWithCa } from './support/fetch-with-ca.js';

async function open(hosts: readonly string[], port = 0): Promise<Listener> {
  const listener = await listen(hosts, port, { option: '--port' });
  onTestFinished(() => listener.close());
  return listener;
}

describe('listen', () => {
  it('lets requests wait until somebody serves them', async () => {
    const listener = await open(['127.0.0.1']);
    const early = fetch(`http://127.0.0.1:${listener.port}/early`);
    // By the time another server of this process has answered, the first request has arrived.
    const other = await open(['127.0.0.1']);
    other.serve((_req, res) => res.end());
    await fetch(`http://127.0.0.1:${other.port}`);
    listener.serve((req, res) => res.end(req.url));
    expect(await (await early).text()).toBe('/early');
    expect(await (await fetch(`http://127.0.0.1:${listener.port}/late`)).text()).toBe('/late');
  });

  it('takes the cookies of many applications of its host, over http and https', async () => {
    const authority = openCertificateAuthority(undefined);
    const identity = createServerIdentity(authority, ['localhost', '127.0.0.1']);
    const cookies = Array.from({ length: 14 }, (_, index) => `app-${index}=${'a'.repeat(4000)}`).join('; ');
    for (const [scheme, setup, send] of [
      ['http', {}, fetch],
      ['https', { identity }, createFetchWithCa(authority.certificate)],
    ] as const) {
      const listener = await listen(['127.0.0.1'], 0, { option: '--port', ...setup });
      onTestFinished(() => listener.close());
      listener.serve((req, res) => res.end(String(req.headers.cookie?.length)));
      const answer = await send(`${scheme}://127.0.0.1:${listener.port}/`, { headers: { cookie: cookies } });
      expect([scheme, await answer.text()]).toEqual([scheme, String(cookies.length)]);
    }
  });

  it('asks clients for a certificate while one is wanted, and serves those that have none', async () => {
    const authority = openCertificateAuthority(undefined);
    const identity = createServerIdentity(authority, ['localhost', '127.0.0.1']);
    let isWanted = false;
    const setup = { identity, isCertificateWanted: () => isWanted, option: '--https-port' };
    const listener = await listen(['127.0.0.1'], 0, setup);
    onTestFinished(() => listener.close());
    listener.serve(({ socket }, res) => res.end((socket as TLSSocket).getPeerX509Certificate()?.subject));
    const ask = async (certificate?: ClientCertificate): Promise<string> => {
      const send = createFetchWithCa(authority.certificate, certificate);
      return (await send(`https://127.0.0.1:${listener.port}/`)).text();
    };
    const certificate = createClientCertificate('the client');
    expect(await ask(certificate)).toBe('');
    isWanted = true;
    expect(await ask(certificate)).toBe('CN=the client');
    expect(await ask()).toBe('');
    isWanted = false;
    expect(await ask(certificate)).toBe('');
  });

  it('says of more cookies than it takes what they are and what helps, over http and https', async () => {
    const authority = openCertificateAuthority(undefined);
    const identity = createServerIdentity(authority, ['localhost', '127.0.0.1']);
    for (const [scheme, setup, send] of [
      ['http', {}, fetch],
      ['https', { identity }, createFetchWithCa(authority.certificate)],
    ] as const) {
      const listener = await listen(['127.0.0.1'], 0, { option: '--port', ...setup });
      onTestFinished(() => listener.close());
      listener.serve((_req, res) => res.end('served'));
      const url = `${scheme}://127.0.0.1:${listener.port}/`;
      const answer = await send(url, { headers: { cookie: `a=${'a'.repeat(70_000)}` } });
      expect([scheme, answer.status, answer.headers.get('connection')]).toEqual([scheme, 431, 'close']);
      expect(await answer.text()).toContain('Delete the cookies of localhost in the browser, and try again.');
      expect(await (await send(url)).text()).toBe('served');
    }
  });

  it.each([
    ['what is no HTTP', 'hello\r\n\r\n', /^HTTP\/1\.1 400 Bad Request\r\n/],
    [
      'chunks with more about them than in them',
      `POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(17_000)}\r\n`,
      /HTTP\/1\.1 413 Payload Too Large\r\n/,
    ],
  ])('refuses %s, and ends the connection', async (_what, sent, answer) => {
    const listener = await open(['127.0.0.1']);
    listener.serve(() => {});
    const socket = connect(listener.port, '127.0.0.1', () => socket.write(sent));
    expect(await text(socket)).toMatch(answer);
  });

  it('takes the same free port on every address', async () => {
    const listener = await open(['127.0.0.1', '127.0.0.2']);
    listener.serve((_req, res) => res.end('here'));
    for (const host of ['127.0.0.1', '127.0.0.2']) {
      expect(await (await fetch(`http://${host}:${listener.port}`)).text()).toBe('here');
    }
  });

  it('goes without an address that this machine does not have, if it has another', async () => {
    const listener = await open(['127.0.0.1', '192.0.2.1']);
    expect(listener.port).toBeGreaterThan(0);
  });

  it('refuses a port that is taken on any of the addresses, and lets go of the others', async () => {
    const blocker = createServer().listen(0, '127.0.0.2');
    await once(blocker, 'listening');
    onTestFinished(() => void blocker.close());
    const { port } = blocker.address() as AddressInfo;
    const wanted = listen(['127.0.0.1', '127.0.0.2'], port, { option: '--https-port' });
    await expect(wanted).rejects.toThrow(
      `Port ${port} is taken. Choose another with --https-port, like --https-port ${port + 1}.`,
    );
    const free = createServer().listen(port, '127.0.0.1');
    await once(free, 'listening');
    free.close();
  });

  it('refuses an address that this machine does not have', async () => {
    await expect(listen(['192.0.2.1'], 0, { option: '--port' })).rejects.toThrow(
      'This machine has no address 192.0.2.1. Choose another with --host, like --host 127.0.0.1.',
    );
  });

  it('closes while requests wait', async () => {
    const listener = await listen(['127.0.0.1'], 0, { option: '--port' });
    const request = fetch(`http://127.0.0.1:${listener.port}/`).catch(() => 'refused');
    await listener.close();
    expect(await request).toBe('refused');
  });
});
