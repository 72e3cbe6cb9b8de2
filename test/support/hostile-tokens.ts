import type { LoopbackIssuer } from './loopback-issuer.js';

/** Who makes tokens, and an address that no token may cause a request to. */
export interface Workshop {
  readonly issuer: LoopbackIssuer;
  readonly lure: string;
}

/** A token that must be refused with 401 `invalid_token`. */
export interface HostileToken {
  readonly name: string;
  readonly make: (workshop: Workshop) => string;
}

type Members = Readonly<Record<string, unknown>>;

const claims = (name: string, members: (workshop: Workshop) => Members): HostileToken => ({
  name: `claims with ${name}`,
  make: (workshop) => workshop.issuer.token(members(workshop)),
});

const header = (name: string, members: (workshop: Workshop) => Members): HostileToken => ({
  name: `a header with ${name}`,
  make: (workshop) => workshop.issuer.token({}, members(workshop)),
});

/** A payload made of the text of a good one. */
const payloadText = (name: string, change: (text: string) => string | Uint8Array): HostileToken => ({
  name: `a payload that ${name}`,
  make: ({ issuer }) => issuer.sign('{"alg":"RS256"}', change(issuer.claims())),
});

const headerBytes = (name: string, bytes: string | Uint8Array): HostileToken => ({
  name: `a header that ${name}`,
  make: ({ issuer }) => issuer.sign(bytes, issuer.claims()),
});

const altered = (name: string, alter: (token: string) => string): HostileToken => ({
  name: `a good token ${name}`,
  make: ({ issuer }) => alter(issuer.token()),
});

const literal = (name: string, token: string): HostileToken => ({ name, make: () => token });

const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
const withMember = (member: string) => (text: string) => `${text.slice(0, -1)},${member}}`;
const show = (value: unknown): string => JSON.stringify(value)?.slice(0, 60) ?? 'undefined';

/** The sixteen ways to spell the word in letters of either size. */
const noneSpellings = Array.from({ length: 16 }, (_, bits) =>
  Array.from('none')
    .map((letter, index) => (bits & (1 << index) ? letter.toUpperCase() : letter))
    .join(''),
);

const wrongTimes: readonly unknown[] = [null, '1900000000', '', [], [1], {}, true, false];
const inheritedNames = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

const claimTokens: readonly HostileToken[] = [
  ...[...wrongTimes, undefined, 0, -1, -1e308, 1e300].map((exp) =>
    claims(`exp ${show(exp)}`, () => ({ exp })),
  ),
  ...[...wrongTimes, undefined, 1e15, 1e300].map((iat) => claims(`iat ${show(iat)}`, () => ({ iat }))),
  ...[...wrongTimes, 1e15, 1e300].map((nbf) => claims(`nbf ${show(nbf)}`, () => ({ nbf }))),
  ...['exp', 'iat', 'nbf'].flatMap((name) =>
    ['1e400', '-1e400', '9'.repeat(4000), '9007199254740993'].map((number) => ({
      name: `claims with ${name} ${number.slice(0, 20)}`,
      make: ({ issuer }: Workshop) =>
        issuer.sign(
          '{"alg":"RS256"}',
          withMember(`"${name}":${number}`)(issuer.claims({ [name]: undefined })),
        ),
    })),
  ),
  ...[undefined, null, '', [], {}, 7, true, [null], [''], 'https://another.example.com'].map((aud) =>
    claims(`aud ${show(aud)}`, () => ({ aud })),
  ),
  claims('aud in a list in a list', ({ issuer }) => ({ aud: [[issuer.audience]] })),
  claims('aud beside a number', ({ issuer }) => ({ aud: [issuer.audience, 7] })),
  claims('aud as the name of a member', ({ issuer }) => ({ aud: { [issuer.audience]: true } })),
  claims('aud in capitals', ({ issuer }) => ({ aud: issuer.audience.toUpperCase() })),
  claims('aud and a slash', ({ issuer }) => ({ aud: `${issuer.audience}/` })),
  claims('aud cut short', ({ issuer }) => ({ aud: issuer.audience.slice(0, -1) })),
  claims('two aud in one string', ({ issuer }) => ({ aud: `${issuer.audience} ${issuer.audience}` })),
  ...[undefined, null, '', [], {}, 7, true].map((iss) => claims(`iss ${show(iss)}`, () => ({ iss }))),
  claims('iss in a list', ({ issuer }) => ({ iss: [issuer.issuer] })),
  claims('iss without its slash', ({ issuer }) => ({ iss: issuer.domain })),
  claims('iss with a path', ({ issuer }) => ({ iss: `${issuer.issuer}evil` })),
  claims('iss in capitals', ({ issuer }) => ({ iss: issuer.issuer.toUpperCase() })),
  claims('iss with credentials', ({ issuer }) => ({ iss: issuer.issuer.replace('//', '//user@') })),
  claims('iss somewhere else', ({ lure }) => ({ iss: lure })),
  ...[null, [], 'x', 7, { jkt: 'x' }, { jkt: null }, { 'x5t#S256': 'x' }].map((cnf) =>
    claims(`cnf ${show(cnf)}`, () => ({ cnf })),
  ),
];

