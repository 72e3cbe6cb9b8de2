import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Auth0ApiEvent } from '@auth0/auth0-api-js';
import { IssuerKeys } from '../../src/keys/issuer-keys.js';
import { defaultKeySettings } from '../../src/keys/key-settings.js';
import { stopTime } from '../support/clock.js';
import { alg, FakeIssuer, keyPool, type Mood } from '../support/fake-issuer.js';

const kid = (place: number): string => keyPool[place]?.kid ?? '';

interface Trial {
  readonly keys: IssuerKeys;
  readonly issuer: FakeIssuer;
  readonly events: Auth0ApiEvent['type'][];
  readonly select: (kid: string | undefined) => unknown;
}

/** Keys of an issuer of moods; time stands still. */
function createTrial(random = 0): Trial {
  stopTime();
  vi.spyOn(Math, 'random').mockReturnValue(random);
  const issuer = new FakeIssuer({ hasMetadata: false });
  const events: Trial['events'] = [];
  const keys = new IssuerKeys({
    ...defaultKeySettings,
    issuer: issuer.issuer,
    jwksUri: issuer.jwksUri,
    stored: undefined,
    fetch: issuer.fetch,
    emit: ({ type }) => events.push(type),
  });
  return { keys, issuer, events, select: (name) => keys.select(alg, name) };
}

/** The same, after its first request. */
async function createWarmTrial(random = 0): Promise<Trial> {
  const trial = createTrial(random);
  await trial.select(kid(0));
  return trial;
}

const pass = async (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);
const down: Mood = { kind: 'down', delay: 0 };
const silent: Mood = { kind: 'good', delay: Number.POSITIVE_INFINITY };
const good: Mood = { kind: 'good', delay: 0 };

/** What a request has come to, if it has. */
function follow(answer: unknown): { outcome: unknown } {
  const followed: { outcome: unknown } = { outcome: undefined };
  Promise.resolve(answer).then(
    (keys) => (followed.outcome = keys),
    (error: unknown) => (followed.outcome = error),
  );
  return followed;
}

const outage = { statusCode: 503, reason: 'issuer_unreachable' };

afterEach(() => {
  vi.restoreAllMocks();
});

describe('IssuerKeys refresh ahead', () => {
  it.each([
    [0, 480],
    [0.5, 525],
    [0.999, 569.91],
  ])('L17 from four fifths of the time on, with jitter: at random %d after %d s', async (random, seconds) => {
    const { issuer } = await createWarmTrial(random);
    await pass(seconds - 0.01);
    expect(issuer.requests).toBe(1);
    await pass(0.02);
    expect(issuer.requests).toBe(2);
  });

  it('L17 without a request that waits, however slow the issuer is', async () => {
    const { issuer, select } = await createWarmTrial();
    issuer.mood = { kind: 'good', delay: 4 };
    issuer.published = [1];
    await pass(483.9);
    expect(issuer.requests).toBe(2);
    expect(select(kid(0))).toHaveLength(1);
    await pass(0.2);
    expect(select(kid(1))).toHaveLength(1);
    expect(issuer.requests).toBe(2);
  });

  it('L17 silently to requests where it fails, until the keys are due', async () => {
    const { issuer, select, events } = await createWarmTrial();
    issuer.mood = down;
    for (let second = 0; second < 599; second++) {
      await pass(1);
      expect(select(kid(0))).toHaveLength(1);
    }
    expect(events).toEqual(['outage']);
  });

  it('by the time the issuer gives', async () => {
    const { issuer, select } = createTrial();
    issuer.mood = { kind: 'good', maxAge: 100, delay: 0 };
    await select(kid(0));
    await pass(79.9);
    expect(issuer.requests).toBe(1);
    await pass(0.2);
    expect(issuer.requests).toBe(2);
  });
});

describe('IssuerKeys ask once at a time', () => {
  it('L19 for a refresh, unknown key ids and whoever waits', async () => {
    const { issuer, select, keys } = await createWarmTrial();
    issuer.mood = { kind: 'good', delay: 3 };
    issuer.published = [0, 1];
    await pass(480);
    const answers = [kid(1), 'made-up', kid(1)].map((name) => follow(select(name)));
    const ready = follow(keys.prepare());
    await pass(3);
    expect(issuer.requests).toBe(2);
    expect(answers.map(({ outcome }) => outcome)).toMatchObject([[{ kid: kid(1) }], [], [{ kid: kid(1) }]]);
    expect(ready).toEqual({ outcome: undefined });
  });
});

