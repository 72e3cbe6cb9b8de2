import { describe, expect, it } from 'vitest';
import { readProof } from '../../../src/binding/dpop/read-proof.js';
import { segment } from '../../support/bench.js';

const header = segment('{"typ":"dpop+jwt"}');
const payload = segment('{"jti":"a","deep":{"b":[1]}}');
const signature = segment('signature');
const good = `${header}.${payload}.${signature}`;
const refusal = (reason: string): unknown =>
  expect.objectContaining({ name: 'InvalidDpopProofError', reason });

describe('readProof', () => {
  it('takes a proof apart', () => {
    expect(readProof([good])).toEqual({
      headerText: header,
      claims: { jti: 'a', deep: { b: [1] } },
      signedText: `${header}.${payload}`,
      signature: Buffer.from('signature'),
    });
  });

  it('does not read the header', () => {
    expect(readProof([`?.${payload}.${signature}`]).headerText).toBe('?');
    expect(readProof([`.${payload}.${signature}`]).headerText).toBe('');
  });

  it('takes an empty signature for one, which no key makes', () => {
    expect(readProof([`${header}.${payload}.`]).signature).toHaveLength(0);
  });

  it.each<[string, readonly string[], string]>([
    ['no line', [], 'proof_missing'],
    ['an empty line', [''], 'proof_missing'],
    ['an empty line, and a proof', ['', good], 'proof_missing'],
    ['two lines', [good, good], 'proof_multiple'],
    ['a proof, and an empty line', [good, ''], 'proof_multiple'],
    ['two in one line', [`${good}, ${good}`], 'proof_multiple'],
    ['a comma behind it', [`${good},`], 'proof_multiple'],
    ['a comma', [','], 'proof_multiple'],
    ['no dot', ['a'], 'proof_malformed'],
    // With and without its last character it is base64url.
    ['no dot, and JSON', [`${segment('{"a":10}')}A`], 'proof_malformed'],
    ['one dot', [`${header}.${payload}`], 'proof_malformed'],
    ['three dots', [`${good}.a`], 'proof_malformed'],
    ['no payload', [`${header}..${signature}`], 'proof_malformed'],
    ['a payload that is no JSON', [`${header}.${segment('x')}.${signature}`], 'proof_malformed'],
    ['a payload that is a list', [`${header}.${segment('[]')}.${signature}`], 'proof_malformed'],
    ['a member twice', [`${header}.${segment('{"a":1,"a":1}')}.${signature}`], 'proof_malformed'],
    ['padding', [`${good}=`], 'proof_malformed'],
    ['a space', [` ${header}.${payload}. ${signature}`], 'proof_malformed'],
  ])('refuses %s', (_what, lines, reason) => {
    expect(() => readProof(lines)).toThrow(refusal(reason));
  });

  it('reads 8,192 characters and no more', () => {
    const ofLength = (length: number): string => 'h'.repeat(length - payload.length - 2) + `.${payload}.`;
    expect(readProof([ofLength(8192)]).claims).toMatchObject({ jti: 'a' });
    expect(() => readProof([ofLength(8193)])).toThrow(refusal('proof_too_large'));
    expect(() => readProof([`${ofLength(8193)},`])).toThrow(refusal('proof_too_large'));
  });
});
