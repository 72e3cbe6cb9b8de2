import { describe, expect, it } from 'vitest';
import { VerifyAccessTokenError } from '@auth0/auth0-api-js';
import { KnownHeaders } from '../../src/verify/known-headers.js';
import { readHeaderMembers, type TokenHeader } from '../../src/verify/read-header.js';
import { segment } from '../support/bench.js';

const textOf = (members: object): string => segment(JSON.stringify(members));
/** Read by nobody, so that it shows whether it was remembered. */
const marked = (): TokenHeader => readHeaderMembers({ alg: 'RS256', marked: true });

describe('KnownHeaders', () => {
  it('reads a header that it does not know, and remembers none by itself', () => {
    const headers = new KnownHeaders();
    const text = textOf({ alg: 'ES256', kid: 'k' });
    const first = headers.read(text);
    expect(first).toMatchObject({ alg: 'ES256', kid: 'k' });
    expect(headers.read(text)).not.toBe(first);
  });

  it('answers with a header that it was told, by its whole text', () => {
    const headers = new KnownHeaders();
    const [text, header] = [textOf({ alg: 'ES256', kid: 'k' }), marked()];
    headers.remember(text, header);
    expect(headers.read(text)).toBe(header);
    expect(headers.read(textOf({ alg: 'ES256', kid: 'K' }))).not.toBe(header);
    for (const other of [`${text}=`, `${text} `, text.slice(1)])
      expect(() => headers.read(other)).toThrow(VerifyAccessTokenError);
    expect(() => headers.read('__proto__')).toThrow(VerifyAccessTokenError);
  });

  it('remembers headers of 1,024 characters, and none that is longer', () => {
    const headers = new KnownHeaders();
    const ofLength = (bytes: number): string => textOf({ a: 'x'.repeat(bytes - 8) });
    const [longest, longer] = [ofLength(768), ofLength(769)];
    expect([longest.length, longer.length]).toEqual([1024, 1026]);
    const header = marked();
    headers.remember(longest, header);
    headers.remember(longer, header);
    expect(headers.read(longest)).toBe(header);
    expect(headers.read(longer)).not.toBe(header);
  });

  it('keeps 1,000 headers at most, and always the 500 that were used last', () => {
    const headers = new KnownHeaders();
    const header = marked();
    for (let n = 0; n < 3000; n++) headers.remember(textOf({ n }), header);
    const known = Array.from(
      { length: 3000 },
      (_, back) => headers.read(textOf({ n: 2999 - back })) === header,
    );
    expect(known.slice(0, 500)).not.toContain(false);
    expect(known.filter(Boolean).length).toBeLessThanOrEqual(1000);
  });
});
