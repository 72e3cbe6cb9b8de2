import { randomInt } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { describe, expect, it } from 'vitest';
import { startRedis } from '../packages/auth0-api-js/test/support/redis-server.js';
import { startFleet, type Fleet, type Outcome } from './support/start-fleet.js';

const size = 8;
const proofCount = 10_000;
const sendings = 3;
const proofsAtATime = 64;

/** What this machine is busy with is no outage: these tests are about whom Redis says yes to. */
const patient = { deadlineMilliseconds: 10_000 };

describe(`${size} processes over one Redis`, () => {
  it(`G22 accept each of ${proofCount} proofs once, whichever of them gets it how often`, async () => {
    const redis = await startRedis();
    const fleet = await startFleet({ size, redisUrl: redis.url, replay: patient });
    try {
      const verdicts: Record<string, number> = {};
      let left = proofCount;
      const sendProofs = async (): Promise<void> => {
        while (left > 0) {
          left -= 1;
          for (const verdict of await sendToSome(fleet, fleet.headers()))
            verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
        }
      };
      await Promise.all(Array.from({ length: proofsAtATime }, sendProofs));
      expect(verdicts).toEqual({
        'one accepted': proofCount,
        replayed: proofCount * (sendings - 1),
      });
      expect(await eventsOf(fleet)).toEqual([]);
    } finally {
      await fleet.stop();
      await redis.stop();
    }
  });
});

/** Sends a proof to random processes at once. Whoever lets it in twice shows as such. */
async function sendToSome(fleet: Fleet, headers: OutgoingHttpHeaders): Promise<string[]> {
  const first = randomInt(size);
  // With a step of 0 one process gets all of them.
  const step = randomInt(size);
  const answers = await Promise.all(
    Array.from({ length: sendings }, async (_, n) => fleet.ask((first + n * step) % size, headers)),
  );
  const accepted = answers.filter(({ verdict }) => verdict === 'accepted').length;
  const others = answers.map(({ verdict }) => verdict).filter((verdict) => verdict !== 'accepted');
  return [accepted === 1 ? 'one accepted' : `${accepted} accepted`, ...others];
}

describe('one proof that comes a thousand times at once', () => {
  it.each([
    ['memory', false],
    ['Redis', true],
  ])('G22 is accepted once by a process that remembers in %s', async (_where, isRedis) => {
    const redis = isRedis ? await startRedis() : undefined;
    const fleet = await startFleet({ size: 1, ...(redis && { redisUrl: redis.url, replay: patient }) });
    try {
      const headers = fleet.headers();
      const answers = await Promise.all(Array.from({ length: 1000 }, async () => fleet.ask(0, headers)));
      expect(countVerdicts(answers)).toEqual({ accepted: 1, replayed: 999 });
    } finally {
      await fleet.stop();
      await redis?.stop();
    }
  });
});

describe(`a nonce of one of ${size} processes that share a secret`, () => {
  const nonce = { secret: 'a secret of at least thirty-two bytes', lifetimeSeconds: 300 };

  it('G31 is good at all of them, after a restart, and until it was changed twice', async () => {
    const untilNextWindow = nonce.lifetimeSeconds - ((Date.now() / 1000) % nonce.lifetimeSeconds);
    const fleet = await startFleet({ size, dpop: { nonce } });
    const indices = Array.from({ length: size }, (_, index) => index);
    const askAll = async (given: string | undefined): Promise<Record<string, number>> =>
      countVerdicts(await Promise.all(indices.map(async (index) => fleet.ask(index, fleet.headers(given)))));
    const setWindow = async (number: number): Promise<unknown> => {
      const seconds = untilNextWindow + number * nonce.lifetimeSeconds;
      return Promise.all(fleet.members.map(async ({ child }) => child.call('setAhead', seconds)));
    };
    try {
      await setWindow(0);
      const first = await fleet.ask(0, fleet.headers());
      expect(first).toMatchObject({ verdict: 'nonce required', nonce: expect.any(String) });
      expect(await askAll(first.nonce)).toEqual({ accepted: size });

      await Promise.all(indices.map(async (index) => fleet.restart(index)));
      await setWindow(1);
      expect(await askAll(first.nonce)).toEqual({ accepted: size });
      await setWindow(2);
      expect(await askAll(first.nonce)).toEqual({ 'nonce required': size });
      const next = await fleet.ask(size - 1, fleet.headers());
      expect(await askAll(next.nonce)).toEqual({ accepted: size });
    } finally {
      await fleet.stop();
    }
  });
});

function countVerdicts(answers: readonly Outcome[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { verdict } of answers) counts[verdict] = (counts[verdict] ?? 0) + 1;
  return counts;
}

/** What the processes told their application. */
async function eventsOf({ members }: Fleet): Promise<unknown[]> {
  const events = await Promise.all(members.map(async ({ child }) => child.call('takeEvents')));
  return events.flat();
}