describe('IssuerKeys and unknown key ids', () => {
  it('L10 see a rotation right after start-up, whichever key id came first', async () => {
    for (const first of [kid(0), 'made-up']) {
      const { issuer, select } = createTrial();
      await select(first);
      issuer.published = [1];
      expect(await select(kid(1))).toHaveLength(1);
      expect(issuer.requests).toBe(2);
    }
  });

  it('L12 let known keys not wait for the fetch they cause, not even one that hangs', async () => {
    const { issuer, select } = await createWarmTrial();
    issuer.mood = silent;
    const unknown = follow(select('made-up'));
    for (let tenth = 0; tenth < 49; tenth++) {
      await pass(0.1);
      expect(select(kid(0))).toHaveLength(1);
    }
    expect(unknown.outcome).toBeUndefined();
    await pass(0.1);
    expect(unknown.outcome).toMatchObject(outage);
    expect(select(kid(0))).toHaveLength(1);
    expect(issuer.requests).toBe(2);
  });

  it('are an outage while the issuer is away, and unknown within the cooldown after it was asked', async () => {
    const { issuer, select } = await createWarmTrial();
    expect(await select('made-up')).toEqual([]);
    expect(select('made-up')).toEqual([]);
    await pass(30);
    issuer.mood = down;
    for (let request = 0; request < 5; request++)
      await expect(select('made-up')).rejects.toMatchObject(outage);
    expect(issuer.requests).toBe(3);
    issuer.mood = good;
    await pass(0.5);
    expect(issuer.requests).toBe(4);
    expect(select('made-up')).toEqual([]);
    expect(issuer.requests).toBe(4);
  });
});

