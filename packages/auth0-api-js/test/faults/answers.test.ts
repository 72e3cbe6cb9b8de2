import { describe, expect, it } from 'vitest';
import { answerStatus, answerText } from '../support/fault-issuer/answer-faults.js';
import { createFaultBench, type FaultBench } from '../support/fault-issuer/create-fault-bench.js';
import {
  createFaultIssuer,
  keysPath,
  metadataPath,
  type Fault,
  type FaultIssuer,
} from '../support/fault-issuer/create-fault-issuer.js';

const shortLived = { freshSeconds: 0.1, minFreshSeconds: 0, minBackOffSeconds: 0.1, maxBackOffSeconds: 0.1 };

/** Where the next attempt stands. */
function nextAttempt({ client }: FaultBench): number {
  return client.health().issuers[0]?.nextAttemptInSeconds ?? Number.NaN;
}

/** Lets the keys of a client come to the end of their time while the issuer answers wrongly: they must serve on. */
async function expectOldSetIsKept(issuer: FaultIssuer, fault: Fault, at: RegExp): Promise<void> {
  const bench = createFaultBench({ domain: issuer.origin, keys: shortLived });
  const token = issuer.token();
  expect(await bench.verdict(token)).toBe('OK');
  issuer.misbehave(fault, { at });
  await expect.poll(() => bench.state()).toBe('stale');
  expect(await bench.verdict(token)).toBe('OK');
  await expect.poll(() => issuer.injected).toBeGreaterThanOrEqual(2);
  expect(await bench.verdict(token)).toBe('OK');
  expect(withoutSkipped(bench.told())).toEqual(['outage', 'keys_stale']);
  issuer.misbehave();
  await expect.poll(() => bench.told()).toContain('recovery');
  expect(await bench.verdict(token)).toBe('OK');
}

/** Expects one attempt, and none after it while the back-off lasts. */
async function expectDownWithoutASecondAttempt(
  issuer: FaultIssuer,
  bench: FaultBench,
  reason: string,
): Promise<void> {
  const token = issuer.token();
  expect(bench.state()).toBe('empty');
  expect(await bench.verdict(token)).toBe(`DOWN ${reason}`);
  expect(issuer.injected).toBe(1);
  expect(await bench.verdict(token)).toBe(`DOWN ${reason}`);
  expect(issuer.injected).toBe(1);
  expect(bench.state()).toBe('empty');
  expect(withoutSkipped(bench.told())).toEqual(['outage']);
}

/** What is told of single keys is not of the outage. */
function withoutSkipped(told: readonly string[]): string[] {
  return told.filter((type) => type !== 'key_skipped');
}

const places = [
  ['metadata', metadataPath],
  ['keys', keysPath],
] as const;
const statuses = [201, 202, 203, 204, 206, 300, 304, 400, 401, 403, 410, 418, 429, 500, 502, 503, 504];
const patient = { minBackOffSeconds: 60, maxBackOffSeconds: 60 };

describe.each(places)('a wrong answer for %s', (_what, at) => {
  it.each(statuses)('FC03 L4 status %i: DOWN, and a back-off', async (status) => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(answerStatus(status), { at });
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    await expectDownWithoutASecondAttempt(issuer, bench, 'issuer_unreachable');
    expect(bench.events).toMatchObject([
      { message: expect.stringContaining(`answered with status ${status} instead of 200`) as string },
    ]);
  });

  it('FC03 L4 status 404: DOWN, and a back-off', async () => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(answerStatus(404), { at });
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    await expectDownWithoutASecondAttempt(issuer, bench, 'issuer_unreachable');
  });

  it.each([204, 206, 304, 404, 429, 500, 503])(
    'FC03 L4 L14 status %i while warm: the old set is kept',
    async (status) => {
      const issuer = await createFaultIssuer();
      await expectOldSetIsKept(issuer, answerStatus(status), at);
    },
  );
});

