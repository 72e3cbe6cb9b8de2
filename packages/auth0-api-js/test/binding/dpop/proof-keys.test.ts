import { describe, expect, it } from 'vitest';
import { ProofKeys, type ProofKey } from '../../../src/binding/dpop/proof-keys.js';
import { importKey } from '../../../src/keys/import-key.js';
import { proofKey } from '../../support/proof-bench.js';

const key: ProofKey = { alg: 'ES256', thumbprint: 'a', key: importKey(proofKey.publicJwk) };

describe('ProofKeys', () => {
  it('finds a key by the whole text of its header', () => {
    const keys = new ProofKeys();
    expect(keys.get('a')).toBeUndefined();
    keys.remember('a', key);
    expect(keys.get('a')).toBe(key);
    for (const other of ['', 'A', 'a ', 'aa', '__proto__', 'constructor'])
      expect(keys.get(other)).toBeUndefined();
  });

  it('keeps headers of 2,048 characters and no more', () => {
    const keys = new ProofKeys();
    const [longest, longer] = ['a'.repeat(2048), 'a'.repeat(2049)];
    keys.remember(longest, key);
    keys.remember(longer, key);
    expect(keys.get(longest)).toBe(key);
    expect(keys.get(longer)).toBeUndefined();
  });

  it('keeps 5,000 keys, and always the 2,500 that were used last', () => {
    const keys = new ProofKeys();
    for (let n = 0; n < 5000; n++) keys.remember(`${n}`, key);
    expect(keys.get('0')).toBe(key);
    for (let n = 5000; n < 7499; n++) keys.remember(`${n}`, key);
    expect(keys.get('0')).toBe(key);
    const known = Array.from({ length: 7499 }, (_, back) => keys.get(`${7498 - back}`) !== undefined);
    expect(known.slice(0, 2499)).not.toContain(false);
    expect(known.filter(Boolean).length).toBeLessThanOrEqual(5000);
    expect(keys.get('1')).toBeUndefined();
  });
});
