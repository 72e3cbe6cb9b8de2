/** Bytes for one connection, and the statuses that may come back. */
export interface HostileRequest {
  readonly name: string;
  /** @param token - A good one. */
  readonly bytes: (token: string) => string;
  /** One list for each sequence of answers that is right. */
  readonly statuses: readonly (readonly number[])[];
  /** Nothing more will come, and the server would wait for it. */
  readonly isLast?: boolean;
}

const tail = 'Host: api.test\r\nConnection: close\r\n';

/** A request for the private route with these header lines over the usual ones. */
export function privateRequest(...lines: readonly string[]): string {
  return `GET /api/private HTTP/1.1\r\n${tail}${lines.map((line) => `${line}\r\n`).join('')}\r\n`;
}

/** The same with a token. */
export function bearerRequest(token: string): string {
  return privateRequest(`Authorization: Bearer ${token}`);
}

const withLines = (
  status: number | readonly number[],
  name: string,
  lines: (token: string) => readonly string[],
): HostileRequest => ({
  name,
  bytes: (token) => privateRequest(...lines(token)),
  statuses: typeof status === 'number' ? [[status]] : status.map((one) => [one]),
});

const target = (status: number, name: string, method = 'GET'): HostileRequest => ({
  name: `${method} ${name}`,
  bytes: (token) => `${method} ${name} HTTP/1.1\r\n${tail}Authorization: Bearer ${token}\r\n\r\n`,
  statuses: [[status]],
});

const raw = (
  statuses: HostileRequest['statuses'],
  name: string,
  bytes: HostileRequest['bytes'],
): HostileRequest => ({
  name,
  bytes,
  statuses,
});

const hex = (code: number): string => `0x${code.toString(16).padStart(2, '0')}`;
const controls = [...Array(32).keys(), 0x7f].filter((code) => code !== 0x09);

/** Credentials that are none: 401 with the bare challenge. */
export const missingCredentials: readonly string[] = [
  '',
  'Basic dXNlcjpwYXNz',
  'Negotiate YII',
  'Digest username="x", realm="y"',
  'DPoP abc',
  'Token abc',
  'JWT abc',
  'Bearer',
  'Bearer   ',
  'bearer',
  'BearerX abc',
  'Bearer:abc',
  'Bearer=abc',
  'Bearer	abc',
  'Bearer 	abc def',
  'Bearer a b',
  'Bearer a,Bearer b',
  'Bearer a, Bearer b',
  'Bearer a, DPoP b',
  'Bearer\xA0abc',
  'Â\xA0Bearer abc',
  '"Bearer abc"',
  'null',
  ',',
  'éèà',
  'Béarer abc',
  'x'.repeat(12e3),
  'Bearer ' + 'a '.repeat(5e3),
  `Bearer${' '.repeat(8e3)}a b`,
  `Bearer${'	 '.repeat(4e3)}abc`,
  'Bearer Bearer abc',
  `abc Bearer abc`,
];

