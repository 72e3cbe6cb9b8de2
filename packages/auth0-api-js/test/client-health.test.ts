import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiClient, type Auth0ApiEvent } from '@auth0/auth0-api-js';
import { createTestKey } from '../src/testing/create-test-key.js';
import { audience, claimsText, headerText, issuer, signRaw } from './support/bench.js';
import { stopTime } from './support/clock.js';

const key = createTestKey('Ed25519');
const jwksUri = `${issuer}keys`;

interface Trial {
  readonly client: ApiClient;
  readonly requests: (AbortSignal | null | undefined)[];
  readonly events: Auth0ApiEvent[];
  mood: 'up' | 'down' | 'silent';
  readonly verify: () => Promise<unknown>;
}

/** A client with an issuer of moods, and time that stands still. */
function createTrial(): Trial {
  stopTime();
  vi.spyOn(Math, 'random').mockReturnValue(0);
  const requests: Trial['requests'] = [];
  const events: Auth0ApiEvent[] = [];
  const client = new ApiClient({
    issuers: [{ issuer, jwksUri }],
    audience,
    algorithms: ['Ed25519'],
    now: () => 0,
    customFetch: async (_input, init) => {
      requests.push(init?.signal);
      if (trial.mood === 'silent') return new Promise(() => {});
      if (trial.mood === 'up') return Response.json({ keys: [key.publicJwk] });
      throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    },
    onEvent: (event) => events.push(event),
  });
  const accessToken = signRaw(key, headerText(key), claimsText({ iat: 0, exp: 600 }));
  const trial: Trial = {
    client,
    requests,
    events,
    mood: 'up',
    verify: async () => client.verifyAccessToken({ accessToken }),
  };
  return trial;
}

const pass = async (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);
const lastError = {
  reason: 'issuer_unreachable',
  url: jwksUri,
  message: expect.stringContaining(`${jwksUri} could not be fetched (ECONNREFUSED)`) as string,
};

afterEach(() => {
  vi.restoreAllMocks();
});

describe('health()', () => {
  it('is empty at first, and asks nobody', () => {
    const { client, requests } = createTrial();
    expect(client.health()).toEqual({
      isUsable: false,
      isComplete: false,
      issuers: [{ issuer, state: 'empty', isUsable: false, keyCount: 0, isFetching: false }],
    });
    expect(requests).toEqual([]);
  });

  it('says that an answer is on its way, and until then no more', async () => {
    const trial = createTrial();
    trial.mood = 'silent';
    const verified = trial.verify().catch(() => {});
    await pass(2);
    expect(trial.client.health().issuers).toEqual([
      { issuer, state: 'empty', isUsable: false, keyCount: 0, isFetching: true },
    ]);
    trial.client.close();
    await verified;
  });

  it('is fresh while keys are within their time, with their age and the time to the refresh', async () => {
    const { client, verify } = createTrial();
    await verify();
    await pass(100);
    expect(client.health()).toEqual({
      isUsable: true,
      isComplete: true,
      issuers: [
        {
          issuer,
          state: 'fresh',
          isUsable: true,
          keyCount: 1,
          isFetching: false,
          ageSeconds: 100,
          nextAttemptInSeconds: 380,
        },
      ],
    });
    client.close();
  });

  it('says what the last attempt failed with, when, and when the next is made', async () => {
    const trial = createTrial();
    trial.mood = 'down';
    await expect(trial.verify()).rejects.toMatchObject({ statusCode: 503 });
    await pass(0.2);
    const [health] = trial.client.health().issuers;
    expect(health).toMatchObject({ state: 'empty', isUsable: false, lastError });
    expect(health?.lastError?.secondsAgo).toBeCloseTo(0.2, 6);
    expect(health?.nextAttemptInSeconds).toBeCloseTo(0.3, 6);
    trial.client.close();
  });

  it('is stale, then expired, while the issuer is away, and fresh again afterwards', async () => {
    const trial = createTrial();
    vi.spyOn(Math, 'random').mockReturnValue(0.999);
    await trial.verify();
    trial.mood = 'down';
    await pass(599.9);
    expect(trial.client.health().issuers).toMatchObject([{ state: 'fresh', isUsable: true, lastError }]);
    await pass(0.1);
    expect(trial.client.health()).toMatchObject({
      isUsable: true,
      issuers: [{ state: 'stale', isUsable: true, keyCount: 1, lastError }],
    });
    await pass(3599.9);
    expect(trial.client.health().issuers).toMatchObject([{ state: 'stale', isUsable: true }]);
    await pass(0.1);
    const expired = trial.client.health();
    expect(expired).toMatchObject({
      isUsable: false,
      issuers: [{ state: 'expired', isUsable: false, keyCount: 1, lastError }],
    });
    expect(expired.issuers[0]?.ageSeconds).toBeCloseTo(4200, 1);
    trial.mood = 'up';
    await pass(30);
    const [recovered] = trial.client.health().issuers;
    expect(recovered).toMatchObject({ state: 'fresh', isUsable: true });
    expect(recovered).not.toHaveProperty('lastError');
    trial.client.close();
  });

  it('is plain data without a token or a key in it', async () => {
    const { client, verify } = createTrial();
    await verify();
    const health = client.health();
    expect(JSON.parse(JSON.stringify(health))).toEqual(health);
    expect(JSON.stringify(health)).not.toContain(String(key.publicJwk['x']));
    client.close();
  });

  it('is usable if one issuer is, complete only if every one is', () => {
    stopTime();
    const client = new ApiClient({
      audience,
      domain: 'issuer.test',
      algorithms: ['Ed25519'],
      issuers: [{ issuer: 'https://static.test/', publicKey: key.publicJwk }],
    });
    expect(client.health()).toMatchObject({
      isUsable: true,
      isComplete: false,
      issuers: [
        { state: 'empty', isUsable: false },
        { issuer: 'https://static.test/', state: 'static', isUsable: true, keyCount: 1 },
      ],
    });
  });
});

