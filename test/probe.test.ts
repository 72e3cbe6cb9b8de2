import { it } from 'vitest';
import { expressVersions, startApi } from './support/start-api.js';
import { sendRaw } from './support/send-raw.js';
import { createLoopbackIssuer } from './support/loopback-issuer.js';
it.each(expressVersions)('%s', async (express) => {
  const issuer = await createLoopbackIssuer();
  const api = await startApi({ domain: issuer.domain, audience: issuer.audience, express });
  const t = issuer.token();
  const A = `Host: x\r\nConnection: close\r\nAuthorization: Bearer ${t}\r\n`;
  const reqs: Record<string, string> = {
    good: `GET /api/private HTTP/1.1\r\n${A}\r\n`,
    abs: `GET http://evil.example/api/private HTTP/1.1\r\n${A}\r\n`,
    absport: `GET http://evil.example:99999/api/private HTTP/1.1\r\n${A}\r\n`,
    absportabc: `GET http://evil.example:abc/api/private HTTP/1.1\r\n${A}\r\n`,
    abs6: `GET http://[::1/api/private HTTP/1.1\r\n${A}\r\n`,
    absuser: `GET http://a:b@evil/api/private HTTP/1.1\r\n${A}\r\n`,
    abspct: `GET http://ev%00il/api/private HTTP/1.1\r\n${A}\r\n`,
    absidn: `GET http://xn--iñvalid/api/private HTTP/1.1\r\n${A}\r\n`,
    abshost: `GET http://a*b^/api/private HTTP/1.1\r\n${A}\r\n`,
    dbl: `GET //api/private HTTP/1.1\r\n${A}\r\n`,
    dbl2: `GET //evil:abc/private HTTP/1.1\r\n${A}\r\n`,
    back: `GET /\\api\\private HTTP/1.1\r\n${A}\r\n`,
    js: `GET javascript:alert(1) HTTP/1.1\r\n${A}\r\n`,
    frag: `GET /api/private#x HTTP/1.1\r\n${A}\r\n`,
    fragsp: `GET /api/private?a#b://[ HTTP/1.1\r\n${A}\r\n`,
    star: `OPTIONS * HTTP/1.1\r\n${A}\r\n`,
    getstar: `GET * HTTP/1.1\r\n${A}\r\n`,
    connect: `CONNECT evil:443 HTTP/1.1\r\n${A}\r\n`,
    pct: `GET /api/%E0%A4%A HTTP/1.1\r\n${A}\r\n`,
    pct2: `GET /%ff HTTP/1.1\r\n${A}\r\n`,
    q: `GET /api/private?__proto__[x]=1&a[]=%ff&%=1 HTTP/1.1\r\n${A}\r\n`,
    nohost: `GET /api/private HTTP/1.1\r\nConnection: close\r\n\r\n`,
    ten: `GET /api/private HTTP/1.0\r\n\r\n`,
    ten2: `GET /api/private HTTP/1.0\r\nAuthorization: Bearer ${t}\r\n\r\n`,
    nine: `GET /api/private\r\n\r\n`,
    two: `GET /api/private HTTP/2.0\r\n${A}\r\n`,
    pri: `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`,
    expect: `POST /api/private HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n${A}\r\n{}`,
    expectx: `GET /api/private HTTP/1.1\r\nExpect: tea\r\n${A}\r\n`,
    upgrade: `GET /api/private HTTP/1.1\r\nUpgrade: websocket\r\nHost: x\r\nConnection: Upgrade, close\r\n\r\n`,
    te: `POST /api/private HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n${A}\r\n0\r\n\r\n`,
    tebad: `POST /api/private HTTP/1.1\r\nTransfer-Encoding: chunked\r\nContent-Type: application/json\r\n${A}\r\nzz\r\n`,
    cl2: `POST /api/private HTTP/1.1\r\nContent-Length: 3\r\nContent-Length: 4\r\n${A}\r\nabc`,
    clneg: `POST /api/private HTTP/1.1\r\nContent-Length: -3\r\n${A}\r\nabc`,
    trunc: `POST /api/private HTTP/1.1\r\nContent-Length: 300\r\nContent-Type: application/json\r\n${A}\r\n{"a":`,
    badjson: `POST /api/private HTTP/1.1\r\nContent-Length: 5\r\nContent-Type: application/json\r\n${A}\r\n{"a":`,
    charset: `POST /api/private HTTP/1.1\r\nContent-Length: 2\r\nContent-Type: application/json; charset=evil\r\n${A}\r\n{}`,
    enc: `POST /api/private HTTP/1.1\r\nContent-Length: 2\r\nContent-Encoding: evil\r\nContent-Type: application/json\r\n${A}\r\n{}`,
    gz: `POST /api/private HTTP/1.1\r\nContent-Length: 2\r\nContent-Encoding: gzip\r\nContent-Type: application/json\r\n${A}\r\n{}`,
    brpart: `POST /api/private HTTP/1.1\r\nContent-Length: 2\r\nContent-Encoding: br\r\nContent-Type: application/json\r\n${A}\r\n{}`,
    proto: `POST /api/private HTTP/1.1\r\nContent-Length: 21\r\nContent-Type: application/json\r\n${A}\r\n{"__proto__":{"a":1}}`,
    getbad: `GET /api/private HTTP/1.1\r\nContent-Length: 5\r\nContent-Type: application/json\r\n${A}\r\n{"a":`,
    nul: `GET /api/private HTTP/1.1\r\nAuthorization: Bearer a\0b\r\nHost: x\r\nConnection: close\r\n\r\n`,
    tab: `GET /api/private HTTP/1.1\r\nAuthorization: Bearer\tabc\r\nHost: x\r\nConnection: close\r\n\r\n`,
    fold: `GET /api/private HTTP/1.1\r\nAuthorization: Bearer\r\n abc\r\nHost: x\r\nConnection: close\r\n\r\n`,
    lf: `GET /api/private HTTP/1.1\nHost: x\nConnection: close\n\n`,
    colon: `GET /api/private HTTP/1.1\r\nAuthorization : Bearer x\r\nHost: x\r\nConnection: close\r\n\r\n`,
    method: `FOO /api/private HTTP/1.1\r\n${A}\r\n`,
    lower: `get /api/private HTTP/1.1\r\n${A}\r\n`,
    tls: '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
    empty: '',
    crlf: '\r\n\r\n\r\n',
    query: `QUERY /api/private HTTP/1.1\r\n${A}\r\n`,
    origin: `GET /api/private HTTP/1.1\r\nOrigin: \xe9\r\n${A}\r\n`,
    acrh: `OPTIONS /api/private HTTP/1.1\r\nOrigin: null\r\nAccess-Control-Request-Headers: \xe9\x7f\r\nAccess-Control-Request-Method: \xff\r\n${A}\r\n`,
    ine: `GET /api/private HTTP/1.1\r\nIf-None-Match: *\r\n${A}\r\n`,
    inm: `GET /api/public HTTP/1.1\r\nIf-None-Match: *\r\n${A}\r\n`,
    host: `GET /api/private HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n`,
    trailing: `GET /api/private/ HTTP/1.1\r\n${A}\r\n`,
    upper: `GET /API/PRIVATE HTTP/1.1\r\n${A}\r\n`,
  };
  for (const [name, r] of Object.entries(reqs)) {
    const before = api.process.stderr.length;
    const { statuses, text } = await sendRaw(api.port, r);
    await new Promise((res) => setTimeout(res, 20));
    console.log(
      express,
      name,
      statuses.join(),
      /www-authenticate.*/i.exec(text)?.[0] ?? '',
      JSON.stringify(api.process.stderr.slice(before, before + 160)),
    );
  }
  for (const n of [
    8000, 15000, 15900, 16100, 16200, 16250, 16300, 16384, 17000, 20000, 60000, 70000, 1000000,
  ]) {
    const { statuses } = await sendRaw(
      api.port,
      `GET /api/private HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer ${'a'.repeat(n)}\r\n\r\n`,
    );
    console.log(n, statuses);
  }
  await api.process.stop();
  await issuer.close();
});
