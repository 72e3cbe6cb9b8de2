import { createSecretKey } from 'node:crypto';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Nonces, type NonceSecrets } from '../../../src/binding/nonce/nonces.js';
import { noon, setWallClock } from '../../support/clock.js';
import { builtModule, runChild } from '../../support/run-child.js';

const key = (text: string): NonceSecrets['secrets'][0] => createSecretKey(Buffer.from(text.padEnd(32, '.')));
const [ours, others, next] = [key('ours'), key('others'), key('next')];

/** At noon a window of 300 seconds begins. */
const noncesAt = (
  seconds: number,
  secrets: NonceSecrets['secrets'] = [ours],
  lifetimeSeconds = 300,
): Nonces => new Nonces({ secrets, lifetimeSeconds, now: () => seconds * 1000 });
const atNoon = noncesAt(noon).current();
const accepts = (nonces: Nonces, nonce: unknown): boolean => nonces.find(nonce) !== undefined;

describe('the nonce that is given out', () => {
  it('G29 is 256 bits of characters that a header may hold', () => {
    expect(atNoon).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Buffer.from(atNoon, 'base64url')).toHaveLength(32);
  });

  it.each([
    [-0.001, false],
    [0, true],
    [299.999, true],
    [300, false],
  ])('G31 is the one of its window %d s after it begins: %s', (seconds, isSame) => {
    expect(noncesAt(noon + seconds).current() === atNoon).toBe(isSame);
  });

  it('G29 is another one in each window, by each secret, and for each lifetime', () => {
    const windows = Array.from({ length: 1000 }, (_, window) => noncesAt(noon + window * 300).current());
    const secrets = [others, next].map((secret) => noncesAt(noon, [secret]).current());
    // Its window has the number that the one of 300 seconds has at noon.
    const lifetimes = noncesAt(noon / 3, [ours], 100).current();
    expect(new Set([...windows, ...secrets, lifetimes]).size).toBe(1003);
  });

  it('is made by the first secret', () => {
    expect(noncesAt(noon, [ours, others]).current()).toBe(atNoon);
    expect(noncesAt(noon, [others, ours]).current()).not.toBe(atNoon);
  });
});

describe('the nonce of a proof', () => {
  it.each([
    ['before the window before its own', -300.001, false],
    ['when the window before its own begins', -300, true],
    ['just before its own', -0.001, true],
    ['when its own begins', 0, true],
    ['at the end of its own', 299.999, true],
    ['when the next begins', 300, true],
    ['at the end of the next', 599.999, true],
    ['when the window after the next begins', 600, false],
    ['a day later', 86_400, false],
  ])('G31 is judged %s', (_when, seconds, isAccepted) => {
    expect(accepts(noncesAt(noon + seconds), atNoon)).toBe(isAccepted);
  });

  it.each([
    ['of this window', 1, { givenSince: noon, acceptedUntil: noon + 600 }],
    ['of the window before', 301, { givenSince: noon, acceptedUntil: noon + 600 }],
    ['of a clock that is ahead', -1, { givenSince: noon - 300, acceptedUntil: noon + 600 }],
  ])('G31 says when it is good: one %s', (_whose, seconds, times) => {
    expect(noncesAt(noon + seconds).find(atNoon)).toEqual(times);
  });

  it.each([10, 3600])('G31 is good for its window and the next of %d s', (lifetime) => {
    const nonce = noncesAt(noon, [ours], lifetime).current();
    const moments = [-lifetime - 0.001, -lifetime, 2 * lifetime - 0.001, 2 * lifetime];
    const verdicts = moments.map((moment) => accepts(noncesAt(noon + moment, [ours], lifetime), nonce));
    expect(verdicts).toEqual([false, true, true, false]);
  });

  it('G29 is not that of another server', () => {
    expect(accepts(noncesAt(noon, [others, next]), atNoon)).toBe(false);
    expect(accepts(noncesAt(noon, [ours], 100), atNoon)).toBe(false);
  });

  it('G31 is accepted by any of the secrets, wherever it stands', () => {
    for (const secrets of [
      [ours, others, next],
      [others, ours, next],
      [others, next, ours],
    ] as const) {
      for (const seconds of [-1, 1, 301])
        expect(accepts(noncesAt(noon + seconds, [...secrets]), atNoon)).toBe(true);
    }
  });

  it('G29 is missing or something else than a text', () => {
    for (const nonce of [undefined, null, '', 7, {}, [atNoon], Buffer.from(atNoon), new String(atNoon)])
      expect(accepts(noncesAt(noon), nonce)).toBe(false);
  });

  it('G29 has one spelling', () => {
    const nonces = noncesAt(noon);
    expect(accepts(nonces, atNoon)).toBe(true);
    for (const nonce of [` ${atNoon}`, `${atNoon}=`, atNoon.slice(1), atNoon.repeat(2), atNoon.toLowerCase()])
      expect(accepts(nonces, nonce)).toBe(false);
    for (let index = 0; index < atNoon.length; index++) {
      // Its lowest byte is that of the right character.
      const lookAlike = String.fromCharCode(atNoon.charCodeAt(index) + 0x100);
      for (const wrong of [lookAlike, '\ud800', '~'])
        expect(accepts(nonces, atNoon.slice(0, index) + wrong + atNoon.slice(index + 1))).toBe(false);
    }
  });

  it('G29 cannot be guessed', () => {
    const nonces = noncesAt(noon);
    const length = { minLength: 43, maxLength: 43 };
    const guess = fc.oneof(
      fc.string(),
      fc.string(length),
      fc.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      fc.anything(),
    );
    fc.assert(
      fc.property(guess, (nonce) => !accepts(nonces, nonce)),
      { numRuns: 2000 },
    );
  });
});