describe('IssuerKeys while the issuer is away', () => {
  it('L14 keep the last good keys whatever it answers', async () => {
    const moods: Mood[] = [
      { kind: 'empty', delay: 0 },
      { kind: 'html', delay: 0 },
      { kind: 'status', status: 204, delay: 0 },
      { kind: 'status', status: 404, delay: 0 },
      { kind: 'status', status: 500, delay: 0 },
      down,
      silent,
    ];
    for (const mood of moods) {
      const { issuer, select, keys } = await createWarmTrial();
      issuer.mood = mood;
      await pass(500);
      expect(keys.health().lastError).toBeDefined();
      expect(select(kid(0))).toMatchObject([{ kid: kid(0) }]);
      keys.close();
    }
  });

  it('L16 tell once that keys are stale, once that they are expired, and once that it is over', async () => {
    const { issuer, select, events } = await createWarmTrial(0.9);
    issuer.mood = down;
    for (const seconds of [600, 1000, 2599]) {
      await pass(seconds);
      for (let request = 0; request < 100; request++) expect(select(kid(0))).toHaveLength(1);
    }
    expect(events).toEqual(['outage', 'keys_stale']);
    for (const seconds of [1, 1000]) {
      await pass(seconds);
      for (let request = 0; request < 100; request++)
        await expect(select(kid(0))).rejects.toMatchObject(outage);
    }
    expect(events).toEqual(['outage', 'keys_stale', 'keys_expired']);
    issuer.mood = good;
    await pass(30);
    expect(select(kid(0))).toHaveLength(1);
    expect(events).toEqual(['outage', 'keys_stale', 'keys_expired', 'recovery']);
    issuer.mood = down;
    await pass(700);
    expect(select(kid(0))).toHaveLength(1);
    expect(events.slice(4)).toEqual(['outage', 'keys_stale']);
  });

  it('L16 tell of stale keys again in the next outage', async () => {
    const { issuer, select, events } = await createWarmTrial();
    for (let time = 0; time < 2; time++) {
      issuer.mood = down;
      await pass(700);
      expect(select(kid(0))).toHaveLength(1);
      issuer.mood = good;
      await pass(30);
    }
    expect(events).toEqual(['outage', 'keys_stale', 'recovery', 'outage', 'keys_stale', 'recovery']);
  });

  it('tell nothing of keys that serve within their time', async () => {
    const { issuer, select, events } = await createWarmTrial();
    issuer.mood = down;
    await pass(599.9);
    expect(select(kid(0))).toHaveLength(1);
    expect(events).toEqual(['outage']);
  });

  it('ask before they serve keys past their time, and serve at once while they know that it is in vain', async () => {
    const { issuer, select, keys, events } = await createWarmTrial();
    const stored = keys.store();
    keys.close();
    vi.advanceTimersByTime(700_000);
    issuer.mood = silent;
    const carried = new IssuerKeys({
      ...defaultKeySettings,
      issuer: issuer.issuer,
      jwksUri: issuer.jwksUri,
      fetch: issuer.fetch,
      stored,
      emit: ({ type }) => events.push(type),
    });
    const first = follow(carried.select(alg, kid(0)));
    await pass(4.999);
    expect(first.outcome).toBeUndefined();
    await pass(0.001);
    expect(first.outcome).toHaveLength(1);
    expect(carried.select(alg, kid(0))).toHaveLength(1);
    expect(events).toEqual(['outage', 'keys_stale']);
    carried.close();
    expect(select(undefined)).toBeInstanceOf(Promise);
  });

  it('use no keys that become too old while a request waits for newer ones', async () => {
    const { issuer, keys } = await createWarmTrial();
    const stored = keys.store();
    keys.close();
    vi.advanceTimersByTime(4_198_000);
    issuer.mood = silent;
    const events: Auth0ApiEvent['type'][] = [];
    const carried = new IssuerKeys({
      ...defaultKeySettings,
      issuer: issuer.issuer,
      jwksUri: issuer.jwksUri,
      fetch: issuer.fetch,
      stored,
      emit: ({ type }) => events.push(type),
    });
    const request = follow(carried.select(alg, kid(0)));
    await pass(5);
    expect(request.outcome).toMatchObject(outage);
    expect(events).toEqual(['outage']);
    carried.close();
  });

  it('FC03 leave it alone for as long as it asks', async () => {
    const { issuer, select, keys } = createTrial(0.999);
    issuer.mood = { kind: 'status', status: 503, retryAfter: 20, delay: 0 };
    await expect(select(kid(0))).rejects.toMatchObject({ retryAfterSeconds: 21 });
    expect(keys.health().nextAttemptInSeconds).toBeCloseTo(20.125, 2);
    await pass(20);
    expect(issuer.requests).toBe(1);
    await pass(0.2);
    expect(issuer.requests).toBe(2);
  });

  it('FC01 come back by themselves, without a request', async () => {
    const { issuer, select, keys, events } = createTrial(0.999);
    issuer.mood = down;
    await expect(select(kid(0))).rejects.toMatchObject(outage);
    await pass(3600);
    issuer.mood = good;
    await pass(30);
    expect(keys.health().state).toBe('fresh');
    expect(events).toEqual(['outage', 'recovery']);
  });
});

describe('IssuerKeys of a process that slept', () => {
  it('tell of no outage where there is none', async () => {
    const { issuer, select, events } = await createWarmTrial();
    issuer.published = [1];
    const clock = vi.spyOn(performance, 'now').mockReturnValue(performance.now() + 7_200_000);
    expect(await select(kid(1))).toHaveLength(1);
    expect(events).toEqual([]);
    expect(issuer.requests).toBe(2);
    clock.mockRestore();
  });
});

describe('IssuerKeys that are closed', () => {
  it('L22 start nothing new, at whatever moment the answer arrives', async () => {
    let arrived = 0;
    for (let turns = 0; turns < 60; turns++) {
      const { keys, select } = createTrial();
      const answer = follow(select(kid(0)));
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      if (keys.health().state === 'fresh') arrived += 1;
      keys.close();
      await new Promise((resolve) => setImmediate(resolve));
      expect(answer.outcome).toBeDefined();
      expect(keys.health()).not.toHaveProperty('nextAttemptInSeconds');
      expect(vi.getTimerCount()).toBe(0);
    }
    // Some were closed before the answer, and some after.
    expect(arrived).toBeGreaterThan(0);
    expect(arrived).toBeLessThan(60);
  });
});
