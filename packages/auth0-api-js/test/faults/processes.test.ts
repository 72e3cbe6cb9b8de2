import { describe, expect, it } from 'vitest';
import { answerHuge } from '../support/fault-issuer/body-faults.js';
import { createFaultIssuer, keysPath } from '../support/fault-issuer/create-fault-issuer.js';
import { reportOf } from '../support/fault-issuer/run-child-beside.js';

describe('an event loop that the application blocks', () => {
  /** What becomes of a hundred tokens, and what an issuer sees, while the process stands still. */
  const blockFor = async (seconds: number): Promise<readonly [unknown, readonly string[]]> => {
    const issuer = await createFaultIssuer();
    const report = await reportOf(`
      const client = createClient({ domain: '${issuer.origin}' });
      const verdicts = Promise.all(Array.from({ length: 100 }, () => verdict(client, '${issuer.token()}')));
      // The request has left when this begins: whoever blocks does so in the middle of it.
      await new Promise((resolve) => setImmediate(resolve));
      const { isFetching } = client.health().issuers[0];
      const startedAt = performance.now();
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${seconds * 1000});
      const isBlocked = performance.now() - startedAt > ${seconds * 1000 - 100};
      const outcomes = [...new Set(await verdicts)];
      const { state } = client.health().issuers[0];
      client.close();
      report({ isFetching, isBlocked, outcomes, state, events });
    `);
    return [report, issuer.requests];
  };

  it('FC17 for 2 s, or for 6 s, during a fetch: no token is refused, and nobody is told of an outage', async () => {
    for (const [report, requests] of await Promise.all([2, 6].map(blockFor))) {
      expect(report).toEqual({
        isFetching: true,
        isBlocked: true,
        outcomes: ['OK'],
        state: 'fresh',
        events: [],
      });
      expect(requests).toEqual(['/.well-known/openid-configuration', '/keys']);
    }
  });

  it('FC17 again and again while keys are refreshed: every token is accepted, and the timers make no storm', async () => {
    const issuer = await createFaultIssuer();
    const report = (await reportOf(`
      const keys = { freshSeconds: 0.1, minFreshSeconds: 0, deadlineSeconds: 1, minBackOffSeconds: 0.1, maxBackOffSeconds: 0.1 };
      const client = createClient({ domain: '${issuer.origin}', keys });
      const outcomes = new Set();
      for (let round = 0; round < 3; round++) {
        outcomes.add(await verdict(client, '${issuer.token()}'));
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1300);
      }
      outcomes.add(await verdict(client, '${issuer.token()}'));
      client.close();
      report({ outcomes: [...outcomes], events });
    `)) as object;
    expect(report).toEqual({ outcomes: ['OK'], events: [] });
    // At most one refresh by the timer and one by the request in each round, of two documents.
    expect(issuer.requests.length).toBeGreaterThanOrEqual(4);
    expect(issuer.requests.length).toBeLessThanOrEqual(4 * 2 * 2);
  });
});

