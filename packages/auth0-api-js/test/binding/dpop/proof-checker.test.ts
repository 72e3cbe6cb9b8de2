import { describe, expect, it } from 'vitest';
import type { ReplayStore } from '@auth0/auth0-api-js';
import { ProofChecker } from '@auth0/auth0-api-js/adapter';
import { badProofs, createDpopClient, type BadProofName } from '@auth0/auth0-api-js/testing';
import type { Auth0ApiEvent } from '../../../src/events.js';
import { noon, setWallClock } from '../../support/clock.js';
import { recordingStore } from '../../support/recording-store.js';

const url = 'https://tenant.test/oauth/token';
const client = createDpopClient();
const onEvent = (): void => {};
type Options = ConstructorParameters<typeof ProofChecker>[0];
const create = (options: Options = {}): ProofChecker => new ProofChecker(options, { onEvent });
const refusal = (reason: string): unknown => expect.objectContaining({ reason });
const request = (proof: string): Parameters<ProofChecker['check']>[0] => ({
  proofs: [proof],
  method: 'POST',
  url,
});
const proof = (claims = {}): string => client.proof({ url, method: 'POST' }, claims);

describe('ProofChecker', () => {
  it('answers with the thumbprint of the key, once for each proof', () => {
    const checker = create();
    const sent = request(proof());
    expect(checker.check(sent)).toBe(client.thumbprint);
    expect(() => checker.check(sent)).toThrow(refusal('proof_replayed'));
    expect(checker.check(request(proof()))).toBe(client.thumbprint);
  });

  it('waits for a store that answers later', async () => {
    const store = recordingStore();
    const checker = create({ replay: { register: async (used) => store.register(used) } });
    const sent = request(proof());
    await expect(checker.check(sent)).resolves.toBe(client.thumbprint);
    await expect(checker.check(sent)).rejects.toMatchObject({ reason: 'proof_replayed' });
  });

  it('says when the store cannot be asked, and tells of it', () => {
    const events: Auth0ApiEvent[] = [];
    const replay: ReplayStore = {
      register: () => {
        throw new Error('down');
      },
    };
    const checker = new ProofChecker({ replay }, { onEvent: (event) => events.push(event) });
    expect(() => checker.check(request(proof()))).toThrow(
      expect.objectContaining({ name: 'TemporarilyUnavailableError', reason: 'replay_store_failed' }),
    );
    expect(events).toMatchObject([{ type: 'replay_store_outage', outcome: 'refused' }]);
  });

  const needToken: readonly string[] = ['without-token-hash', 'wrong-token-hash', 'another-key'];
  it.each((Object.keys(badProofs) as BadProofName[]).filter((name) => !needToken.includes(name)))(
    'refuses the proof %s, which the store hears nothing of',
    (name) => {
      const store = recordingStore();
      const bad = client.badProof(name, { url, method: 'POST' });
      expect(() => create({ replay: store }).check(request(bad))).toThrow(refusal(badProofs[name].reason));
      expect(store.seen).toEqual([]);
    },
  );

  it('asks for one proof', () => {
    expect(() => create().check({ ...request(''), proofs: [] })).toThrow(refusal('proof_missing'));
    expect(() => create().check({ ...request(''), proofs: [proof(), proof()] })).toThrow(
      refusal('proof_multiple'),
    );
  });

  it('asks for the hash of an access token only where there is one', () => {
    const bound = client.proof({ url, method: 'POST', accessToken: 'token' });
    const checker = create({ replay: 'off' });
    expect(checker.check(request(bound))).toBe(client.thumbprint);
    expect(checker.check({ ...request(bound), accessToken: 'token' })).toBe(client.thumbprint);
    expect(() => checker.check({ ...request(bound), accessToken: 'other' })).toThrow(
      refusal('proof_token_mismatch'),
    );
    expect(() => checker.check({ ...request(proof()), accessToken: 'token' })).toThrow(
      refusal('proof_claim_invalid'),
    );
  });

  it('compares URLs in normal form, and refuses one of a request that has none', () => {
    const spelt = { ...request(proof()), url: 'HTTPS://Tenant.test:443/%6Fauth/token?x=1' };
    expect(create().check(spelt)).toBe(client.thumbprint);
    for (const wrong of ['/oauth/token', '', 'ftp://tenant.test/oauth/token'])
      expect(() => create().check({ ...spelt, url: wrong })).toThrow(
        expect.objectContaining({ name: 'InvalidRequestError', reason: 'http_url_invalid' }),
      );
  });

  it('asks for nonces where the options say so', () => {
    const checker = create({ nonce: { secret: 'n'.repeat(32) } });
    const nonce = checker.nonce();
    expect(nonce).toMatch(/^[\w-]{43}$/);
    expect(() => checker.check(request(proof()))).toThrow(refusal('nonce_required'));
    expect(checker.check(request(proof({ nonce })))).toBe(client.thumbprint);
    expect(create().nonce()).toBeUndefined();
  });

  it('goes by the clock it is given', () => {
    setWallClock(noon);
    const now = (): number => (noon + 1000) * 1000;
    const nonce = { secret: 'n'.repeat(32) };
    const checker = new ProofChecker({}, { now, onEvent });
    expect(() => checker.check(request(proof()))).toThrow(refusal('proof_time_not_accepted'));
    expect(checker.check(request(proof({ iat: noon + 1000 })))).toBe(client.thumbprint);
    expect(new ProofChecker({ nonce }, { now, onEvent }).nonce()).not.toBe(create({ nonce }).nonce());
  });

  it('says which algorithms it accepts, in a list of its own', () => {
    const checker = create();
    (checker.algorithms as string[]).push('none');
    expect(checker.algorithms).toEqual(['ES256']);
    expect(create({ algorithms: ['RS256'] }).algorithms).toEqual(['RS256']);
    const other = createDpopClient({ algorithm: 'RS256' });
    const sent = request(other.proof({ url, method: 'POST' }));
    expect(() => checker.check(sent)).toThrow(refusal('proof_algorithm_not_allowed'));
    expect(create({ algorithms: ['RS256'] }).check(sent)).toBe(other.thumbprint);
  });

  it('refuses options that cannot work', () => {
    expect(() => create({ iatOffset: -1 })).toThrow(/iatOffset/);
    expect(() => create({ algoritms: [] } as Options)).toThrow(/algorithms/);
  });
});