describe('close()', () => {
  it('L22 ends a fetch that is under way, and whoever waits for it', async () => {
    const trial = createTrial();
    trial.mood = 'silent';
    const verified = trial.verify();
    verified.catch(() => {});
    await pass(1);
    expect(trial.requests.map((signal) => signal?.aborted)).toEqual([false]);
    trial.client.close();
    expect(trial.requests.map((signal) => signal?.aborted)).toEqual([true]);
    await expect(verified).rejects.toMatchObject({ statusCode: 503, reason: 'client_closed' });
    expect(vi.getTimerCount()).toBe(0);
    expect(trial.events).toEqual([]);
  });

  it('L22 leaves no timer behind, in good times and in bad', async () => {
    const good = createTrial();
    await good.verify();
    expect(vi.getTimerCount()).toBe(1);
    good.client.close();
    expect(vi.getTimerCount()).toBe(0);
    const bad = createTrial();
    bad.mood = 'down';
    await expect(bad.verify()).rejects.toMatchObject({ statusCode: 503 });
    expect(vi.getTimerCount()).toBe(1);
    bad.client.close();
    expect(vi.getTimerCount()).toBe(0);
    await pass(10_000);
    expect([good.requests.length, bad.requests.length]).toEqual([1, 1]);
  });

  it('lets keys in memory serve for as long as they would have, and asks for none beyond that', async () => {
    const { client, verify, requests, events } = createTrial();
    await verify();
    client.close();
    await pass(599.9);
    await expect(verify()).resolves.toBeDefined();
    await pass(0.1);
    await expect(verify()).resolves.toBeDefined();
    await pass(3599.9);
    await expect(verify()).resolves.toBeDefined();
    await pass(0.1);
    await expect(verify()).rejects.toMatchObject({ statusCode: 503, reason: 'client_closed' });
    expect(requests).toHaveLength(1);
    expect(events.map(({ type }) => type)).toEqual(['keys_stale']);
  });

  it('never calls a key unknown that it may no longer ask for', async () => {
    const { client, verify } = createTrial();
    await verify();
    client.close();
    const other = createTestKey('Ed25519');
    const accessToken = signRaw(other, headerText(other), claimsText({ iat: 0, exp: 600 }));
    for (let request = 0; request < 3; request++)
      await expect(client.verifyAccessToken({ accessToken })).rejects.toMatchObject({
        reason: 'client_closed',
      });
  });

  it('can be called twice, and before anything was fetched', async () => {
    const { client, verify, requests } = createTrial();
    client.close();
    client.close();
    await expect(verify()).rejects.toMatchObject({ reason: 'client_closed' });
    expect(requests).toEqual([]);
  });
});