const headerRequests: readonly HostileRequest[] = [
  ...controls.map((code) =>
    withLines(400, `a token with the control character ${hex(code)}`, () => [
      `Authorization: Bearer a${String.fromCharCode(code)}b`,
    ]),
  ),
  withLines(401, 'a token with a tab', () => ['Authorization: Bearer a\tb']),
  ...[0x80, 0x85, 0xa0, 0xad, 0xff].map((code) =>
    withLines(401, `a token with the byte ${hex(code)}`, () => [
      `Authorization: Bearer a${String.fromCharCode(code)}b`,
    ]),
  ),
  ...[16_384, 20_000, 60_000, 70_000, 1_000_000].map((size) => ({
    ...withLines(431, `A22 a token of ${size} letters`, () => [`Authorization: Bearer ${'a'.repeat(size)}`]),
    // The server hangs up on what it has not read, and its answer may go down with it.
    statuses: size > 20_000 ? [[431], []] : [[431]],
  })),
  withLines(431, 'many long headers', () =>
    Array.from({ length: 40 }, (_, index) => `X-${index}: ${'x'.repeat(500)}`),
  ),
  withLines([401, 431], '1900 short headers', () => Array.from({ length: 1900 }, () => 'a:b')),
  withLines([401, 431], 'a token behind more headers than are read', (token) => [
    ...Array.from({ length: 2100 }, () => 'a:b'),
    `Authorization: Bearer ${token}`,
  ]),
  withLines(200, 'names in capitals', (token) => [`AUTHORIZATION: BEARER ${token}`]),
  withLines(200, 'thousands of spaces before a good token', (token) => [
    `Authorization: Bearer${' '.repeat(9000)}${token}`,
  ]),
  withLines(200, 'white space around the header', (token) => [`Authorization: \t Bearer ${token} \t `]),
  withLines(400, 'A9 a good token twice', (token) => [
    `Authorization: Bearer ${token}`,
    `authorization: Bearer ${token}`,
  ]),
  withLines(400, 'A9 another scheme first', (token) => [
    'Authorization: Basic x',
    `Authorization: Bearer ${token}`,
  ]),
  withLines(400, 'A9 an empty header first', (token) => ['Authorization:', `Authorization: Bearer ${token}`]),
  withLines(400, 'A9 an empty header behind', (token) => [
    `Authorization: Bearer ${token}`,
    'Authorization:',
  ]),
  withLines(400, 'A9 fifty Authorization headers', () =>
    Array.from({ length: 50 }, () => 'Authorization: Bearer x'),
  ),
  withLines(401, 'A17 a token for a proxy', (token) => [`Proxy-Authorization: Bearer ${token}`]),
  withLines(401, 'a token in every other header', (token) => [
    `X-Authorization: Bearer ${token}`,
    `Cookie: access_token=${token}`,
    `X-Forwarded-Authorization: Bearer ${token}`,
    `DPoP: ${token}`,
  ]),
  withLines(400, 'a folded header', () => ['Authorization: Bearer', ' abc']),
  withLines([400, 401], 'a space before the colon', () => ['Authorization : Bearer abc']),
  withLines(400, 'a header without a colon', () => ['Authorization']),
  withLines([400, 401], 'a header without a name', () => [': Bearer abc']),
  withLines(400, 'a name with a latin-1 letter', () => ['Authoriz\xe4tion: Bearer abc']),
  withLines(401, 'headers named like inherited members', () => [
    '__proto__: x',
    'constructor: x',
    'hasOwnProperty: x',
    'toString: x',
  ]),
  withLines(401, 'addresses that a proxy would set', () => [
    'X-Forwarded-Host: evil.test',
    'X-Forwarded-Proto: javascript',
    'X-Forwarded-For: \xff',
    'Forwarded: for="[::1',
    'X-HTTP-Method-Override: DELETE',
    'X-Original-URL: /api/public',
    'X-Rewrite-URL: /api/public',
  ]),
  withLines(417, 'an expectation nobody can meet', () => ['Expect: tea']),
  withLines(401, 'an upgrade', () => ['Upgrade: websocket', 'Sec-WebSocket-Key: x']),
  withLines(401, 'an odd Origin', () => ['Origin: \xe9"<>']),
  withLines(304, 'a good token and If-None-Match', (token) => [
    `Authorization: Bearer ${token}`,
    'If-None-Match: *',
  ]),
  withLines(401, 'a bad token and If-None-Match', () => ['Authorization: Bearer x', 'If-None-Match: *']),
  withLines(200, 'a good token and a Range', (token) => [
    `Authorization: Bearer ${token}`,
    'Range: bytes=9-1,x',
  ]),
  withLines(200, 'a good token and an odd Accept', (token) => [
    `Authorization: Bearer ${token}`,
    'Accept: \xff;q=x,,/',
  ]),
  withLines(401, 'two Host headers', () => ['Host: other.test']),
];

const targetRequests: readonly HostileRequest[] = [
  ...['http://evil.test/api/private', 'http://user:pass@evil.test/api/private'].map((name) =>
    target(200, name),
  ),
  ...[
    '/api/private/',
    '/API/PRIVATE',
    '/api/private?x',
    '/api/private?__proto__[x]=1&a[]=%ff&%=1',
    '/api/private?a#b://[',
  ].map((name) => target(200, name)),
  ...[
    '//api/private',
    '//evil.test:abc/private',
    '/\\api\\private',
    '/api/../api/private',
    '/api/%70rivate/..',
    '*',
  ].map((name) => target(404, name)),
  ...['/%E0%A4%A', '/%ff', '/%00', '/__proto__', '/api/constructor', `/${'a/'.repeat(3000)}`].map((name) =>
    target(404, name),
  ),
  ...['javascript:alert(1)', 'api/private', '/api/pri vate', 'http://a*b^/'].map((name) => target(400, name)),
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'TRACE', 'PROPFIND'].map((method) =>
    target(404, '/api/private', method),
  ),
  ...['FOO', 'get', 'G\xcbT', ''].map((method) => target(400, '/api/private', method)),
  target(200, '/api/private', 'HEAD'),
  target(204, '/api/private', 'OPTIONS'),
  target(204, '*', 'OPTIONS'),
  { ...target(0, 'evil.test:443', 'CONNECT'), statuses: [[]] },
];

