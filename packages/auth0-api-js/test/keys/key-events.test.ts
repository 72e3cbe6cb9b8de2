import { describe, expect, it, vi } from 'vitest';
import { claimsText, createBench, headerText, rsaKey, signRaw } from '../support/bench.js';
import type { Auth0ApiEvent } from '@auth0/auth0-api-js';
import { holdKeys } from '../../src/keys/held-keys.js';
import { KeyEvents } from '../../src/keys/key-events.js';
import { KeySet } from '../../src/keys/key-set.js';
import { stopTime } from '../support/clock.js';

const issuer = 'https://issuer.test/';

function createEvents(): { keyEvents: KeyEvents; events: Auth0ApiEvent[] } {
  const events: Auth0ApiEvent[] = [];
  return { keyEvents: new KeyEvents({ issuer, emit: (event) => events.push(event) }), events };
}

/** An answer of the issuer, with what is left out of it. */
function answer(keyEvents: KeyEvents, ...skipped: readonly [index: number, message: string][]): void {
  const { onSkip, tellSkipped } = keyEvents.collectSkipped();
  for (const [index, message] of skipped) onSkip(index, message);
  tellSkipped();
}

describe('KeyEvents', () => {
  it('tells of old keys once, with how old they are and how long they serve', () => {
    stopTime();
    const { keyEvents, events } = createEvents();
    const held = holdKeys(new KeySet([]), performance.now() / 1000, 600, 3600);
    vi.advanceTimersByTime(700_000);
    for (let request = 0; request < 3; request++) keyEvents.tellStale(held);
    vi.advanceTimersByTime(3_600_000);
    for (let request = 0; request < 3; request++) keyEvents.tellExpired(held);
    expect(events).toEqual([
      { type: 'keys_stale', issuer, ageSeconds: 700, usableForSeconds: 3500 },
      { type: 'keys_expired', issuer, ageSeconds: 4300 },
    ]);
  });

  it('tells of it again once there were new keys', () => {
    const { keyEvents, events } = createEvents();
    const held = holdKeys(new KeySet([]), 0, 600, 3600);
    keyEvents.tellStale(held);
    keyEvents.tellFresh();
    keyEvents.tellStale(held);
    expect(events.map(({ type }) => type)).toEqual(['keys_stale', 'keys_stale']);
  });

  it('tells of keys that are left out once, not at each refresh', () => {
    const { keyEvents, events } = createEvents();
    for (let refresh = 0; refresh < 3; refresh++)
      answer(keyEvents, [1, 'it is symmetric'], [3, 'it is not an object']);
    expect(events).toEqual([
      { type: 'key_skipped', issuer, index: 1, message: 'it is symmetric' },
      { type: 'key_skipped', issuer, index: 3, message: 'it is not an object' },
    ]);
  });

  it('tells of them again when they are others, or are back', () => {
    const { keyEvents, events } = createEvents();
    answer(keyEvents, [1, 'it is symmetric']);
    answer(keyEvents, [1, 'it is not an object']);
    answer(keyEvents);
    answer(keyEvents, [1, 'it is not an object']);
    expect(events).toHaveLength(3);
  });

  it('tells nothing where nothing is left out', () => {
    const { keyEvents, events } = createEvents();
    answer(keyEvents);
    answer(keyEvents);
    expect(events).toEqual([]);
  });
});

describe('an issuer whose keys are all unusable', () => {
  it('has each of them told with its reason, once, beside the outage', async () => {
    const { client, events } = createBench([null, { kty: 'oct', k: 'AAAA' }]);
    for (let request = 0; request < 2; request++)
      await client
        .verifyAccessToken({ accessToken: signRaw(rsaKey, headerText(rsaKey), claimsText()) })
        .catch(() => {});
    expect(events).toMatchObject([
      { type: 'key_skipped', index: 0, message: 'it is not an object' },
      { type: 'key_skipped', index: 1, message: 'it is symmetric' },
      { type: 'outage', reason: 'issuer_keys_invalid' },
    ]);
    client.close();
  });
});
