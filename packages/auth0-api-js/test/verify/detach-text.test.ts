import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { ProofKeys, type ProofKey } from '../../src/binding/dpop/proof-keys.js';
import { importKey } from '../../src/keys/import-key.js';
import { detachText } from '../../src/verify/detach-text.js';
import { KnownHeaders } from '../../src/verify/known-headers.js';
import { readCredentials } from '../../src/verify/read-credentials.js';
import { readHeaderMembers } from '../../src/verify/read-header.js';
import { rsaKey } from '../support/bench.js';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const parts = 2000;
const padding = 14_000;

function heapMegabytes(): number {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
}

/** How much memory is held once something has kept many parts of longer texts, in MB. */
function measureKept(keep: (part: string, longer: string) => void): number {
  const before = heapMegabytes();
  for (let number = 0; number < parts; number++) {
    const longer = Buffer.from(`Bearer${' '.repeat(padding)}a-token-that-has-number-${number}`).toString(
      'latin1',
    );
    keep(longer.slice(padding + 6), longer);
  }
  return heapMegabytes() - before;
}

const headers = new KnownHeaders();
const header = readHeaderMembers({ alg: 'RS256' });
const proofKeys = new ProofKeys();
const proofKey: ProofKey = { alg: 'ES256', thumbprint: 'a', key: importKey(rsaKey.publicJwk) };
const kept: string[] = [];

describe('detachText', () => {
  it('answers with the same text, whatever is in it', () => {
    for (const text of ['', 'abc', 'é', '\u0141', '🔑', 'a'.repeat(16_385)])
      expect(detachText(text)).toBe(text);
  });

  it('makes no token of what is none', () => {
    expect(detachText('\ud800')).not.toMatch(/^[\x20-\x7E]*$/);
  });

  it('measures what is kept: parts keep the whole of longer texts in memory', () => {
    expect(measureKept((part) => kept.push(part))).toBeGreaterThan((parts * padding) / 2e6);
    kept.length = 0;
  });

  it.each<[string, (part: string, longer: string) => void]>([
    ['a detached part', (part) => kept.push(detachText(part))],
    ['a token behind many spaces', (_part, longer) => kept.push(readCredentials([longer], 'off').token)],
    ['the header of a token', (part) => headers.remember(part, header)],
    ['the header of a proof', (part) => proofKeys.remember(part, proofKey)],
  ])('keeps nothing of a longer text: %s', (_what, keep) => {
    expect(measureKept(keep)).toBeLessThan(2);
    kept.length = 0;
  });
});