const connections: readonly HostileRequest[] = [
  raw([[401]], 'HTTP/1.0 without a host', () => 'GET /api/private HTTP/1.0\r\n\r\n'),
  raw(
    [[200]],
    'HTTP/1.0 with a good token',
    (token) => `GET /api/private HTTP/1.0\r\nAuthorization: Bearer ${token}\r\n\r\n`,
  ),
  raw([[401], [400]], 'HTTP/0.9', () => 'GET /api/private\r\n\r\n'),
  raw([[401], [400]], 'HTTP/2.0 in words', () => `GET /api/private HTTP/2.0\r\n${tail}\r\n`),
  raw([[400]], 'HTTP/9.9', () => `GET /api/private HTTP/9.9\r\n${tail}\r\n`),
  raw([[400]], 'the preface of HTTP/2', () => 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
  raw([[400]], 'a TLS handshake', () => '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'),
  raw([[400]], 'no Host', () => 'GET /api/private HTTP/1.1\r\nConnection: close\r\n\r\n'),
  ...['', 'evil.test:99999', 'a b', '[::1', '\xff', 'user@evil.test', '../..'].map((host) =>
    raw(
      [[401]],
      `the Host "${host}"`,
      () => `GET /api/private HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
    ),
  ),
  raw([[400]], 'line ends without a carriage return', () => privateRequest().replaceAll('\r', '')),
  raw([[400]], 'zeros', () => '\0'.repeat(1000)),
  raw([[400]], 'a length and chunks', () =>
    postRequest(['Transfer-Encoding: chunked', 'Content-Length: 3'], '0\r\n\r\n'),
  ),
  raw([[400]], 'two lengths', () => postRequest(['Content-Length: 3', 'Content-Length: 4'], 'abc')),
  raw([[400]], 'a negative length', () => postRequest(['Content-Length: -3'], 'abc')),
  raw([[404]], 'a form with a token in it', (token) =>
    postRequest(
      ['Content-Type: application/x-www-form-urlencoded', `Content-Length: ${token.length + 13}`],
      `access_token=${token}`,
    ),
  ),
  raw(
    [[401]],
    'A11 a token in the address',
    (token) => `GET /api/private?access_token=${token} HTTP/1.1\r\n${tail}\r\n`,
  ),
  raw(
    [[401]],
    'A13 a token in the body of a GET',
    (token) =>
      `GET /api/private HTTP/1.1\r\n${tail}Content-Type: application/json\r\nContent-Length: ${token.length + 19}\r\n\r\n{"access_token":"${token}"}`,
  ),
  raw([[404]], 'a body that names __proto__', () =>
    jsonRequest('{"__proto__":{"auth0":{"user":{"sub":"x"}}}}'),
  ),
  raw([[100, 404]], 'a body that waits for a word', () =>
    postRequest(['Expect: 100-continue', 'Content-Length: 2'], '{}'),
  ),
  raw([[200, 401, 401]], 'three requests in one go', (token) => {
    const [good, none, bad] = [bearerRequest(token), privateRequest(), bearerRequest('x')];
    return [keepAlive(good), keepAlive(none), bad].join('');
  }),
  raw([Array<number>(200).fill(401)], '200 requests in one go', () =>
    keepAlive(bearerRequest('a.b.c')).repeat(199).concat(bearerRequest('a.b.c')),
  ),
  raw(
    [[401], [401, 400], [400]],
    'a request and then something else',
    () => `${keepAlive(privateRequest())}\x01\x02\x03\r\n\r\n`,
  ),
  { ...raw([[]], 'nothing', () => ''), isLast: true },
  { ...raw([[]], 'line ends', () => '\r\n\r\n\r\n'), isLast: true },
  { ...raw([[400], []], 'half a request line', () => 'GET /api/pri'), isLast: true },
  {
    ...raw([[400], []], 'half a header', () => privateRequest('Authorization: Bear').slice(0, -4)),
    isLast: true,
  },
];

/** A POST with these header lines. */
export function postRequest(lines: readonly string[], body: string): string {
  return `POST /api/private HTTP/1.1\r\n${tail}${lines.map((line) => `${line}\r\n`).join('')}\r\n${body}`;
}

/** A POST of JSON, well-formed or not, with more header lines. */
export function jsonRequest(body: string, ...lines: readonly string[]): string {
  return postRequest(['Content-Type: application/json', `Content-Length: ${body.length}`, ...lines], body);
}

function keepAlive(request: string): string {
  return request.replace('Connection: close\r\n', '');
}

/** Everything that is broken, rare or hostile beside the token. */
export const hostileRequests: readonly HostileRequest[] = [
  ...headerRequests,
  ...targetRequests,
  ...connections,
];

/** What makes Express itself write to the log: bodies it cannot read, and addresses it cannot parse. */
export const loggedByExpress: readonly HostileRequest[] = [
  raw([[400]], 'a body that is no JSON', () => jsonRequest('{"a":')),
  raw([[400]], 'a body that is no JSON, on a GET', () => jsonRequest('{"a":').replace('POST', 'GET')),
  raw([[413]], 'a body that is too long', () => jsonRequest(`"${'x'.repeat(200_000)}"`)),
  raw([[415]], 'an unknown charset', () =>
    jsonRequest('{}', 'Content-Type: application/json; charset=evil').replace(
      'Content-Type: application/json\r\n',
      '',
    ),
  ),
  raw([[415]], 'an unknown encoding', () => jsonRequest('{}', 'Content-Encoding: evil')),
  raw([[400]], 'a body that is not what gzip makes', () => jsonRequest('{}', 'Content-Encoding: gzip')),
  raw([[400]], 'a chunk without a length', () =>
    postRequest(['Content-Type: application/json', 'Transfer-Encoding: chunked'], 'zz\r\n'),
  ),
  {
    ...raw([[400], []], 'a body cut off', () => jsonRequest('{}').replace('Length: 2', 'Length: 200')),
    isLast: true,
  },
  raw(
    [[404], [400]],
    'an address with a port that is none',
    () => `GET http://evil.test:abc/api/private HTTP/1.1\r\n${tail}\r\n`,
  ),
];
