import { describe, expect, it } from 'vitest';
import { builtModule, runChild } from '../support/run-child.js';

/** What every child begins with: an API, a client of it, and a function that says what becomes of a proof. */
const prelude = `
  import { createHash, sign } from 'node:crypto';
  import { ApiClient } from ${JSON.stringify(builtModule('index.js'))};
  import { createDpopClient, createTestIssuer } from ${JSON.stringify(builtModule('testing/index.js'))};
  import { createTestKey } from ${JSON.stringify(builtModule('testing/create-test-key.js'))};
  import { algorithms } from ${JSON.stringify(builtModule('verify/algorithms.js'))};

  const issuer = await createTestIssuer();
  const { domain, audience, fetch: customFetch } = issuer;
  const url = 'https://api.test/';
  const key = createTestKey('ES256');
  const { kid, use, alg, ...jwk } = key.publicJwk;
  const segment = (content) => Buffer.from(content).toString('base64url');
  const thumbprintOf = ({ kty, crv, x, y, n, e }) =>
    createHash('sha256').update(JSON.stringify(kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y })).digest('base64url');
  const tokenFor = (jkt) => issuer.boundToken({ thumbprint: jkt });
  const token = tokenFor(thumbprintOf(jwk));
  const hash = (text) => createHash('sha256').update(text).digest('base64url');
  const now = () => Math.floor(Date.now() / 1000);
  let count = 0;
  const header = (members = '') => '{"typ":"dpop+jwt","alg":"ES256","jwk":' + JSON.stringify(jwk) + members + '}';
  const payload = (members = '', jti = JSON.stringify('jti ' + count++)) =>
    '{"jti":' + jti + ',"htm":"GET","htu":"' + url + '","iat":' + now() + ',"ath":"' + hash(token) + '"' + members + '}';
  const signed = (head, body) => {
    const input = segment(head) + '.' + segment(body);
    return input + '.' + segment(key.sign(input));
  };
  const judge = async (client, dpopProof, accessToken = token, others = {}) => {
    try {
      await client.verifyAccessToken({ accessToken, scheme: 'DPoP', dpopProof, httpMethod: 'GET', httpUrl: url, ...others });
      return 'accepted';
    } catch (error) {
      return error.reason ?? String(error);
    }
  };
`;

/** Runs a child and reads the last line that it prints. */
function askChild(code: string): unknown {
  const { code: ended, stdout, stderr } = runChild(prelude + code, 30_000);
  expect(stderr).toBe('');
  expect(ended).toBe(0);
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as unknown;
}

