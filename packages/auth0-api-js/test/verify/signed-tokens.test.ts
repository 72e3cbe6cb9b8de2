import { describe, expect, it } from 'vitest';
import { importKey } from '../../src/keys/import-key.js';
import { SignedTokens, type SignedToken } from '../../src/verify/signed-tokens.js';
import { rsaKey } from '../support/bench.js';

const signed: SignedToken = { header: {}, claims: { sub: 'a' }, key: importKey(rsaKey.publicJwk) };

/** A text of this length that begins with a number. */
const text = (number: number, length = 16): string => String(number).padEnd(length, '.');

/** How many of the texts are still known, from the newest backwards until the first that is not. */
function countKnown(tokens: SignedTokens, newest: number, length?: number): number {
  let known = 0;
  while (known < newest && tokens.get(text(newest - known, length)) !== undefined) known++;
  return known;
}

describe('SignedTokens', () => {
  it('knows nothing until it is told', () => {
    expect(new SignedTokens().get('a')).toBeUndefined();
  });

  it('knows a token by its whole text', () => {
    const tokens = new SignedTokens();
    tokens.remember('a.b.c', signed);
    expect(tokens.get('a.b.c')).toEqual(signed);
    for (const other of ['a.b.', 'a.b.c ', 'A.b.c', 'a.b.d', '']) expect(tokens.get(other)).toBeUndefined();
  });

  it('keeps nothing of a token but header, claims and key', () => {
    const tokens = new SignedTokens();
    tokens.remember('a.b.c', { ...signed, signature: Buffer.alloc(256) } as SignedToken);
    expect(Object.keys(tokens.get('a.b.c') ?? {}).sort()).toEqual(['claims', 'header', 'key']);
  });

  it('remembers the newer key of a token', () => {
    const tokens = new SignedTokens();
    const key = importKey(rsaKey.publicJwk);
    tokens.remember('a.b.c', signed);
    tokens.remember('a.b.c', { ...signed, key });
    expect(tokens.get('a.b.c')?.key).toBe(key);
  });

  it('keeps the 5,000 tokens that were used last', () => {
    const tokens = new SignedTokens();
    for (let number = 0; number < 5000; number++) tokens.remember(text(number), signed);
    expect(tokens.get(text(0))).toBeDefined();
    for (let number = 5000; number <= 5010; number++) tokens.remember(text(number), signed);
    expect(tokens.get(text(0))).toBeDefined();
    expect(tokens.get(text(1))).toBeUndefined();
    expect(tokens.get(text(11))).toBeUndefined();
    expect(countKnown(tokens, 5010)).toBe(4999);
  });

  it('keeps no more than 4 Mi characters of tokens', () => {
    const tokens = new SignedTokens();
    for (let number = 1; number <= 1000; number++) tokens.remember(text(number, 16_384), signed);
    expect(countKnown(tokens, 1000, 16_384)).toBe((4 * 1024 * 1024) / 16_384);
  });
});
