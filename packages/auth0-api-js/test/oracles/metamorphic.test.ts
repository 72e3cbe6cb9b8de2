import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { claimsText, createBench, headerText, segment, signRaw } from '../support/bench.js';

const key = createTestKey('Ed25519');
const { client } = createBench([key.publicJwk], { algorithms: ['Ed25519'] });
const good = signRaw(key, headerText(key), claimsText({ deep: { list: [1, 'two', { three: null }] } }));

const judge = (accessToken: string): Promise<object | string> =>
  client.verifyAccessToken({ accessToken }).catch((error: { reason?: string }) => error.reason ?? 'unknown');

/** Writes JSON with white space wherever it may stand, and members in another order. */
function writeLoosely(value: unknown, space: string): string {
  if (Array.isArray(value)) {
    return `[${space}${value.map((item) => writeLoosely(item, space)).join(`${space},${space}`)}${space}]`;
  }
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value)
    .reverse()
    .map(([name, member]) => `${escapeAll(name)}${space}:${space}${writeLoosely(member, space)}`);
  return `${space}{${space}${members.join(`${space},${space}`)}${space}}${space}`;
}

/** A name with every character written as an escape. */
const escapeAll = (text: string): string =>
  `"${text
    .split('')
    .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')}"`;

describe('a verdict', () => {
  it('turns from good to bad with any one bit of a token', async () => {
    expect(await judge(good)).toMatchObject({ sub: 'auth0|abc' });
    const bytes = Buffer.from(good);
    for (let bit = 0; bit < bytes.length * 7; bit++) {
      const changed = Buffer.from(bytes);
      const at = Math.floor(bit / 7);
      changed.writeUInt8(changed.readUInt8(at) ^ (1 << (bit % 7)), at);
      const verdict = await judge(changed.toString('latin1'));
      if (typeof verdict !== 'string') expect.unreachable(`bit ${bit} makes no difference`);
    }
  });

  it('turns from good to bad with any few edits of a token', async () => {
    const edit = fc.record({
      at: fc.nat(good.length),
      drop: fc.integer({ min: 0, max: 3 }),
      insert: fc.string({ unit: fc.constantFrom(...'AZaz09-_.= +/\n'.split('')), maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 8 }), async (edits) => {
        const changed = edits.reduce(
          (token, { at, drop, insert }) => `${token.slice(0, at)}${insert}${token.slice(at + drop)}`,
          good,
        );
        fc.pre(changed !== good);
        expect(await judge(changed)).toBeTypeOf('string');
      }),
      { numRuns: 2000, seed: 16 },
    );
  });

  it('turns from good to bad where two tokens are crossed', async () => {
    const tokens = [1, 2, 3].map((number) =>
      signRaw(key, headerText(key, { number }), claimsText({ number })),
    );
    const parts = tokens.map((token) => token.split('.'));
    for (const [h, header = ''] of parts.map(([part], index) => [index, part] as const)) {
      for (const [p, payload = ''] of parts.map(([, part], index) => [index, part] as const)) {
        for (const [s, signature = ''] of parts.map(([, , part], index) => [index, part] as const)) {
          const verdict = await judge(`${header}.${payload}.${signature}`);
          expect(typeof verdict).toBe(h === p && p === s ? 'object' : 'string');
        }
      }
    }
  });

  it('stays the same with white space, another order and escapes inside its JSON, and one claim more', async () => {
    const changes: readonly object[] = [{}, { exp: 1 }, { aud: 'x' }, { iss: 'x' }, { cnf: { jkt: 'x' } }];
    for (const change of changes) {
      const claims = JSON.parse(claimsText({ deep: [{ a: [] }, 'b'], ...change })) as object;
      const expected = await judge(signRaw(key, headerText(key), JSON.stringify(claims)));
      for (const space of ['', ' ', '\n\t ', '\r\n']) {
        const header = writeLoosely(JSON.parse(headerText(key)), space);
        expect(await judge(signRaw(key, header, writeLoosely(claims, space)))).toEqual(expected);
      }
      const more = await judge(signRaw(key, headerText(key), JSON.stringify({ ...claims, more: 1 })));
      expect(more).toEqual(typeof expected === 'string' ? expected : { ...expected, more: 1 });
    }
  });

  it('stays the same however often and with whatever others a token comes', async () => {
    const bad = signRaw(key, headerText(key), claimsText({ aud: 'x' }));
    const forged = `${good.slice(0, good.lastIndexOf('.'))}.${segment(Buffer.alloc(64, 7))}`;
    const alone = await Promise.all([judge(good), judge(bad), judge(forged)]);
    const together = await Promise.all(
      Array.from({ length: 90 }, (_, index) => judge([good, bad, forged][index % 3] ?? '')),
    );
    for (const [index, verdict] of together.entries()) expect(verdict).toEqual(alone[index % 3]);
  });
});