describe('Nonces', () => {
  it('G31 go with the clock, forwards and backwards', () => {
    let seconds = noon;
    const nonces = new Nonces({ secrets: [ours], lifetimeSeconds: 300, now: () => seconds * 1000 });
    for (const moment of [0, 299, 300, 600, 3600, 0, -3600, 300]) {
      seconds = noon + moment;
      expect(nonces.current()).toBe(noncesAt(seconds).current());
      expect(accepts(nonces, atNoon)).toBe(accepts(noncesAt(seconds), atNoon));
    }
  });

  it('go by the clock of the system unless told otherwise', () => {
    setWallClock(noon);
    expect(new Nonces({ secrets: [ours], lifetimeSeconds: 300 }).current()).toBe(atNoon);
    expect(new Nonces({ secrets: [ours], lifetimeSeconds: 300, now: undefined }).current()).toBe(atNoon);
  });

  it('do not take a clock at its word that tells no time', () => {
    const nonces = new Nonces({ secrets: [ours], lifetimeSeconds: 300, now: () => Number.NaN });
    expect(() => nonces.find(atNoon)).toThrow(TypeError);
    expect(() => nonces.current()).toThrow(TypeError);
  });

  it('G31 are the same in another process that has the secret, and good there', () => {
    const code = `
      import { createSecretKey } from 'node:crypto';
      import { Nonces } from ${JSON.stringify(builtModule('binding/nonce/nonces.js'))};
      const secrets = [createSecretKey(Buffer.from('ours'.padEnd(32, '.')))];
      const nonces = new Nonces({ secrets, lifetimeSeconds: 300, now: () => ${(noon + 299) * 1000} });
      console.log(JSON.stringify([nonces.current(), nonces.find(${JSON.stringify(atNoon)})]));
    `;
    const { stdout, stderr } = runChild(code);
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual([atNoon, { givenSince: noon, acceptedUntil: noon + 600 }]);
  });

  it('show no secret', () => {
    const nonces = noncesAt(noon);
    nonces.current();
    expect(JSON.stringify(nonces)).toBe('{}');
    expect(inspect(nonces, { depth: 9, showHidden: true })).not.toMatch(/ours|secret|KeyObject/);
  });
});
