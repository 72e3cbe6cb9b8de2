import { constants, createPublicKey } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { createVerifyInputs } from '../../src/keys/create-verify-inputs.js';
import { importKey } from '../../src/keys/import-key.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { algorithms } from '../../src/verify/algorithms.js';
import { isSignedBy } from '../../src/verify/is-signed-by.js';
import { splitJws, type Jws } from '../../src/verify/split-jws.js';
import { claimsText, headerText, signRaw } from '../support/bench.js';
import { builtModule, runChild } from '../support/run-child.js';

const names = ['RS256', 'PS256', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];
const keys = new Map(names.map((name) => [name, createTestKey(name)]));

/** What is looked for on the prototype, with values that change what is accepted or make it fail. */
const pollutions: readonly (readonly [string, unknown])[] = [
  ['padding', constants.RSA_PKCS1_PADDING],
  ['padding', constants.RSA_PKCS1_PSS_PADDING],
  ['padding', constants.RSA_NO_PADDING],
  ['padding', 'x'],
  ['saltLength', 0],
  ['context', Buffer.from('x')],
  ['saltLength', constants.RSA_PSS_SALTLEN_AUTO],
  ['saltLength', 'x'],
  ['dsaEncoding', 'der'],
  ['dsaEncoding', 'ieee-p1363'],
  ['dsaEncoding', 'x'],
  ['key', 'x'],
  ['format', 'jwk'],
  ['type', 'secret'],
  ['digest', 'sha1'],
  ['passphrase', 'x'],
  ['encoding', 'x'],
];

afterEach(() => {
  for (const [name] of pollutions) Reflect.deleteProperty(Object.prototype, name);
});

/** A signature with its first and its last byte changed, and a signed text of another letter. */
function spoil({ signedText, signature, ...rest }: Jws): Jws[] {
  const changed = (at: number): Buffer =>
    Buffer.from(signature.map((byte, index) => (index === at ? byte ^ 1 : byte)));
  return [
    { ...rest, signedText, signature: changed(0) },
    { ...rest, signedText, signature: changed(signature.length - 1) },
    { ...rest, signedText: `${signedText}A`, signature },
    { ...rest, signedText, signature: signature.subarray(1) },
    { ...rest, signedText, signature: Buffer.alloc(0) },
  ];
}

describe('createVerifyInputs', () => {
  it('prepares a key for the algorithms it is for, and no other', () => {
    const inputs = createVerifyInputs(createPublicKey(rsaPem()), new Set(['RS256', 'PS256']));
    expect([...inputs.keys()]).toEqual(['RS256', 'PS256']);
    expect(inputs.get('RS256')?.digest).toBe('sha256');
    expect(inputs.get('ES256')).toBeUndefined();
  });

  it('prepares the same key twice', () => {
    const keyObject = createPublicKey(rsaPem());
    expect(() => createVerifyInputs(keyObject, new Set(['RS256']))).not.toThrow();
    expect(() => createVerifyInputs(keyObject, new Set(['PS256']))).not.toThrow();
  });

  it('leaves nothing to be found on the prototype of all objects', () => {
    for (const [name, key] of keys) {
      const input = importKey(key.publicJwk).inputs.get(name);
      const given = input?.key ?? {};
      for (const option of ['padding', 'saltLength', 'dsaEncoding', 'context'])
        expect(Object.hasOwn(given, option) || Object.getPrototypeOf(given) === null).toBe(true);
    }
  });

  it.each(pollutions)(
    'O10 lets good signatures pass, and no bad ones, with %s of %j on the prototype',
    (name, value) => {
      // Made before and after, since keys are imported at any time.
      const made = [...keys].map(([alg, key]) => ({
        alg,
        key,
        before: importKey(key.publicJwk),
        jws: splitJws(signRaw(key, headerText(key), claimsText())),
      }));
      const good: unknown[] = [];
      const bad: unknown[] = [];
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      for (const { alg, before, jws } of made) {
        good.push(isSignedBy(before, jws, alg));
        for (const spoilt of spoil(jws)) bad.push(isSignedBy(before, spoilt, alg));
      }
      Reflect.deleteProperty(Object.prototype, name);
      expect(good).toEqual(names.map(() => true));
      expect(new Set(bad)).toEqual(new Set([false]));
    },
  );

  it.each(['padding', 'saltLength', 'dsaEncoding'])(
    'O10 takes no other kind of signature, whatever %s is on the prototype',
    (name) => {
      const signed = (alg: string): Jws => {
        const key = keys.get(alg) ?? expect.unreachable();
        return splitJws(signRaw(key, headerText(key), claimsText()));
      };
      const { alg: _alg, ...jwk } = (keys.get('RS256') ?? expect.unreachable()).publicJwk;
      const rsa = importKey(jwk);
      const jws = signed('RS256');
      for (const [option, value] of pollutions.filter(([option]) => option === name)) {
        Object.defineProperty(Object.prototype, option, { value, configurable: true, writable: true });
        const verdicts = ['RS256', 'PS256', 'RS512', 'ES256'].map((alg) => isSignedBy(rsa, jws, alg));
        Reflect.deleteProperty(Object.prototype, option);
        expect(verdicts).toEqual([true, false, false, false]);
      }
    },
  );

  it('O10 judges tokens the same in a process whose prototype of all objects is full', () => {
    const tokens = [...keys].map(([alg, key]) => ({
      alg,
      jwk: key.publicJwk,
      good: signRaw(key, headerText(key), claimsText()),
    }));
    const { code, stdout, stderr } = runChild(`
      const { importKey } = await import('${builtModule('keys/import-key.js')}');
      const { isSignedBy } = await import('${builtModule('verify/is-signed-by.js')}');
      const { splitJws } = await import('${builtModule('verify/split-jws.js')}');
      const tokens = ${JSON.stringify(tokens)};
      Object.prototype.padding = 6;
      Object.prototype.saltLength = 0;
      Object.prototype.dsaEncoding = 'der';
      const verdicts = tokens.map(({ alg, jwk, good }) => {
        const key = importKey(jwk);
        const jws = splitJws(good);
        const other = { ...jws, signedText: jws.signedText + 'A' };
        return [isSignedBy(key, jws, alg), isSignedBy(key, other, alg)];
      });
      console.log(JSON.stringify(verdicts));
    `);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual(names.map(() => [true, false]));
  });

  it('knows every algorithm by options that say it all', () => {
    for (const { keyType, digest, options } of algorithms.values()) {
      expect(digest === undefined).toBe(keyType === 'Ed25519');
      if (keyType.startsWith('P-')) expect(options).toEqual({ dsaEncoding: 'ieee-p1363' });
    }
  });
});

function rsaPem(): string {
  const key = createPublicKey({ key: { ...createTestKey('RS256').publicJwk }, format: 'jwk' });
  return String(key.export({ format: 'pem', type: 'spki' }));
}