describe('Retry-After', () => {
  const ask = async (status: number, retryAfter: string): Promise<number> => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(answerStatus(status, { 'retry-after': retryAfter }));
    const bench = createFaultBench({
      domain: issuer.origin,
      keys: { minBackOffSeconds: 2, maxBackOffSeconds: 100 },
    });
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    expect(issuer.injected).toBe(1);
    return nextAttempt(bench);
  };

  it.each([429, 503])('FC03 is honoured with status %i: in seconds, or as a date', async (status) => {
    const seconds = await ask(status, '70');
    expect(seconds).toBeGreaterThan(69);
    // Up to half a second more, so that a fleet does not come back together.
    expect(seconds).toBeLessThanOrEqual(70.5);
    const untilDate = await ask(status, new Date(Date.now() + 71_000).toUTCString());
    expect(untilDate).toBeGreaterThan(68);
    expect(untilDate).toBeLessThanOrEqual(71.5);
  });

  it.each([429, 503])('FC03 is clamped with status %i', async (status) => {
    expect(await ask(status, '1000000')).toBeLessThanOrEqual(100.5);
    expect(await ask(status, 'Fri, 31 Dec 9999 23:59:59 GMT')).toBeLessThanOrEqual(100.5);
    expect(await ask(status, '0')).toBeGreaterThan(1.5);
    expect(await ask(status, new Date(0).toUTCString())).toBeGreaterThan(1.5);
  });

  it.each([
    [503, 'soon'],
    [503, '-5'],
    [503, '1e9'],
    [503, '70, 80'],
    [500, '70'],
    [502, '70'],
  ])('FC03 is nothing with status %i and the value %s', async (status, retryAfter) => {
    const seconds = await ask(status, retryAfter);
    expect(seconds).toBeGreaterThan(1.5);
    expect(seconds).toBeLessThanOrEqual(4);
  });

  it('FC03 is what the caller is told, and no request is made before', async () => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(answerStatus(429, { 'retry-after': '20' }));
    const bench = createFaultBench({ domain: issuer.origin });
    const ask429 = bench.client.verifyAccessToken({ accessToken: issuer.token() });
    await expect(ask429).rejects.toMatchObject({ statusCode: 503, retryAfterSeconds: 21 });
    expect(issuer.injected).toBe(1);
  });
});

/** What is said with status 200, and the reason that it is nothing. */
const texts = [
  ['a captive portal', '<!doctype html><title>Sign in to the network</title>', 'issuer_unreachable'],
  ['nothing at all', '', 'issuer_unreachable'],
  ['half a document', '{"keys":[{"kty":"OKP"', 'issuer_unreachable'],
  ['two documents', '{"keys":[]}{"keys":[]}', 'issuer_unreachable'],
  ['NaN', 'NaN', 'issuer_unreachable'],
  ['an empty object', '{}', 'issuer_keys_invalid'],
  ['a list', '[]', 'issuer_keys_invalid'],
  ['null', 'null', 'issuer_keys_invalid'],
  ['a number', '7', 'issuer_keys_invalid'],
  ['keys that are an object', '{"keys":{}}', 'issuer_keys_invalid'],
  ['keys that are null', '{"keys":null}', 'issuer_keys_invalid'],
  ['no keys', '{"keys":[]}', 'issuer_keys_invalid'],
  ['keys that are none', '{"keys":[null,"key",{},[]]}', 'issuer_keys_invalid'],
  ['keys on a prototype', '{"__proto__":{"keys":[{"kty":"OKP"}]}}', 'issuer_keys_invalid'],
] as const;

describe('an answer that is no key set', () => {
  it.each(texts)('FC04 L9 %s: DOWN, and a back-off', async (_what, text, reason) => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(answerText(text), { at: keysPath });
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    await expectDownWithoutASecondAttempt(issuer, bench, reason);
  });

  it.each(texts)('FC04 L9 %s while warm: the old set is kept', async (_what, text) => {
    const issuer = await createFaultIssuer();
    await expectOldSetIsKept(issuer, answerText(text), keysPath);
  });

  it.each(texts)('FC04 %s for metadata: DOWN, and nobody is asked for keys', async (_what, text) => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(answerText(text), { at: metadataPath });
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    expect(await bench.verdict(issuer.token())).toMatch(/^DOWN issuer_(unreachable|metadata_invalid)$/);
    expect(issuer.injected).toBe(1);
    expect(issuer.requests.filter((path) => keysPath.test(path))).toEqual([]);
  });

  it('FC04 is asked for again after the unknown key id that caused it, and costs no known key', async () => {
    const issuer = await createFaultIssuer();
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    const token = issuer.token();
    const [old] = issuer.keys;
    const stranger = await createFaultIssuer();
    expect(await bench.verdict(token)).toBe('OK');
    issuer.misbehave(answerText('{"keys":[]}'), { at: keysPath });
    const unknown = issuer.token({}, stranger.keys[0]);
    expect(await bench.verdict(unknown)).toBe('DOWN issuer_keys_invalid');
    expect(issuer.injected).toBe(1);
    expect(await bench.verdict(issuer.token({}, old))).toBe('OK');
    expect(bench.client.health().issuers[0]).toMatchObject({ state: 'fresh', keyCount: 1 });
  });
});