describe('a process with a heap of 64 MiB', () => {
  it('FC20 keeps its bounds: many tokens, made-up key ids, issuers and large answers', async () => {
    const issuer = await createFaultIssuer();
    const huge = await createFaultIssuer();
    huge.misbehave(answerHuge(1024 ** 3), { at: keysPath });
    const [token] = [issuer.token()];
    const report = await reportOf(
      `
      import { getHeapStatistics } from 'node:v8';
      import { generateKeyPairSync, sign } from 'node:crypto';
      const { publicKey, privateKey } = generateKeyPairSync('ed25519');
      const encode = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
      const mint = (header, claims) => {
        const input = encode({ alg: 'Ed25519', typ: 'at+jwt', ...header }) + '.' + encode(claims);
        return input + '.' + sign(null, Buffer.from(input), privateKey).toString('base64url');
      };
      const now = Math.floor(Date.now() / 1000);
      const claims = (iss, name) =>
        ({ iss, aud: 'https://api.example.com', sub: 'user-' + name, iat: now, exp: now + 3600, padding: 'x'.repeat(9000) });
      const key = { ...publicKey.export({ format: 'jwk' }), alg: 'Ed25519', use: 'sig' };
      const own = createClient({ issuers: [{ issuer: 'https://own.test/', jwks: { keys: [key] } }] });
      const counts = { own: 0, forged: 0, resolved: 0, huge: 0 };
      const client = createClient({ domain: '${issuer.origin}' });
      const many = createClient({
        domains: ({ unverifiedIss }) => [unverifiedIss],
        customFetch: async (url) => String(url).endsWith('keys')
          ? Response.json({ keys: Array.from({ length: 100 }, (_, index) => ({ ...key, kid: 'key-' + index })) })
          : Response.json({ issuer: new URL(url).origin + '/', jwks_uri: new URL(url).origin + '/keys' }),
      });
      const before = await verdict(client, '${token}');
      for (let round = 0; round < 4000; round++) {
        if (await verdict(own, mint({}, claims('https://own.test/', round))) === 'OK') counts.own++;
        if (await verdict(client, mint({ kid: 'made-up-' + round }, claims('${issuer.issuer}', round))) === '401 unknown_key') counts.forged++;
        if (round % 10 > 0) continue;
        const iss = 'https://tenant-' + round + '.test/';
        if (await verdict(many, mint({ kid: 'key-7' }, claims(iss, round))) === 'OK') counts.resolved++;
        if (round % 500 > 0) continue;
        const greedy = createClient({ domain: '${huge.origin}' });
        if (await verdict(greedy, '${huge.token()}') === '503 issuer_unreachable') counts.huge++;
        greedy.close();
      }
      const after = await verdict(client, '${token}');
      const { heap_size_limit } = getHeapStatistics();
      const known = many.health().issuers.length;
      report({ before, after, counts, known, limit: Math.round(heap_size_limit / 2 ** 20) });
      process.exit();
    `,
      { execArgv: ['--max-old-space-size=64'] },
    );
    expect(report).toMatchObject({
      before: 'OK',
      after: 'OK',
      counts: { own: 4000, forged: 4000, resolved: 400, huge: 8 },
      known: 100,
    });
    expect((report as { limit: number }).limit).toBeLessThan(128);
    expect(huge.injected).toBe(8);
    expect(issuer.requests.filter((path) => path === '/keys').length).toBeLessThanOrEqual(5);
  });
});

describe('a process that may have 64 files open', () => {
  it('FC21 and has them all: DOWN, no crash, and OK once one is free', async () => {
    const issuer = await createFaultIssuer();
    const report = await reportOf(
      `
      import { closeSync, openSync } from 'node:fs';
      const files = [];
      const client = createClient({
        domain: '${issuer.origin}',
        keys: { minBackOffSeconds: 0.1, maxBackOffSeconds: 0.1 },
      });
      let refused = 0;
      try { for (;;) files.push(openSync('/dev/null')); } catch (error) { if (error.code === 'EMFILE') refused++; }
      const full = new Set();
      for (let call = 0; call < 50; call++) full.add(await verdict(client, '${issuer.token()}'));
      const state = client.health().issuers[0].state;
      for (const file of files) closeSync(file);
      const { issuers: [{ isUsable }] } = await client.ready();
      const free = await verdict(client, '${issuer.token()}');
      client.close();
      report({ opened: files.length, refused, full: [...full], state, isUsable, free, events });
    `,
      { shellSetup: 'ulimit -n 64' },
    );
    expect(report).toMatchObject({
      refused: 1,
      full: ['503 issuer_unreachable'],
      state: 'empty',
      isUsable: true,
      free: 'OK',
      events: [
        { type: 'outage', message: expect.stringContaining('could not be fetched') as string },
        { type: 'recovery' },
      ],
    });
    expect((report as { opened: number }).opened).toBeLessThan(64);
  });

  it('FC21 and has them all while warm: every token is accepted', async () => {
    const issuer = await createFaultIssuer();
    // A connection that is kept would need no new file.
    issuer.misbehave(({ res, document }) =>
      res.setHeader('connection', 'close').end(JSON.stringify(document)),
    );
    const report = await reportOf(
      `
      import { openSync } from 'node:fs';
      const client = createClient({
        domain: '${issuer.origin}',
        keys: { freshSeconds: 0.2, minFreshSeconds: 0, minBackOffSeconds: 0.1, maxBackOffSeconds: 0.1 },
      });
      const outcomes = new Set([await verdict(client, '${issuer.token()}')]);
      let refused = 0;
      const openAll = () => {
        try { for (;;) openSync('/dev/null'); } catch (error) { if (error.code === 'EMFILE') refused++; }
      };
      while (!events.some(({ type }) => type === 'keys_stale')) {
        openAll();
        outcomes.add(await verdict(client, '${issuer.token()}'));
        await new Promise((resolve) => setImmediate(resolve));
      }
      client.close();
      report({ isFull: refused > 0, outcomes: [...outcomes], told: events.map(({ type }) => type) });
      process.exit();
    `,
      { shellSetup: 'ulimit -n 64' },
    );
    expect(report).toEqual({ isFull: true, outcomes: ['OK'], told: ['outage', 'keys_stale'] });
    expect(issuer.injected).toBeGreaterThanOrEqual(2);
  });
});
