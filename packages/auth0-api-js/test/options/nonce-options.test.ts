import { describe, expect, it } from 'vitest';
import { Nonces } from '../../src/binding/nonce/nonces.js';
import { InvalidConfigurationError } from '../../src/errors.js';
import { readNonce, type NonceOptions } from '../../src/options/nonce-options.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { noon } from '../support/clock.js';

const secret = 'a secret of thirty-two bytes....';
const other = 'another secret, also long enough';
const nonceOf = (options: NonceOptions): string =>
  new Nonces({ ...readNonce(options), now: () => noon * 1000 }).current();
const errorOf = (options: object): string => {
  try {
    readNonce(options as NonceOptions);
    return 'none';
  } catch (error) {
    if (error instanceof InvalidConfigurationError) return error.message;
    throw error;
  }
};
const short = 'must be at least 32 bytes, as text or bytes ("openssl rand -base64 32" makes one)';

describe('the option dpop.nonce', () => {
  it('has nonces of five minutes', () => {
    expect(readNonce({ secret }).lifetimeSeconds).toBe(300);
    expect(readNonce({ secret, lifetimeSeconds: 10 }).lifetimeSeconds).toBe(10);
    expect(readNonce({ secret, lifetimeSeconds: 3600 }).lifetimeSeconds).toBe(3600);
  });

  it('takes a secret as text, as bytes, or in a list', () => {
    const forms: NonceOptions['secret'][] = [
      secret,
      Buffer.from(secret),
      new Uint8Array(Buffer.from(secret)),
      [secret],
      [Buffer.from(secret), other],
    ];
    expect(new Set(forms.map((form) => nonceOf({ secret: form }))).size).toBe(1);
    expect(nonceOf({ secret: [other, secret] })).toBe(nonceOf({ secret: other }));
    expect(readNonce({ secret: [secret, other] }).secrets).toHaveLength(2);
  });

  it('keeps its own copy of the secret', () => {
    const bytes = Buffer.from(secret);
    const settings = readNonce({ secret: bytes });
    bytes.fill(0);
    expect(new Nonces({ ...settings, now: () => noon * 1000 }).current()).toBe(nonceOf({ secret }));
  });

  it('counts the bytes of a text', () => {
    expect(errorOf({ secret: 'é'.repeat(16) })).toBe('none');
    expect(errorOf({ secret: 'é'.repeat(15) + 'e' })).toContain(`"secret" ${short}`);
  });

  it.each<[object, string]>([
    [{}, `"secret" ${short}`],
    [{ secret: undefined }, `"secret" ${short}`],
    [{ secret: secret.slice(1) }, `"secret" ${short}`],
    [{ secret: Buffer.from(secret).subarray(1) }, `"secret" ${short}`],
    [{ secret: 7 }, `"secret" ${short}`],
    [{ secret: [] }, '"secret" must not be an empty list'],
    [{ secret: [secret, 'short'] }, `"secret[1]" ${short}`],
    [{ secret: [secret, undefined] }, `"secret[1]" ${short}`],
    [
      { secret: createTestKey('ES256').publicKey.export({ type: 'spki', format: 'pem' }) },
      '"secret" looks like a public key. Anybody has that: make a secret of its own, as "openssl rand -base64 32" makes one',
    ],
    [{ secret, lifetimeSeconds: 9.9 }, '"lifetimeSeconds" must be from 10 to 3600'],
    [{ secret, lifetimeSeconds: 3601 }, '"lifetimeSeconds" must be from 10 to 3600'],
    [{ secret, lifetimeSeconds: Number.NaN }, '"lifetimeSeconds" must be a non-negative number'],
    [{ secret, lifetimeSeconds: '300' }, '"lifetimeSeconds" must be a number'],
    [
      { secret, lifetimeSeconds: undefined },
      '"lifetimeSeconds" is undefined. Leave it out, or give it a value',
    ],
  ])('refuses what cannot work, case %#', (options, message) => {
    expect(errorOf(options)).toBe(`Invalid dpop.nonce configuration: ${message}`);
  });

  it('answers a misspelt name with the right one', () => {
    expect(errorOf({ secrets: [secret] })).toBe(
      "dpop.nonce: unknown option 'secrets'. Did you mean 'secret'?",
    );
  });

  it('shows no secret in its errors', () => {
    expect(errorOf({ secret: 'hunter2' })).not.toContain('hunter2');
    expect(errorOf({ secret: [secret, 'hunter2'] })).not.toMatch(/hunter2|thirty/);
  });
});
