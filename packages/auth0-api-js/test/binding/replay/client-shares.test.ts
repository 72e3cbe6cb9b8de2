import { describe, expect, it } from 'vitest';
import { ClientShares } from '../../../src/binding/replay/client-shares.js';
import { ProofQueue } from '../../../src/binding/replay/proof-queue.js';

describe('ClientShares', () => {
  it('knows no client without a proof, so that clients who are gone take no memory', () => {
    const queue = new ProofQueue();
    const shares = new ClientShares(queue);
    const share = shares.open('client');
    for (let n = 0; n < 2; n++)
      shares.add(share, queue.push({ words: new Uint32Array(4), share, expiresAt: n }));
    shares.dropOldest(share);
    expect(shares.find('client')).toMatchObject({ count: 1, oldest: 1, newest: 1 });
    shares.dropOldest(share);
    expect(shares.find('client')).toBeUndefined();
  });
});
