import { describe, expect, it, vi } from 'vitest';
import { TemporarilyUnavailableError, type Auth0ApiEvent } from '@auth0/auth0-api-js';
import { IssuerKeys } from '../../src/keys/issuer-keys.js';
import { defaultKeySettings, type KeySettings } from '../../src/keys/key-settings.js';
import { createTestKey, type TestKey } from '../../src/testing/create-test-key.js';
import { rsaKey } from '../support/bench.js';
import { stopTime } from '../support/clock.js';

const issuer = 'https://issuer.test/';
const nextKey = createTestKey('RS256');

interface Trial {
  readonly keys: IssuerKeys;
  readonly events: Auth0ApiEvent[];
  published: TestKey[];
  isDown: boolean;
  fetches: number;
}

/** An issuer whose keys can be changed, and that can be taken down. */
function createTrial(changes: Partial<KeySettings> = {}): Trial {
  const events: Auth0ApiEvent[] = [];
  const fetch = async (url: unknown): Promise<Response> => {
    if (trial.isDown) throw new TypeError('fetch failed', { cause: { code: 'ECONNREFUSED' } });
    if (String(url).includes('.well-known')) return Response.json({ issuer, jwks_uri: `${issuer}keys` });
    trial.fetches += 1;
    return Response.json({ keys: trial.published.map((key) => key.publicJwk) });
  };
  const trial: Trial = {
    keys: new IssuerKeys({
      ...defaultKeySettings,
      issuer,
      jwksUri: undefined,
      stored: undefined,
      fetch: fetch as typeof globalThis.fetch,
      ...changes,
      emit: (event) => events.push(event),
    }),
    events,
    published: [rsaKey],
    isDown: false,
    fetches: 0,
  };
  return trial;
}

const keyOf = async (trial: Trial, kid = rsaKey.kid): Promise<unknown> => {
  const [key, ...others] = await trial.keys.select('RS256', kid);
  expect(others).toEqual([]);
  return key;
};

const minutes = (count: number): number => count * 60_000;

