import { ApiClient, type DpopOptions } from '@auth0/auth0-api-js';
import { createDpopClient, createTestIssuer } from '@auth0/auth0-api-js/testing';
import { describe, expect, it } from 'vitest';
import { reasonOf } from '../support/reason-of.js';

const issuer = await createTestIssuer();
const dpopClient = createDpopClient();
const accessToken = issuer.boundToken(dpopClient);
const { domain, audience, fetch: customFetch } = issuer;

const createClient = (dpop: DpopOptions = {}): ApiClient =>
  new ApiClient({ domain, audience, customFetch, dpop });
const client = createClient();

/** What becomes of a request for a URL with a proof for another. */
function send(
  httpUrl: string | undefined,
  htu: unknown,
  by = client,
  httpMethod = 'GET',
  htm = 'GET',
): Promise<string> {
  const dpopProof = dpopClient.proof({ url: '', accessToken }, { htu, htm });
  return reasonOf(by, accessToken, {
    scheme: 'DPoP',
    dpopProof,
    httpMethod,
    ...(httpUrl !== undefined && { httpUrl }),
  });
}

const plain = 'https://api.test/orders/a';

describe('G10, the method of a proof', () => {
  it.each([
    ['GET', 'GET', 'accepted'],
    ['POST', 'POST', 'accepted'],
    ['GET', 'POST', 'proof_method_mismatch'],
    ['GET', 'get', 'proof_method_mismatch'],
    ['GET', 'Get', 'proof_method_mismatch'],
    ['HEAD', 'GET', 'proof_method_mismatch'],
    ['GET', ' GET', 'proof_method_mismatch'],
  ])('G10 a %s with a proof for %j: %s', async (method, htm, expected) => {
    expect(await send(plain, plain, client, method, htm)).toBe(expected);
  });
});

describe('G11, one URL in several spellings', () => {
  it.each([
    [plain, plain],
    [`${plain}?a=b`, plain],
    [plain, `${plain}?a=b`],
    [`${plain}?a=b`, `${plain}?c=d`],
    [plain, `${plain}#a`],
    [plain, `${plain}?`],
    [plain, 'HTTPS://api.test/orders/a'],
    [plain, 'https://API.Test/orders/a'],
    [plain, 'https://api.test:443/orders/a'],
    [plain, 'https://api.test:/orders/a'],
    ['https://api.test:443/orders/a', plain],
    ['http://api.test/a', 'http://api.test:80/a'],
    ['https://api.test/~a', 'https://api.test/%7ea'],
    ['https://api.test/%7Ea', 'https://api.test/~a'],
    ['https://api.test/%c3%a9', 'https://api.test/%C3%A9'],
    [plain, 'https://api.test/orders/./a'],
    [plain, 'https://api.test/x/../orders/a'],
    [plain, 'https://api.test/x/%2e%2E/orders/a'],
    ['https://api.test/orders/x/../a', plain],
    ['https://api.test', 'https://api.test/'],
    ['https://api.test/?a', 'https://api.test'],
    ['http://[::1]:3000/a', 'http://[::1]:3000/a'],
    ['http://[2001:db8::a]/', 'http://[2001:DB8::A]'],
    ['https://api.test//a', 'https://api.test//a'],
    ['https://api.test/a|b[c]^d', 'https://api.test/a|b[c]^d'],
    ["https://api.test/?q={'}", 'https://api.test/'],
  ])('G11 takes for %s a proof that names %s', async (url, htu) => {
    expect(await send(url, htu)).toBe('accepted');
  });
});

