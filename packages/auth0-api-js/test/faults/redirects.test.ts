import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { beforeEach, describe, expect, it } from 'vitest';
import { redirectTo } from '../support/fault-issuer/answer-faults.js';
import { onCleanUp } from '../support/fault-issuer/clean-up.js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer, keysPath, metadataPath } from '../support/fault-issuer/create-fault-issuer.js';

/** Every host that `fetch` begins to connect to. */
const connectedTo: string[] = [];

beforeEach(() => {
  connectedTo.length = 0;
  const note = (message: unknown): void => {
    const { connectParams } = message as { connectParams: { host: string } };
    connectedTo.push(connectParams.host);
  };
  subscribe('undici:client:beforeConnect', note);
  onCleanUp(() => unsubscribe('undici:client:beforeConnect', note));
});

describe.each([
  ['metadata', metadataPath],
  ['keys', keysPath],
] as const)('a redirect in the place of %s', (_what, at) => {
  it.each([301, 302, 303, 307, 308])(
    'FC08 L2 with status %i is not followed, to no place',
    async (status) => {
      const target = await createFaultIssuer();
      for (const location of [
        '/elsewhere',
        `${target.origin}/keys`,
        'http://169.254.169.254/latest/meta-data/',
        'http://[::ffff:169.254.169.254]/',
        'file:///etc/passwd',
        'data:application/json,{"keys":[]}',
        '//127.0.0.1:1/',
        '',
      ]) {
        connectedTo.length = 0;
        const issuer = await createFaultIssuer();
        issuer.misbehave(redirectTo(location, status), { at });
        const bench = createFaultBench({ domain: issuer.origin });
        expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
        expect(issuer.injected).toBe(1);
        expect(issuer.requests.filter((path) => !metadataPath.test(path) && !keysPath.test(path))).toEqual(
          [],
        );
        expect(new Set(connectedTo)).toEqual(new Set([new URL(issuer.origin).host]));
        expect(bench.events).toMatchObject([
          { message: expect.stringContaining(`answered with status ${status} instead of 200`) as string },
        ]);
      }
      expect(target.connections).toBe(0);
    },
  );
});

describe('a redirect back to the document itself', () => {
  it('FC08 L2 is not followed round and round', async () => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(({ req, res }) => void res.writeHead(302, { location: req.url }).end());
    const bench = createFaultBench({ domain: issuer.origin });
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    expect([issuer.injected, issuer.requests.length]).toEqual([1, 1]);
  });

  it('FC08 L2 keeps the old set while warm, and sends nothing of a caller anywhere', async () => {
    const issuer = await createFaultIssuer();
    const target = await createFaultIssuer();
    const bench = createFaultBench({
      domain: issuer.origin,
      keys: { freshSeconds: 0.1, minFreshSeconds: 0 },
    });
    const token = issuer.token();
    expect(await bench.verdict(token)).toBe('OK');
    issuer.misbehave(redirectTo(`${target.origin}/keys`, 307));
    await expect.poll(() => bench.state()).toBe('stale');
    expect(await bench.verdict(token)).toBe('OK');
    expect(issuer.injected).toBeGreaterThanOrEqual(1);
    expect(target.connections).toBe(0);
  });
});
