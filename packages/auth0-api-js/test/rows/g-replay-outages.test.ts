import { describe, expect, it, vi } from 'vitest';
import { memoryReplayStore, ReplayStoreError, type ReplayStore, type UsedProof } from '@auth0/auth0-api-js';
import { answer } from '@auth0/auth0-api-js/adapter';
import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { noon, stopTime } from '../support/clock.js';
import {
  boundToken,
  createProofBench,
  proofFor,
  proofIssuer,
  url,
  type ProofBench,
} from '../support/proof-bench.js';

const client = createDpopClient();
/** It is good at noon, and for days after. */
const token = proofIssuer.boundToken(client, { exp: noon + 1_000_000 });

/** A bench with this store. */
const benchWith = (replay: ReplayStore): ProofBench => createProofBench({ dpop: { replay } });

const full = memoryReplayStore({ maxEntries: 1 });
full.register({ id: 'a'.repeat(43), client: 'b'.repeat(43), lifetimeSeconds: 300, usableSince: 0 });
const failures: readonly [string, () => unknown, string][] = [
  ['is full', (proof?: UsedProof) => full.register(proof as UsedProof), 'replay_store_full'],
  ['is slow', () => new Promise(() => {}), 'replay_store_timeout'],
  ['throws', () => thrown(new Error('down')), 'replay_store_failed'],
  ['rejects', async () => thrown(new Error('down')), 'replay_store_failed'],
  [
    'has lost proofs',
    () => thrown(new ReplayStoreError('replay_store_lost', 'lost', 7)),
    'replay_store_lost',
  ],
];

function thrown(error: Error): never {
  throw error;
}

describe('G27, a store that', () => {
  const asStore = (register: () => unknown): ReplayStore => ({ register: register as () => boolean });
  const proof = (): string => client.proof({ url, accessToken: token });

  it.each(failures)(
    'G27 %s is answered with 503, Retry-After and one event',
    async (_what, register, reason) => {
      const bench = benchWith(asStore(register));
      for (let n = 0; n < 3; n++) {
        const refusal = await bench.refuse(token, proof());
        expect(refusal).toMatchObject({ name: 'TemporarilyUnavailableError', statusCode: 503, reason });
        expect(Object.keys(refusal.headers)).toEqual(['retry-after']);
        expect(Number(refusal.headers['retry-after']?.[0])).toBeGreaterThan(0);
        expect(answer(refusal)).toMatchObject({
          statusCode: 503,
          headers: { 'Retry-After': refusal.headers['retry-after']?.[0] },
          body: { error: 'temporarily_unavailable' },
        });
      }
      expect(bench.events).toMatchObject([{ type: 'replay_store_outage', reason, outcome: 'refused' }]);
    },
  );

  it.each(failures)('G27 %s lets requests pass where the options say so', async (_what, register, reason) => {
    const replay = { store: asStore(register), onFailure: 'allow' } as const;
    const bench = createProofBench({ dpop: { replay } });
    for (let n = 0; n < 3; n++) expect(await bench.judge(token, proof())).toBe('accepted');
    expect(bench.events).toMatchObject([{ type: 'replay_store_outage', reason, outcome: 'allowed' }]);
    expect(await bench.judge(token, client.badProof('tampered', { url, accessToken: token }))).toBe(
      'proof_signature_invalid',
    );
  });

  it.each([undefined, null, 'OK', 1, {}])(
    'G27 answers %j lets nothing pass, whatever the options say',
    async (given) => {
      for (const register of [() => given, async () => given]) {
        for (const onFailure of ['refuse', 'allow'] as const) {
          const bench = createProofBench({
            dpop: { replay: { store: asStore(register), onFailure } },
          });
          const refusal = await bench.refuse(token, proof());
          expect(refusal).toMatchObject({ statusCode: 503, reason: 'replay_store_failed' });
          expect(bench.events).toMatchObject([{ type: 'replay_store_outage', outcome: 'refused' }]);
        }
      }
    },
  );

  it('G27 is slow is given 50 ms unless the options give it more', async () => {
    for (const [replay, milliseconds] of [
      [asStore(() => new Promise(() => {})), 50],
      [{ store: asStore(() => new Promise(() => {})), deadlineMilliseconds: 1000 }, 1000],
    ] as const) {
      const bench = createProofBench({ dpop: { replay } });
      await bench.client.ready();
      stopTime(Date.now() / 1000);
      let verdict = '';
      const judged = bench.judge(token, proof()).then((reason) => (verdict = reason));
      const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
      await turn();
      vi.advanceTimersByTime(milliseconds - 1);
      await turn();
      await turn();
      expect(verdict).toBe('');
      vi.advanceTimersByTime(1);
      expect(await judged).toBe('replay_store_timeout');
      vi.useRealTimers();
    }
  });

  it('G27 answers again ends its outage with one event, and no proof was used up meanwhile', async () => {
    const memory = memoryReplayStore();
    let isDown = true;
    const bench = benchWith(
      asStore(((given: UsedProof) =>
        isDown ? thrown(new Error('down')) : memory.register(given)) as () => unknown),
    );
    const sent = proof();
    expect(await bench.judge(token, sent)).toBe('replay_store_failed');
    isDown = false;
    expect(await bench.judge(token, sent)).toBe('accepted');
    expect(await bench.judge(token, sent)).toBe('proof_replayed');
    expect(bench.events.map(({ type }) => type)).toEqual([
      'replay_store_outage',
      'replay_store_recovery',
      'refusal',
    ]);
  });
});