describe('IssuerKeys', () => {
  it('O4 keeps the key of a set that is in the next one, too, so that what it signed stays known', async () => {
    stopTime();
    const trial = createTrial();
    const key = await keyOf(trial);
    trial.published = [nextKey, rsaKey];
    await vi.advanceTimersByTimeAsync(minutes(10));
    expect(trial.fetches).toBe(2);
    expect(await keyOf(trial)).toBe(key);
    expect(await keyOf(trial, nextKey.kid)).not.toBe(key);
  });

  it('O4 takes a key that was withdrawn and comes back for a new one', async () => {
    stopTime();
    const trial = createTrial();
    const key = await keyOf(trial);
    trial.published = [nextKey];
    await vi.advanceTimersByTimeAsync(minutes(10));
    expect(await keyOf(trial)).toBeUndefined();
    trial.published = [rsaKey];
    await vi.advanceTimersByTimeAsync(minutes(10));
    expect(await keyOf(trial)).toBeDefined();
    expect(await keyOf(trial)).not.toBe(key);
  });

  it('L19 answers a thousand requests at once with one fetch', async () => {
    const trial = createTrial();
    const found = await Promise.all(
      Array.from({ length: 1000 }, async () => trial.keys.select('RS256', rsaKey.kid)),
    );
    expect(trial.fetches).toBe(1);
    expect(found.every((keys) => keys.length === 1)).toBe(true);
  });

  it('answers from memory without a promise for hours: keys are refreshed before they are due', async () => {
    stopTime();
    const trial = createTrial();
    await trial.keys.select('RS256', rsaKey.kid);
    for (let minute = 0; minute < 120; minute++) {
      await vi.advanceTimersByTimeAsync(minutes(1));
      expect(trial.keys.select('RS256', rsaKey.kid)).toHaveLength(1);
    }
    // Every 8 to 9.5 minutes.
    expect(trial.fetches).toBeGreaterThanOrEqual(13);
    expect(trial.fetches).toBeLessThanOrEqual(16);
  });

  it('asks every time when keys are good for 0 seconds', async () => {
    const trial = createTrial({ freshSeconds: 0, minFreshSeconds: 0 });
    await trial.keys.select('RS256', rsaKey.kid);
    await trial.keys.select('RS256', rsaKey.kid);
    expect(trial.fetches).toBe(2);
  });

  it('L10 finds a new key at once, and L11 drops the old one', async () => {
    const trial = createTrial();
    await trial.keys.select('RS256', rsaKey.kid);
    trial.published = [nextKey];
    expect(await trial.keys.select('RS256', nextKey.kid)).toHaveLength(1);
    expect(await trial.keys.select('RS256', rsaKey.kid)).toHaveLength(0);
    expect(trial.fetches).toBe(2);
  });

  it('L12 asks for made-up key ids once in 30 s, and L13 finds a rotation after that', async () => {
    stopTime();
    const trial = createTrial();
    await trial.keys.select('RS256', rsaKey.kid);
    for (let index = 0; index < 50; index++)
      expect(await trial.keys.select('RS256', `made-up-${index}`)).toEqual([]);
    expect(trial.fetches).toBe(2);
    trial.published = [rsaKey, nextKey];
    vi.advanceTimersByTime(29_999);
    expect(trial.keys.select('RS256', nextKey.kid)).toEqual([]);
    expect(trial.keys.select('RS256', rsaKey.kid)).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(await trial.keys.select('RS256', nextKey.kid)).toHaveLength(1);
    expect(trial.fetches).toBe(3);
  });

  it('asks nobody about a known key id with an algorithm that does not fit, nor about a token without one', async () => {
    const trial = createTrial();
    trial.published = [rsaKey, nextKey];
    await trial.keys.select('RS256', rsaKey.kid);
    expect(trial.keys.select('ES256', rsaKey.kid)).toEqual([]);
    expect(trial.keys.select('RS256', undefined)).toEqual([]);
    expect(trial.fetches).toBe(1);
  });

  it('is away while the issuer is, and leaves it alone for a while', async () => {
    stopTime();
    const random = vi.spyOn(Math, 'random').mockReturnValue(1);
    const trial = createTrial();
    trial.isDown = true;
    const select = async (): Promise<unknown> => trial.keys.select('RS256', rsaKey.kid);
    await expect(select()).rejects.toMatchObject({
      statusCode: 503,
      reason: 'issuer_unreachable',
      retryAfterSeconds: 1,
    });
    await expect(select()).rejects.toThrow(TemporarilyUnavailableError);
    expect(trial.events).toEqual([
      {
        type: 'outage',
        reason: 'issuer_unreachable',
        issuer,
        url: `${issuer}.well-known/openid-configuration`,
        message: expect.stringContaining('could not be fetched (ECONNREFUSED)'),
        retryAfterSeconds: 1,
      },
    ]);
    trial.isDown = false;
    vi.advanceTimersByTime(999);
    await expect(select()).rejects.toThrow(TemporarilyUnavailableError);
    vi.advanceTimersByTime(1);
    await expect(select()).resolves.toHaveLength(1);
    expect(trial.events.at(-1)).toEqual({ type: 'recovery', issuer });
    random.mockRestore();
  });

  it('waits longer after each failure, up to 30 s', async () => {
    stopTime();
    const random = vi.spyOn(Math, 'random').mockReturnValue(1);
    const trial = createTrial();
    trial.isDown = true;
    const waits: number[] = [];
    for (let attempt = 0; attempt < 8; attempt++) {
      await expect(async () => trial.keys.select('RS256', rsaKey.kid)).rejects.toThrow(
        TemporarilyUnavailableError,
      );
      const seconds = trial.keys.health().nextAttemptInSeconds ?? 0;
      waits.push(seconds);
      await vi.advanceTimersByTimeAsync(seconds * 1000);
    }
    expect(waits.map(Math.round)).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
    expect(trial.events.map(({ type }) => type)).toEqual(['outage']);
    random.mockRestore();
  });

  it('L14 keeps the last good keys for an hour while the issuer is away', async () => {
    stopTime();
    const trial = createTrial();
    await trial.keys.select('RS256', rsaKey.kid);
    trial.isDown = true;
    vi.advanceTimersByTime(minutes(10));
    expect(await trial.keys.select('RS256', rsaKey.kid)).toHaveLength(1);
    vi.advanceTimersByTime(minutes(60) - 1);
    expect(await trial.keys.select('RS256', rsaKey.kid)).toHaveLength(1);
    vi.advanceTimersByTime(1);
    await expect(async () => trial.keys.select('RS256', rsaKey.kid)).rejects.toThrow(
      TemporarilyUnavailableError,
    );
  });

  it('is away for an unknown key id when the fetch that it causes fails', async () => {
    const trial = createTrial();
    await trial.keys.select('RS256', rsaKey.kid);
    trial.isDown = true;
    await expect(async () => trial.keys.select('RS256', nextKey.kid)).rejects.toThrow(
      TemporarilyUnavailableError,
    );
    expect(trial.keys.select('RS256', rsaKey.kid)).toHaveLength(1);
  });

  it('never calls a rotated key unknown while the issuer is away, and finds it afterwards', async () => {
    stopTime();
    const trial = createTrial();
    await trial.keys.select('RS256', rsaKey.kid);
    trial.published = [nextKey];
    trial.isDown = true;
    for (let attempt = 0; attempt < 5; attempt++) {
      await expect(async () => trial.keys.select('RS256', nextKey.kid)).rejects.toThrow(
        TemporarilyUnavailableError,
      );
    }
    trial.isDown = false;
    vi.advanceTimersByTime(1000);
    expect(await trial.keys.select('RS256', nextKey.kid)).toHaveLength(1);
  });

  it('does not fetch again what it has just fetched', async () => {
    const trial = createTrial();
    expect(await trial.keys.select('RS256', 'made-up')).toEqual([]);
    expect(trial.fetches).toBe(1);
  });

  it('tells of each key that it leaves out', async () => {
    const trial = createTrial();
    trial.published = [rsaKey, { ...rsaKey, publicJwk: { ...rsaKey.publicJwk, use: 'enc' as 'sig' } }];
    await trial.keys.select('RS256', rsaKey.kid);
    expect(trial.events).toEqual([
      { type: 'key_skipped', issuer, index: 1, message: 'its "use" is not "sig"' },
    ]);
  });
});