describe('O, hostile proofs', () => {
  it('O1 O2 O3 are refused in no time, and the process answers afterwards', () => {
    const answers = askChild(`
      const client = new ApiClient({
        domain, audience, customFetch, onEvent: () => {}, dpop: { algorithms: [...algorithms.keys()] },
      });
      await judge(client, signed(header(), payload()));
      const big = (bits) => segment(Buffer.alloc(bits / 8, 0xff));
      const rsa = (n, e, signature = 256) => {
        const members = { kty: 'RSA', n, e };
        const bound = tokenFor(thumbprintOf(members));
        const body = payload().replace(hash(token), hash(bound));
        const head = JSON.stringify({ typ: 'dpop+jwt', alg: 'RS256', jwk: members });
        return [segment(head) + '.' + segment(body) + '.' + segment(Buffer.alloc(signature, 1)), bound];
      };
      const deep = (depth) => '['.repeat(depth) + ']'.repeat(depth);
      const proofs = {
        longJti: [signed(header(), payload('', '"' + 'a'.repeat(100_000) + '"'))],
        million: ['a.'.repeat(500_000)],
        dots: ['.'.repeat(8192)],
        letters: ['A'.repeat(8192)],
        commas: [','.repeat(8192)],
        deepPayload: [signed(header(), payload(',"deep":' + deep(2000)))],
        deepHeader: [signed(header(',"deep":' + deep(1500)), payload())],
        deepKey: [signed(header().replace('"kty"', '"deep":' + deep(1500) + ',"kty"'), payload())],
        manyMembers: [signed(header(), payload(Array.from({ length: 700 }, (_, at) => ',"' + at + '":1').join('')))],
        hugeNumber: [signed(header(), payload(',"exp":' + '9'.repeat(4000)))],
        infinity: [signed(header(), payload(',"exp":1e999'))],
        tiny: [signed(header(), payload(',"nbf":-1e999'))],
        surrogate: [signed(header(), payload(',"\\\\ud800":"\\\\udfff"'))],
        surrogateBytes: [signed(header(), Buffer.from([...Buffer.from('{"a":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')]))],
        proto: [signed(header(',"__proto__":{"alg":"none"}'), payload(',"__proto__":{"htm":"PUT"},"constructor":1'))],
        protoOnly: [signed('{"__proto__":' + header() + '}', '{"__proto__":' + payload() + '}')],
        dotSegments: [signed(header(), payload().replace(url, url + '%2e%2e/'.repeat(500)))],
        longUrl: [signed(header(), payload().replace(url, url + 'a'.repeat(5000)))],
        wideKey: rsa(big(16_384), 'AQAB', 2048),
        wideExponent: rsa(big(2048), big(2048)),
        both: rsa(big(16_384), big(16_384), 512),
        oddNumbers: rsa('AQ', 'AQ', 1),
        zeros: rsa(segment(Buffer.alloc(256)), 'AQAB'),
      };
      const answers = {};
      for (const [name, [proof, bound]] of Object.entries(proofs)) {
        const started = performance.now();
        answers[name] = await judge(client, proof, bound);
        const milliseconds = performance.now() - started;
        if (milliseconds > 500) answers[name] += ' after ' + milliseconds + ' ms';
      }
      for (const value of [7, null, {}, [], Symbol('x'), () => {}, new Proxy({}, { get() { throw new Error('read'); } })])
        answers.notText = [answers.notText ?? [], await judge(client, value).catch(() => 'threw')].flat();
      answers.good = await judge(client, signed(header(), payload()));
      console.log(JSON.stringify(answers));
    `);
    expect(answers).toEqual({
      longJti: 'proof_too_large',
      million: 'proof_too_large',
      dots: 'proof_malformed',
      letters: 'proof_malformed',
      commas: 'proof_multiple',
      deepPayload: 'proof_malformed',
      deepHeader: 'proof_malformed',
      deepKey: 'proof_malformed',
      manyMembers: 'accepted',
      hugeNumber: 'proof_claim_invalid',
      infinity: 'proof_claim_invalid',
      tiny: 'proof_claim_invalid',
      surrogate: 'accepted',
      surrogateBytes: 'proof_malformed',
      proto: 'accepted',
      protoOnly: 'proof_type_not_accepted',
      dotSegments: 'accepted',
      longUrl: 'proof_url_mismatch',
      wideKey: 'proof_key_invalid',
      wideExponent: 'proof_key_invalid',
      both: 'proof_too_large',
      oddNumbers: 'proof_key_invalid',
      zeros: 'proof_key_invalid',
      notText: [
        'proof_malformed',
        'proof_malformed',
        'proof_malformed',
        'proof_missing',
        'proof_malformed',
        'proof_malformed',
        'Error: read',
      ],
      good: 'accepted',
    });
  });
});

/**
 * What stands on the prototype of all objects, as code: each where something of that name is looked for, in options, policies,
 * headers, keys, claims or requests. `d` is not among them: Node itself finds it there, and imports no RSA key any more,
 * which is an outage.
 */
