import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalizeUrl } from '../../../src/binding/dpop/normalize-url.js';
import { normalizeByRfc3986 } from '../../support/rfc3986.js';

const host = fc.oneof(
  fc.stringMatching(/^[A-Za-z\d][A-Za-z\d._-]{0,12}$/),
  fc.constantFrom('API.Example.com', '127.0.0.1', '[::1]', '[2001:DB8::A]', 'xn--bcher-kva.example'),
);
const port = fc.oneof(
  fc.constantFrom('', ':', ':80', ':443', ':0443', ':8443', ':65535'),
  fc.integer({ min: 0, max: 65_535 }).map((number) => `:${number}`),
);
const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('/', '.', '..', '/../', '/./', '//', '%2e', '%2E', '%2f', '%2F') },
  {
    weight: 3,
    arbitrary: fc.constantFrom('%7e', '%41', '%25', '%252e', '%3b', '%c3%a9', '%00', '%5C', '%20'),
  },
  { weight: 2, arbitrary: fc.stringMatching(/^[A-Za-z\d._~!$&'()*+,;=:@-]{1,4}$/) },
);
const path = fc
  .array(piece, { maxLength: 14 })
  .map((pieces) => (pieces.length > 0 ? `/${pieces.join('')}` : ''));
const tail = fc.constantFrom('', '?', '?a=b/../c', '#', '#x', '?x#y', '?q=%zz', '?{"a":"\\é"}');
const url = fc
  .tuple(fc.constantFrom('http', 'https', 'HTTP', 'HttpS'), host, port, path, tail)
  .map(([scheme, ...rest]) => `${scheme}://${rest.join('')}`);

const runs = { numRuns: 3000 };

describe('normalizeUrl', () => {
  it('agrees with RFC 3986, step by step', () => {
    fc.assert(
      fc.property(url, (text) => {
        expect(normalizeUrl(text)).toBe(normalizeByRfc3986(text));
      }),
      runs,
    );
  });

  it('leaves what it made as it is', () => {
    fc.assert(
      fc.property(url, (text) => {
        const normal = normalizeUrl(text);
        expect(normalizeUrl(String(normal))).toBe(normal);
      }),
      runs,
    );
  });

  it('leaves no dot segment, no escape in lower case, no query, and no default port', () => {
    const abnormal = /\/\.{1,2}(?:\/|$)|%.?[a-f]|[?#]|^http:\/\/[^/]*[^:]:80\/|^https:\/\/[^/]*[^:]:443\//;
    fc.assert(
      fc.property(url, (text) => {
        expect(normalizeUrl(text)).not.toMatch(abnormal);
      }),
      runs,
    );
  });

  it('makes the same of what the WHATWG parser wrote, wherever it takes the URL', () => {
    fc.assert(
      fc.property(url, (text) => {
        // That parser reads numbers as addresses, and refuses some names.
        fc.pre(!/^\w+:\/\/[^[/:]*\d/.test(text) && !text.includes('xn--') && URL.canParse(text));
        expect(normalizeUrl(new URL(text).href)).toBe(normalizeUrl(text));
      }),
      runs,
    );
  });

  it('answers with nothing or a URL in normal form, whatever it is given', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string(),
      url.chain((text) => spoil(text)),
    );
    fc.assert(
      fc.property(anything, (text) => {
        const normal = normalizeUrl(text);
        if (normal === undefined) return;
        expect(normal).toMatch(
          /^https?:\/\/[a-z\d._-]+(?::\d+)?\/[!-~]*$|^https?:\/\/\[[\da-f:.]+\](?::\d+)?\/[!-~]*$/,
        );
        expect(normalizeUrl(normal)).toBe(normal);
      }),
      runs,
    );
  });

  it('never takes two hosts for one', () => {
    fc.assert(
      fc.property(host, host, (one, other) => {
        fc.pre(one.toLowerCase() !== other.toLowerCase());
        expect(normalizeUrl(`https://${one}/`)).not.toBe(normalizeUrl(`https://${other}/`));
      }),
    );
  });

  it('takes 8 KiB before the query, and no more', () => {
    const longest = `https://a.test/${'a'.repeat(8192 - 'https://a.test/'.length)}`;
    expect(normalizeUrl(longest)).toBe(longest);
    expect(normalizeUrl(`${longest}?${'b'.repeat(20_000)}`)).toBe(longest);
    expect(normalizeUrl(`${longest}a`)).toBeUndefined();
  });

  it.each(['/', '/.', '/..', '/a', '%2e', '%2E%2e/', '%zz', '\\', ' ', '[', 'é'])(
    'is done with a megabyte of %j at once',
    (text) => {
      const started = performance.now();
      for (const prefix of ['', 'https://', 'https://a', 'https://a/', 'https://a:'])
        for (const length of [8000, 1_000_000]) normalizeUrl(prefix + text.repeat(length / text.length));
      expect(performance.now() - started).toBeLessThan(1000);
    },
  );
});

/** A URL with one character more, or another. */
function spoil(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(text.length), fc.string({ unit: 'binary', minLength: 1, maxLength: 2 }), fc.boolean())
    .map(([at, added, replaces]) => text.slice(0, at) + added + text.slice(replaces ? at + 1 : at));
}