const headerTokens: readonly HostileToken[] = [
  ...noneSpellings.map((alg) => header(`alg ${alg} and a signature`, () => ({ alg }))),
  ...noneSpellings.map((alg) => ({
    name: `a header with alg ${alg} and no signature`,
    make: ({ issuer }: Workshop) => issuer.forge(JSON.stringify({ alg }), issuer.claims(), ''),
  })),
  ...[
    'HS256',
    'hs384',
    'Hs512',
    'rs256',
    'RS256 ',
    ' RS256',
    'RS257',
    'RS256\0',
    'RSA',
    'ＲＳ256',
    'ES256',
    'PS256',
    'EdDSA',
    'RSA-OAEP',
    'dir',
    '',
    'x'.repeat(5e3),
    ...inheritedNames,
    null,
    undefined,
    7,
    true,
    [],
    ['RS256'],
    {},
    { toString: 'RS256' },
  ].map((alg) => header(`alg ${show(alg)}`, () => ({ alg }))),
  ...[
    '../../../../dev/null',
    '/dev/null',
    'file:///etc/passwd',
    "' OR 1=1 --",
    '|sleep 10',
    '$(sleep 10)',
    '',
    'x'.repeat(256),
    'x'.repeat(257),
    'x'.repeat(8e3),
    'a\0b',
    'a\r\nb',
    '😀',
    '\ud800',
    '',
    ...inheritedNames,
    null,
    7,
    true,
    [],
    {},
  ].map((kid) => header(`kid ${show(kid)}`, () => ({ kid }))),
  header('kid an address', ({ lure }) => ({ kid: lure })),
  ...['jku', 'x5u'].map((name) => header(name, ({ lure }) => ({ [name]: lure, kid: 'theirs' }))),
  header('jwk', () => ({ jwk: { kty: 'oct', k: 'AAAA', kid: 'theirs' }, kid: 'theirs' })),
  header('x5c', () => ({ x5c: ['AAAA'], kid: 'theirs' })),
  ...[[], null, ['exp'], ['b64'], 'exp', [7], {}].map((crit) =>
    header(`crit ${show(crit)}`, () => ({ crit })),
  ),
  ...[true, false, null].map((b64) => header(`b64 ${show(b64)}`, () => ({ b64 }))),
  ...['enc', 'zip', 'p2c'].map((name) => header(name, () => ({ [name]: name === 'p2c' ? 1e9 : 'DEF' }))),
  ...['JWT', 'jwt', null, 7].map((cty) => header(`cty ${show(cty)}`, () => ({ cty }))),
  ...[
    'logout+jwt',
    'dpop+jwt',
    'JWS',
    'JOSE',
    '',
    'at+jwt;x=1',
    'application/jwt',
    'at+jwt\0',
    'x'.repeat(5e3),
    null,
    7,
    [],
    ['at+jwt'],
    {},
  ].map((typ) => header(`typ ${show(typ)}`, () => ({ typ }))),
];

