import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { resetMidBody } from '../support/fault-issuer/body-faults.js';
import { createRawServer, halfOpen, reset, resetReused } from '../support/fault-issuer/connection-faults.js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer, keysPath, metadataPath } from '../support/fault-issuer/create-fault-issuer.js';

const patient = { minBackOffSeconds: 60, maxBackOffSeconds: 60 };
const breaks = [
  ['is reset as the request arrives', reset],
  ['is half closed as the request arrives', halfOpen],
  ['is reset in the middle of the body', resetMidBody((length) => ({ 'content-length': length }))],
  ['is reset between two chunks of the body', resetMidBody(() => ({}))],
  [
    'is reset in the middle of the body, and was the last one anyway',
    resetMidBody((length) => ({ 'content-length': length, connection: 'close' })),
  ],
] as const;

describe.each([
  ['metadata', metadataPath],
  ['keys', keysPath],
] as const)('a connection that, asked for %s,', (_what, at) => {
  it.each(breaks)('FC07 L23 %s: one more attempt, then a back-off', async (_how, fault) => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(fault, { at });
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    expect(issuer.injected).toBe(2);
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    expect(issuer.injected).toBe(2);
    expect(bench.told()).toEqual(['outage']);
  });

  it.each(breaks)('FC07 L23 %s, once: nobody notices', async (_how, fault) => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(fault, { at, times: 1 });
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    expect(await bench.verdict(issuer.token())).toBe('OK');
    expect([issuer.injected, issuer.requests.length]).toEqual([1, 3]);
    expect(bench.told()).toEqual([]);
  });

  it.each(breaks)('FC07 L14 %s while warm: the old set is kept', async (_how, fault) => {
    const issuer = await createFaultIssuer();
    const keys = { freshSeconds: 0.1, minFreshSeconds: 0, minBackOffSeconds: 0.1, maxBackOffSeconds: 0.1 };
    const bench = createFaultBench({ domain: issuer.origin, keys });
    const token = issuer.token();
    expect(await bench.verdict(token)).toBe('OK');
    issuer.misbehave(fault, { at });
    await expect.poll(() => bench.state()).toBe('stale');
    expect(await bench.verdict(token)).toBe('OK');
    expect(issuer.injected).toBeGreaterThanOrEqual(2);
    issuer.misbehave();
    await expect.poll(() => bench.told()).toEqual(['outage', 'keys_stale', 'recovery']);
  });
});

describe('an idle connection that the server closes as it is used again', () => {
  const keys = {
    freshSeconds: 0.1,
    minFreshSeconds: 0,
    minBackOffSeconds: 0.1,
    maxBackOffSeconds: 0.1,
  };

  it('FC07 L23 is tried once more on a new one: nobody notices', async () => {
    const issuer = await createFaultIssuer();
    const { fault, broken } = resetReused();
    issuer.misbehave(fault);
    const bench = createFaultBench({
      issuers: [{ issuer: issuer.issuer, jwksUri: `${issuer.origin}/keys` }],
      keys,
    });
    await expect.poll(async () => [await bench.verdict(issuer.token()), broken() >= 5]).toEqual(['OK', true]);
    expect(bench.told()).toEqual([]);
    expect(issuer.connections).toBeGreaterThan(broken());
  });

  it('FC07 L23 is one of several: a back-off, which no request notices', async () => {
    const issuer = await createFaultIssuer();
    const { fault, broken } = resetReused();
    issuer.misbehave(fault);
    // The metadata leave an idle connection behind, and the keys another one.
    const bench = createFaultBench({ domain: issuer.origin, keys });
    await expect
      .poll(async () => [await bench.verdict(issuer.token()), broken() >= 10])
      .toEqual(['OK', true]);
    expect(bench.told().filter((type) => type === 'keys_expired')).toEqual([]);
  });
});

/** What a server does that speaks no HTTP, or no TLS. */
const mistreatments: readonly (readonly [string, (socket: Socket) => void])[] = [
  ['resets a connection as it is made', (socket) => void socket.resetAndDestroy()],
  ['ends a connection as it is made', (socket) => void socket.end()],
  ['resets a connection at the first byte', (socket) => socket.once('data', () => socket.resetAndDestroy())],
];

describe.each(['http', 'https'])('a server that, over %s,', (scheme) => {
  it.each(mistreatments)('FC07 L23 %s: one more attempt, then a back-off', async (_how, mistreat) => {
    const server = await createRawServer(mistreat);
    const issuer = await createFaultIssuer();
    const domain = `${scheme}://localhost:${server.port}`;
    const bench = createFaultBench({ domain, keys: patient });
    const token = issuer.token({ iss: `${domain}/` });
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(server.injected).toBe(2);
    expect(await bench.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(server.injected).toBe(2);
    expect(bench.told()).toEqual(['outage']);
  });

  it('FC07 takes every connection and says nothing: DOWN at the deadline', async () => {
    const server = await createRawServer((socket) => void socket.resume());
    const issuer = await createFaultIssuer();
    const domain = `${scheme}://localhost:${server.port}`;
    const bench = createFaultBench({ domain, keys: { ...patient, deadlineSeconds: 0.2 } });
    expect(await bench.verdict(issuer.token({ iss: `${domain}/` }))).toBe('DOWN issuer_unreachable');
    expect(server.injected).toBe(1);
  });

  it('FC07 says something that is no answer: DOWN', async () => {
    const server = await createRawServer((socket) => void socket.end('220 mail.example.com ESMTP\r\n'));
    const issuer = await createFaultIssuer();
    const domain = `${scheme}://localhost:${server.port}`;
    const bench = createFaultBench({ domain, keys: patient });
    expect(await bench.verdict(issuer.token({ iss: `${domain}/` }))).toBe('DOWN issuer_unreachable');
    expect(server.injected).toBeGreaterThanOrEqual(1);
    expect(server.injected).toBeLessThanOrEqual(2);
  });
});