describe('G28, the share of one client', () => {
  it('G28 takes no room of others, and forgets nothing of its own', async () => {
    stopTime();
    const bench = benchWith(memoryReplayStore({ maxEntries: 100, maxEntriesPerKey: 3 }));
    const used = Array.from({ length: 3 }, () => client.proof({ url, accessToken: token }));
    for (const proof of used) expect(await bench.judge(token, proof)).toBe('accepted');
    const refusal = await bench.refuse(token, client.proof({ url, accessToken: token }));
    expect(refusal).toMatchObject({ statusCode: 503, reason: 'replay_client_full' });
    expect(refusal.headers).toEqual({ 'retry-after': ['335'] });
    for (const proof of used) expect(await bench.judge(token, proof)).toBe('proof_replayed');
    const others = boundToken({ exp: noon + 1_000_000 });
    for (let n = 0; n < 3; n++) expect(await bench.judge(others, proofFor(others))).toBe('accepted');
    vi.advanceTimersByTime(335_000);
    expect(await bench.judge(token, client.proof({ url, accessToken: token }))).toBe('accepted');
  });

  it('G28 holds also where failures are allowed', async () => {
    const store = memoryReplayStore({ maxEntriesPerKey: 1 });
    const bench = createProofBench({ dpop: { replay: { store, onFailure: 'allow' } } });
    const proof = (): string => client.proof({ url, accessToken: token });
    const verdicts = [await bench.judge(token, proof()), await bench.judge(token, proof())];
    expect(verdicts).toEqual(['accepted', 'replay_client_full']);
    expect(bench.events).toMatchObject([{ reason: 'replay_client_full', outcome: 'refused' }]);
  });

  it('G28 does not grow by tokens or URLs: the key counts', async () => {
    const bench = benchWith(memoryReplayStore({ maxEntriesPerKey: 2 }));
    const verdicts: string[] = [];
    for (let n = 0; n < 4; n++) {
      const accessToken = proofIssuer.boundToken(client);
      const httpUrl = `${url}/${n}`;
      verdicts.push(await bench.judge(accessToken, client.proof({ url: httpUrl, accessToken }), { httpUrl }));
    }
    expect(verdicts).toEqual(['accepted', 'accepted', 'replay_client_full', 'replay_client_full']);
  });
});