describe('G12, another URL', () => {
  it.each([
    ['another host', 'https://evil.test/orders/a'],
    ['a host with a dot at its end', 'https://api.test./orders/a'],
    ['a longer host', 'https://api.test.evil.test/orders/a'],
    ['another scheme', 'http://api.test/orders/a'],
    ['another scheme, on the same port', 'http://api.test:443/orders/a'],
    ['another port', 'https://api.test:8443/orders/a'],
    ['the default port of the other scheme', 'https://api.test:80/orders/a'],
    ['another path', 'https://api.test/orders/b'],
    ['a path in other case', 'https://api.test/Orders/a'],
    ['a slash at the end', `${plain}/`],
    ['a segment more', `${plain}/b`],
    ['a segment less', 'https://api.test/orders'],
    ['two slashes for one', 'https://api.test//orders/a'],
    ['an escaped slash', 'https://api.test/orders%2Fa'],
    ['an escaped slash in lower case', 'https://api.test/orders%2fa'],
    ['an escape of an escape', 'https://api.test/orders/%2561'],
    ['user-info', 'https://user@api.test/orders/a'],
    ['a password', 'https://user:pass@api.test/orders/a'],
    ['empty user-info', 'https://@api.test/orders/a'],
    ['the host as user-info', 'https://api.test@evil.test/orders/a'],
    ['a path alone', '/orders/a'],
    ['a host alone', '//api.test/orders/a'],
    ['no scheme', 'api.test/orders/a'],
    ['one slash', 'https:/api.test/orders/a'],
    ['three slashes', 'https:///api.test/orders/a'],
    ['backslashes', 'https:\\\\api.test\\orders\\a'],
    ['a backslash in the path', 'https://api.test/orders\\a'],
    ['another protocol', 'ftp://api.test/orders/a'],
    ['a space before', ' https://api.test/orders/a'],
    ['a line feed after', 'https://api.test/orders/a\n'],
    ['a tab inside', 'https://api.test/ord\ters/a'],
    ['a zero byte', 'https://api.test/orders/a\0'],
    ['half an escape', 'https://api.test/orders/a%'],
    ['an escape that is none', 'https://api.test/orders/%zz'],
    ['an escape in the host', 'https://%61pi.test/orders/a'],
    ['a letter that looks alike', 'https://\u0430pi.test/orders/a'],
    ['a letter that folds to ASCII', 'https://api.te\u017Ft/orders/a'],
    ['letters of double width', 'https://\uFF41pi.test/orders/a'],
    ['a full stop of another script', 'https://api\u3002test/orders/a'],
    ['a letter with an accent in the path', 'https://api.test/orders/\u00E1'],
    ['a port that is too high', 'https://api.test:65979/orders/a'],
    ['a port that is none', 'https://api.test:x/orders/a'],
    ['10 kB of path', `${plain}/${'a'.repeat(10_000)}`],
    ['10 kB that resolve to it', `https://api.test/${'./'.repeat(5000)}orders/a`],
  ])('G12 refuses %s', async (_what, htu) => {
    // One that is too long as a proof is refused for that.
    expect(await send(plain, htu)).toBe(htu.length > 8192 ? 'proof_too_large' : 'proof_url_mismatch');
  });

  it.each([
    ['https://b\u00FCcher.test/', 'https://xn--bcher-kva.test/', 'http_url_invalid'],
    ['https://xn--bcher-kva.test/', 'https://b\u00FCcher.test/', 'proof_url_mismatch'],
    ['https://xn--bcher-kva.test/', 'https://bucher.test/', 'proof_url_mismatch'],
    ['https://xn--bcher-kva.test/', 'https://XN--BCHER-kva.test/', 'accepted'],
    ['https://127.0.0.1/', 'https://127.1/', 'proof_url_mismatch'],
    ['https://127.0.0.1/', 'https://2130706433/', 'proof_url_mismatch'],
    ['https://[::1]/', 'https://[::zz]/', 'proof_url_mismatch'],
    ['https://[::1]/', 'https://::1/', 'proof_url_mismatch'],
    ['https://[1:2]/', 'https://[1:2]/', 'http_url_invalid'],
    ['https://api.test/a/', 'https://api.test/a', 'proof_url_mismatch'],
    ['https://api.test/a/..', 'https://api.test/', 'accepted'],
    ['https://api.test/%2F', 'https://api.test//', 'proof_url_mismatch'],
    ['https://api.test/%252e%252e/a', 'https://api.test/a', 'proof_url_mismatch'],
    ['https://api.test/%2561', 'https://api.test/%61', 'proof_url_mismatch'],
  ])('G12 for %s, %s is %s', async (url, htu, expected) => {
    expect(await send(url, htu)).toBe(expected);
  });

  it.each([undefined, null, 5, {}, [plain], '', { toString: () => plain }])(
    'G12 refuses an htu of %j',
    async (htu) => {
      expect(await send(plain, htu)).toBe('proof_claim_invalid');
    },
  );
});

describe('G13, the URL of the request', () => {
  it('G13 has to be given', async () => {
    expect(await send(undefined, plain)).toBe('http_url_missing');
  });

  it.each([
    '',
    '/orders/a',
    'api.test/orders/a',
    'https://user@api.test/orders/a',
    'https://api.test/\u00E1',
  ])('G13 refuses %j, whatever the proof names', async (url) => {
    expect(await send(url, url || plain)).toBe('http_url_invalid');
  });

  it.each([
    ['http://internal:3000/a', 'https://gateway.test/orders/a', 'accepted'],
    ['/a?b', 'https://gateway.test/orders/a', 'accepted'],
    ['/../a', 'https://gateway.test/orders/a', 'accepted'],
    ['/../a', 'https://gateway.test/a', 'proof_url_mismatch'],
    ['http://internal:3000/a', 'http://internal:3000/a', 'proof_url_mismatch'],
    ['http://internal:3000/a', 'https://gateway.test/a', 'proof_url_mismatch'],
    ['//gateway.test/a', 'https://gateway.test/orders/a', 'http_url_invalid'],
  ])('G13 behind a fixed base, at %s, a proof for %s is %s', async (url, htu, expected) => {
    const fixed = createClient({ baseUrl: 'https://gateway.test/orders' });
    const asked = createClient({ baseUrl: () => 'https://gateway.test/orders/' });
    expect([await send(url, htu, fixed), await send(url, htu, asked)]).toEqual([expected, expected]);
  });

  it('G13 tells the programmer of a base that is none, and refuses nothing', async () => {
    await expect(send('/a', plain, createClient({ baseUrl: () => 'gateway.test' }))).rejects.toThrow(
      TypeError,
    );
  });
});