const jsonTokens: readonly HostileToken[] = [
  ...[
    'null',
    '[]',
    '7',
    '"text"',
    'true',
    '{',
    '{}}',
    '',
    '{"alg":}',
    '{"alg":"RS256"}x',
    "{'alg':'RS256'}",
  ].map((text) => headerBytes(`is ${text === '' ? 'empty' : text}`, text)),
  ...['null', '[]', '7', '"text"', '', '{', '{"exp":NaN}'].map((text) =>
    payloadText(`is ${text === '' ? 'empty' : text}`, () => text),
  ),
  headerBytes('names alg twice', '{"alg":"none","alg":"RS256"}'),
  headerBytes('names alg twice, once escaped', '{"alg":"none","\\u0061lg":"RS256"}'),
  headerBytes('hides alg in __proto__', '{"__proto__":{"alg":"RS256"}}'),
  headerBytes('hides alg in constructor.prototype', '{"constructor":{"prototype":{"alg":"RS256"}}}'),
  headerBytes('has a byte order mark', '\uFEFF{"alg":"RS256"}'),
  headerBytes('is UTF-16', Buffer.from('{"alg":"RS256"}', 'utf16le')),
  headerBytes('is latin-1', Buffer.from('{"alg":"RS256","x":"\xe9"}', 'latin1')),
  headerBytes('has an overlong quote', Buffer.from([0x7b, 0xc0, 0xa2, 0x61])),
  headerBytes('is zeros', Buffer.alloc(3000)),
  headerBytes('nests 33 deep', `{"alg":"RS256","x":${nested(32)}}`),
  headerBytes('nests 5000 deep', `{"alg":"RS256","x":${nested(5000)}}`),
  headerBytes('opens 9000 brackets', '['.repeat(9000)),
  headerBytes('opens 1800 objects', '{"a":'.repeat(1800)),
  payloadText('names sub twice', withMember('"sub":"auth0|admin"')),
  payloadText('names a member twice deep inside', withMember('"x":[{"y":1,"y":2}]')),
  payloadText('hides exp in __proto__', (text) =>
    text.replace(/"exp":\d+/, '"__proto__":{"exp":4000000000}'),
  ),
  payloadText('nests 33 deep', withMember(`"x":${nested(32)}`)),
  payloadText('nests 4000 deep', withMember(`"x":${nested(4000)}`)),
  payloadText('ends in zeros', (text) => `${text}\0\0`),
  payloadText('has a byte order mark', (text) => `\uFEFF${text}`),
  payloadText('is not UTF-8', (text) =>
    Buffer.concat([Buffer.from(withMember('"x":"')(text).slice(0, -1)), Buffer.from([0xff, 0x22, 0x7d])]),
  ),
];

const oddTexts = [
  'é',
  'ÿÿÿ',
  '\xa0',
  '\x80\x81',
  '"',
  '\\',
  '"\\"',
  '<script>',
  "'",
  '%00',
  '~',
  '+/=',
  ',',
  ';',
  '{}',
  '\xad',
];

const shapeTokens: readonly HostileToken[] = [
  ...[0, 1, 3, 4, 5, 100, 8000].map((dots) =>
    literal(`${dots} dots between letters`, `${'a.'.repeat(dots)}a`),
  ),
  ...[1, 2, 3, 4, 15_000].map((dots) => literal(`${dots} dots and nothing else`, '.'.repeat(dots))),
  ...[1, 100, 15_000, 16_000].map((size) => literal(`${size} letters`, 'a'.repeat(size))),
  ...oddTexts.map((text) => literal(`the token ${JSON.stringify(text)}`, text)),
  ...[
    'null',
    'undefined',
    'true',
    'NaN',
    '[object',
    '{"payload":"e30","signatures":[]}',
    'ey',
    'eyJ.eyJ.x',
  ].map((text) => literal(`the token ${text}`, text)),
  altered('without its signature', (token) => token.replace(/[^.]*$/, '')),
  altered('without its last letter', (token) => token.slice(0, -1)),
  altered('with one more letter', (token) => `${token}A`),
  altered('with padding', (token) => `${token}==`),
  altered('with padding inside', (token) => token.replace('.', '=.')),
  altered('with a dot before it', (token) => `.${token}`),
  altered('with a dot behind it', (token) => `${token}.`),
  altered('twice', (token) => `${token}.${token}`),
  altered('twice with a comma', (token) => `${token},${token}`),
  altered('backwards', (token) => Array.from(token).reverse().join('')),
  altered('in capitals', (token) => token.toUpperCase()),
  altered('with a tab behind its header', (token) => token.replace('.', '\t.')),
  altered('with its parts in another order', (token) => token.split('.').reverse().join('.')),
  altered('with a signature of zeros', (token) => token.replace(/[^.]*$/, 'A'.repeat(342))),
  altered('with a signature too long', (token) => token.replace(/[^.]*$/, 'A'.repeat(12_000))),
  altered(
    'with another spelling of its last bits',
    (token) => token.slice(0, -1) + nextLetter(token.slice(-1)),
  ),
  altered('with quotes', (token) => `"${token}"`),
];

/** The letter whose last bit differs: in the last place of 342 letters it decodes to the same bytes. */
function nextLetter(letter: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return alphabet[alphabet.indexOf(letter) ^ 1] ?? '';
}

/** Every token here gets 401 `invalid_token`. */
export const hostileTokens: readonly HostileToken[] = [
  ...claimTokens,
  ...headerTokens,
  ...jsonTokens,
  ...shapeTokens,
];
