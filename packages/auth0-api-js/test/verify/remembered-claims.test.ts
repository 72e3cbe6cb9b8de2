import { describe, expect, it } from 'vitest';
import { resolveOptions } from '../../src/options.js';
import { createVerifier } from '../../src/create-verifier.js';
import { KeySet } from '../../src/keys/key-set.js';
import type { VerifyInput } from '../../src/keys/create-verify-inputs.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { verifyAccessToken, type Claims, type Verifier } from '../../src/verify/access-token.js';
import { ConfiguredIssuers, type TrustedIssuer } from '../../src/verify/trusted-issuers.js';
import { StaticKeys } from '../../src/keys/static-keys.js';
import { readPolicy } from '../../src/options/profile-options.js';
import { audience, claimsText, headerText, issuer, segment, signRaw } from '../support/bench.js';
import { createPipeline, importKeys, judge, pipelineKey as key } from '../support/pipeline.js';
import { objectsIn } from '../support/parse-safe.js';

const payload = claimsText({ deep: { list: [{ a: 1 }, ['b']], 'x.y': { z: null } }, scope: 'read' });
const token = signRaw(key, headerText(key), payload);
const expected: unknown = JSON.parse(payload);

/** What a handler may do to claims, at any depth. */
function spoil(claims: Claims): void {
  const { list } = claims['deep'] as { list: { a: number }[] };
  const [first] = list;
  if (first !== undefined) first.a = 2;
  list.push({ a: 3 });
  Object.assign(claims['deep'] as object, { added: true });
  claims['scope'] = 'admin';
  delete claims['exp'];
}

const verify = (verifier: Verifier): Claims => verifyAccessToken(token, verifier) as Claims;

describe('the claims of a remembered token', () => {
  it('E13 are the same on the first, second and every later use, whatever a handler did to them', () => {
    const verifier = createPipeline();
    for (let time = 0; time < 5; time++) {
      const claims = verify(verifier);
      expect(claims).toEqual(expected);
      spoil(claims);
      expect(claims).not.toEqual(expected);
    }
  });

  it('E13 share no object and no list with those of any other use, nor with what is remembered', () => {
    const verifier = createPipeline();
    const uses = Array.from({ length: 4 }, () => objectsIn(verify(verifier)));
    const all = [...uses.flat(), ...objectsIn(verifier.verdicts?.get(token)?.claims)];
    expect(all.length).toBe(5 * objectsIn(expected).length);
    expect(new Set(all).size).toBe(all.length);
  });

  it('E13 are plain objects that can be changed', () => {
    const verifier = createPipeline();
    for (let time = 0; time < 3; time++) {
      for (const object of objectsIn(verify(verifier))) {
        expect([Object.prototype, Array.prototype]).toContain(Object.getPrototypeOf(object));
        expect(Object.isExtensible(object)).toBe(true);
      }
    }
  });

  it('E13 C15 have no member that could pollute a prototype, on any use', () => {
    const hostile = `{"__proto__":{"isAdmin":true},"a":[{"constructor":{"prototype":{"isAdmin":true}}}],${payload.slice(1)}`;
    const signed = signRaw(key, headerText(key), hostile);
    const verifier = createPipeline();
    for (let time = 0; time < 3; time++) {
      const claims = verifyAccessToken(signed, verifier) as Claims;
      expect(claims).toEqual({ ...(expected as object), a: [{}] });
      expect(JSON.stringify(claims)).not.toMatch(/isAdmin|__proto__|constructor/);
      expect(claims['isAdmin']).toBeUndefined();
    }
  });

  it('E13 are not those that validate() was given and may have changed, nor is the header', () => {
    const given: Claims[] = [];
    const headers: string[] = [];
    const validate = (claims: Claims, { header }: { header: object }): boolean => {
      expect(claims).toEqual(expected);
      headers.push(JSON.stringify(header));
      given.push(claims);
      spoil(claims);
      Object.assign(header, { changed: true });
      return true;
    };
    const verifier = createPipeline(undefined, { validators: [validate, validate] });
    const answers = Array.from({ length: 3 }, () => verify(verifier));
    for (const claims of answers) expect(claims).toEqual(expected);
    const all = [...given, ...answers].flatMap(objectsIn);
    expect(new Set(all).size).toBe(all.length);
    expect(given).toHaveLength(6);
    // The second function sees what the first did to the header of this use, and no other use does.
    const changed = JSON.stringify({ ...(JSON.parse(headerText(key)) as object), changed: true });
    expect(headers).toEqual(Array.from({ length: 3 }, () => [headerText(key), changed]).flat());
  });
});

/** A key that counts how often something is verified with it. */
function countSignatureChecks(): { keySet: KeySet; count: () => number } {
  let count = 0;
  class Counting extends Map<string, VerifyInput> {
    override get(name: string): VerifyInput | undefined {
      count += 1;
      return super.get(name);
    }
  }
  const keys = importKeys(key.publicJwk).keys.map((one) => ({ ...one, inputs: new Counting(one.inputs) }));
  return { keySet: new KeySet(keys), count: () => count };
}