const pollutions: readonly (readonly [name: string, value: string])[] = [
  ['jkt', 'thumbprintOf(jwk)'],
  ['cnf', '{ jkt: thumbprintOf(jwk) }'],
  ['dpop', "{ mode: 'disabled', replay: 'off' }"],
  ['mode', "'disabled'"],
  ['nonce', "{ secret: 'a'.repeat(32) }"],
  ['nonces', '{ current: () => "polluted", find: () => ({ givenSince: 0, acceptedUntil: 1e12 }) }'],
  ['jwk', 'jwk'],
  ['replay', "'off'"],
  ['register', '() => true'],
  ['iatOffset', '1e9'],
  ['algorithms', "['none', 'HS256']"],
  ['baseUrl', "'https://evil.test'"],
  ['x5t#S256', "'x'"],
  ['schemes', "['bearer']"],
  ['used', "'bearer'"],
  ['headers', "{ 'DPoP-Nonce': 'polluted' }"],
  ['scopes', "['polluted']"],
  ['scheme', "'bearer'"],
  ['dpopProof', 'signed(header(), payload())'],
  ['httpMethod', "'PUT'"],
  ['httpUrl', "'https://evil.test/'"],
  ['proofs', '[signed(header(), payload())]'],
  ['typ', "'dpop+jwt'"],
  ['alg', "'ES256'"],
  ['htm', "'GET'"],
  ['htu', 'url'],
  ['ath', 'hash(token)'],
  ['iat', 'now()'],
  ['jti', "'polluted'"],
  ['use', "'enc'"],
  ['key_ops', '[]'],
  ['crit', '[]'],
  ['exp', '1'],
  ['nbf', '1e12'],
];

/** Judges the same list of requests for each of them, and once for none. */
const judgements = askChild(`
  const clientOf = (dpop) => new ApiClient({ domain, audience, customFetch, onEvent: () => {}, ...(dpop && { dpop }) });
  const unbound = issuer.accessToken();
  const boundToNothing = issuer.accessToken({ cnf: {} });
  const without = (text, name) => {
    const { [name]: _, ...rest } = JSON.parse(text);
    return JSON.stringify(rest);
  };
  const judgeAll = async (pollute) => {
    const clients = [clientOf({}), clientOf(), clientOf({ mode: 'required' })];
    const clean = pollute();
    clients.push(clientOf({}));
    const judged = [];
    for (const by of clients) {
      const used = signed(header(), payload());
      judged.push(await judge(by, used), await judge(by, used), await judge(by, undefined));
      judged.push(await judge(by, used, unbound), await judge(by, used, boundToNothing));
      for (const name of ['jti', 'htm', 'htu', 'iat', 'ath'])
        judged.push(await judge(by, signed(header(), without(payload(), name))));
      for (const name of ['typ', 'alg', 'jwk'])
        judged.push(await judge(by, signed(without(header(), name), payload())));
      judged.push(await judge(by, undefined, token, { scheme: 'Bearer', httpMethod: undefined }));
      judged.push(await judge(by, undefined, unbound, { scheme: 'Bearer', httpMethod: undefined }));
      judged.push(await by.verifyAccessToken({ accessToken: unbound }).then(() => 'accepted', (error) => error.reason));
      judged.push(by.dpopNonce() ?? 'no nonce');
      const refusal = await by.verifyAccessToken({ accessToken: token, scheme: 'DPoP' }).catch((error) => error);
      judged.push(JSON.stringify(refusal.headers));
    }
    clean();
    return judged;
  };
  const pollutions = [${pollutions.map(([name, value]) => `[${JSON.stringify(name)}, () => (${value})]`).join(', ')}];
  const judgements = { none: await judgeAll(() => () => {}) };
  for (const [name, read] of pollutions) {
    const value = read();
    judgements[name] = await judgeAll(() => {
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
      return () => delete Object.prototype[name];
    });
  }
  console.log(JSON.stringify(judgements));
`) as Readonly<Record<string, readonly string[]>>;

describe('O10, the prototype of all objects', () => {
  it('O10 is clean, and requests are judged like this', () => {
    const of = (isRequired: boolean): string[] => [
      'accepted',
      'proof_replayed',
      'proof_missing',
      'dpop_binding_missing',
      'dpop_binding_missing',
      ...Array.from({ length: 5 }, () => 'proof_claim_invalid'),
      'proof_type_not_accepted',
      'proof_algorithm_not_allowed',
      'proof_key_invalid',
      isRequired ? 'invalid_auth_scheme' : 'dpop_bound_token',
      isRequired ? 'invalid_auth_scheme' : 'accepted',
      isRequired ? 'invalid_auth_scheme' : 'accepted',
      'no nonce',
    ];
    const judged = (judgements['none'] ?? []).filter((text) => !text.startsWith('{'));
    expect(judged).toEqual([false, false, true, false].flatMap(of));
  });

  it.each(pollutions)('O10 decides nothing by its %s', (name) => {
    expect(judgements[name]).toEqual(judgements['none']);
  });
});
