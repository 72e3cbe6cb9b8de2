import { describe, expect, it } from 'vitest';
import {
  answerBomb,
  answerCrumbs,
  answerEndlessly,
  answerHuge,
  lieAboutLength,
  truncate,
} from '../support/fault-issuer/body-faults.js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import {
  createFaultIssuer,
  keysPath,
  metadataPath,
  type Fault,
} from '../support/fault-issuer/create-fault-issuer.js';
import { reportOf } from '../support/fault-issuer/run-child-beside.js';

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;
const cap = 512 * 1024;
const patient = { minBackOffSeconds: 60, maxBackOffSeconds: 60 };
const gzipBomb = answerBomb('gzip', 256);
const brotliBomb = answerBomb('br', 256);

const tooMuch: readonly (readonly [string, Fault])[] = [
  ['1 GiB with its length', answerHuge(gibibyte)],
  ['1 GiB in chunks', answerHuge(gibibyte, { isChunked: true })],
  ['chunks without end', answerEndlessly],
  ['a million chunks of a byte', answerCrumbs(1_000_000)],
  ['a gzip bomb of 256 MiB', gzipBomb],
  ['a brotli bomb of 256 MiB', brotliBomb],
];

describe.each([
  ['metadata', metadataPath],
  ['keys', keysPath],
] as const)('too much in the place of %s', (_what, at) => {
  it.each(tooMuch)('FC06 L6 %s is left at the cap: DOWN, and nothing is asked again', async (_how, fault) => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(fault, { at });
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    expect(issuer.injected).toBe(1);
    expect(bench.events).toMatchObject([
      { type: 'outage', message: expect.stringContaining(`answered with more than ${cap} bytes`) as string },
    ]);
    await expect.poll(() => issuer.ended).toBe(1);
    // What the buffers of two sockets hold comes on top of it.
    expect(issuer.bytesSent).toBeLessThan(16 * mebibyte);
  });

  it.each([
    ['says it is longer than it is', lieAboutLength(1), 2],
    ['says it is 1 TB long', lieAboutLength(1e12), 2],
    ['says it is shorter than it is', lieAboutLength(-10), 1],
    ['ends in the middle', truncate, 1],
  ])('FC06 L6 a body that %s: DOWN', async (_how, fault, attempts) => {
    const issuer = await createFaultIssuer();
    issuer.misbehave(fault, { at });
    const bench = createFaultBench({ domain: issuer.origin, keys: patient });
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    // A connection that breaks is tried once more; a document that is none is not.
    expect(issuer.injected).toBe(attempts);
    expect(bench.told()).toEqual(['outage']);
    issuer.misbehave();
    expect(await bench.verdict(issuer.token())).toBe('DOWN issuer_unreachable');
    expect(bench.state()).toBe('empty');
  });
});

describe('memory', () => {
  /** How much more memory a process has needed at its most, in MiB, for a body of this kind. */
  const growthBy = async (fault: Fault): Promise<number> => {
    const well = await createFaultIssuer();
    const issuer = await createFaultIssuer();
    issuer.misbehave(fault, { at: keysPath });
    const report = await reportOf(
      `
      // What it takes to fetch anything at all is there before it is measured.
      const well = await verdict(createClient({ domain: '${well.origin}' }), '${well.token()}');
      gc();
      const before = process.memoryUsage.rss();
      let highest = before;
      const look = () => (highest = Math.max(highest, process.memoryUsage.rss()));
      const timer = setInterval(look, 1);
      const startedAt = performance.now();
      const outcome = await verdict(createClient({ domain: '${issuer.origin}' }), '${issuer.token()}');
      const seconds = (performance.now() - startedAt) / 1000;
      look();
      report({ well, outcome, seconds, grown: highest - before });
      process.exit();
    `,
      { execArgv: ['--expose-gc', '--max-semi-space-size=1'] },
    );
    expect(report).toMatchObject({ well: 'OK', outcome: '503 issuer_unreachable' });
    expect(issuer.injected).toBe(1);
    const { seconds, grown } = report as { seconds: number; grown: number };
    expect(seconds).toBeLessThan(4);
    return grown / mebibyte;
  };

  it.each(tooMuch)('FC06 L6 is bounded for %s', async (_how, fault) => {
    // The cap is half a MiB; the rest is what reading leaves behind until it is collected.
    expect(await growthBy(fault)).toBeLessThan(64);
  });
});