/** The verifier of a client with this option, over keys that count. */
function createCounting(tokenCache?: 'off'): { verifier: Verifier; count: () => number } {
  const { keySet, count } = countSignatureChecks();
  const settings = resolveOptions({ domain: 'issuer.test', audience, ...(tokenCache && { tokenCache }) });
  const { policy } = createPipeline();
  const issuers = new ConfiguredIssuers([{ issuer, policy, keys: new StaticKeys(keySet) }]);
  return { verifier: { ...createVerifier(settings), issuers, accepted: policy }, count };
}

describe('tokenCache', () => {
  it('O4 checks the signature of a token once by default', async () => {
    const { verifier, count } = createCounting();
    for (let time = 0; time < 4; time++) expect(await judge(token, verifier)).toBe('accepted');
    expect(count()).toBe(1);
  });

  it("O4 'off' remembers nothing: the signature is checked every time", async () => {
    const { verifier, count } = createCounting('off');
    for (let time = 1; time <= 4; time++) {
      expect(await judge(token, verifier)).toBe('accepted');
      expect(count()).toBe(time);
    }
    expect(verifier.verdicts).toBeUndefined();
    expect(await judge(token.replace(/[^.]*$/, segment(Buffer.alloc(64, 7))), verifier)).toBe(
      'signature_invalid',
    );
  });

  it("E13 'off' hands out fresh claims, too", () => {
    const { verifier } = createCounting('off');
    for (let time = 0; time < 3; time++) {
      const claims = verify(verifier);
      expect(claims).toEqual(expected);
      spoil(claims);
    }
  });

  it('O4 with room for two remembers no more', async () => {
    const settings = resolveOptions({ domain: 'issuer.test', audience, tokenCache: { maxEntries: 2 } });
    const { verdicts } = createVerifier(settings);
    const verifier = { ...createPipeline(), verdicts };
    const tokens = Array.from({ length: 5 }, (_, n) => signRaw(key, headerText(key), claimsText({ n })));
    for (const one of tokens) expect(await judge(one, verifier)).toBe('accepted');
    expect(verdicts?.get(tokens[4] ?? '')).toBeDefined();
    expect(tokens.filter((one) => verdicts?.get(one) !== undefined).length).toBeLessThanOrEqual(2);
  });
});

describe('a header that is known', () => {
  it('O4 D1 lets no token pass that the policy refuses, of all issuers or of its own', async () => {
    const [one, two] = [createTestKey('ES256'), createTestKey('ES256')];
    const trust = (name: string, publicJwk: unknown, tokenTypes: string[]): TrustedIssuer => ({
      issuer: name,
      policy: readPolicy({ audience, algorithms: ['ES256'], tokenTypes }),
      keys: new StaticKeys(importKeys(publicJwk)),
    });
    const shared = { kid: 'shared', typ: 'JWT' };
    const trusted = [
      trust('https://one.test/', { ...one.publicJwk, kid: 'shared' }, ['JWT']),
      trust('https://two.test/', { ...two.publicJwk, kid: 'shared' }, ['at+jwt']),
    ];
    const accepted = { algorithms: new Set(['ES256']), types: new Set(['jwt', 'at+jwt']) };
    const verifier = { ...createPipeline(), issuers: new ConfiguredIssuers(trusted), accepted };
    const ofOne = signRaw(one, headerText(one, shared), claimsText({ iss: 'https://one.test/' }));
    const ofTwo = signRaw(two, headerText(two, shared), claimsText({ iss: 'https://two.test/' }));
    expect(ofTwo.split('.')[0]).toBe(ofOne.split('.')[0]);
    for (let time = 0; time < 2; time++) {
      expect(await judge(ofOne, verifier)).toBe('accepted');
      expect(await judge(ofTwo, verifier)).toBe('type_not_accepted');
    }
    const algorithms = new Set(['RS256']);
    const fresh = signRaw(one, headerText(one, shared), claimsText({ iss: 'https://one.test/', jti: 'a' }));
    expect(await judge(fresh, verifier, { algorithms })).toBe('algorithm_not_allowed');
    const stricter = { ...verifier, accepted: { ...accepted, algorithms } };
    expect(await judge(fresh, stricter)).toBe('algorithm_not_allowed');
    expect(await judge(fresh, verifier)).toBe('accepted');
  });

  it('O4 vouches for no signature and no claims', async () => {
    const verifier = createPipeline();
    expect(await judge(token, verifier)).toBe('accepted');
    const [header = ''] = token.split('.');
    const other = `${header}.${segment(claimsText({ sub: 'x' }))}.${segment(Buffer.alloc(64, 7))}`;
    expect(await judge(other, verifier)).toBe('signature_invalid');
    expect(await judge(`${header}.${segment('[]')}.${token.split('.')[2]}`, verifier)).toBe(
      'token_malformed',
    );
    expect(await judge(signRaw(key, headerText(key), claimsText({ exp: 1 })), verifier)).toBe(
      'token_expired',
    );
  });
});
