let made = 0;

/** Makes a token with a key id that nobody has, as anybody can who has seen a good one. Each is another. */
export function forgeToken(good) {
  const [, payload, signature] = good.split('.');
  const header = { alg: 'RS256', typ: 'JWT', kid: `made-up-${process.pid}-${++made}` };
  return `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${payload}.${signature}`;
}
