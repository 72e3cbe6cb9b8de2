import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { claimsText, createBench, headerText, rsaKey, segment, signRaw } from '../support/bench.js';
import { expectRefusal } from '../support/expect-refusal.js';

const bench = createBench([rsaKey.publicJwk]);
const built = fileURLToPath(new URL('../../dist/', import.meta.url));

/** Runs a module in a process of its own and reads the JSON it prints. */
function runChild(code: string): unknown {
  const output = execFileSync(process.execPath, ['--expose-gc', '--input-type=module', '-e', code], {
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

/** A token of exactly this many characters, signed as it should be. */
function tokenOfLength(length: number): string {
  for (let padding = 11_000; ; padding++) {
    const token = signRaw(rsaKey, headerText(rsaKey), claimsText({ padding: 'x'.repeat(padding) }));
    if (token.length >= length) return token;
  }
}

describe('O, bounds', () => {
  it('O1 takes a token of 16,384 characters and refuses a longer one before it is decoded', async () => {
    const longest = tokenOfLength(16_383);
    expect([16_383, 16_384]).toContain(longest.length);
    await expect(bench.client.verifyAccessToken({ accessToken: longest })).resolves.toBeDefined();
    await expectRefusal(bench, tokenOfLength(16_385), 'token_too_large', { asksNobody: true });
    await expectRefusal(bench, 'x'.repeat(16_385), 'token_too_large', { asksNobody: true });
  });

  it.each([
    ['dots', '.'],
    ['padding', '='],
    ['spaces', ' '],
    ['letters', 'A'],
  ])('O2 refuses a million %s by their length alone', (_what, character) =>
    expectRefusal(bench, character.repeat(1_000_000), 'token_too_large', { asksNobody: true }),
  );

  it('O2 refuses 16,384 dots', () =>
    expectRefusal(bench, '.'.repeat(16_384), 'token_malformed', { asksNobody: true }));

  it.each([
    ['lists', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('O3 refuses deep %s in header and payload, and takes 32 levels', async (_what, open, close) => {
    const nested = (depth: number): string => `${open.repeat(depth)}1${close.repeat(depth)}`;
    const claims = (depth: number): string => `{"deep":${nested(depth)},${claimsText().slice(1)}`;
    const header = (depth: number): string => `{"deep":${nested(depth)},${headerText(rsaKey).slice(1)}`;
    for (const depth of [32, 33, 1500]) {
      await expectRefusal(bench, signRaw(rsaKey, headerText(rsaKey), claims(depth)), 'token_malformed');
      await expectRefusal(bench, signRaw(rsaKey, header(depth), claimsText()), 'header_malformed');
    }
    const accessToken = signRaw(rsaKey, header(31), claims(31));
    await expect(bench.client.verifyAccessToken({ accessToken })).resolves.toBeDefined();
  });

  it('O4 knows a token by all of its characters', async () => {
    const accessToken = signRaw(rsaKey, headerText(rsaKey), claimsText());
    await expect(bench.client.verifyAccessToken({ accessToken })).resolves.toBeDefined();
    for (const index of [0, 5, accessToken.indexOf('.') + 5, accessToken.lastIndexOf('.') + 5]) {
      const changed = `${accessToken.slice(0, index)}${accessToken[index] === 'A' ? 'B' : 'A'}${accessToken.slice(index + 1)}`;
      await expect(bench.client.verifyAccessToken({ accessToken: changed })).rejects.toMatchObject({
        statusCode: 401,
      });
    }
    await expect(bench.client.verifyAccessToken({ accessToken: `${accessToken} ` })).rejects.toMatchObject({
      statusCode: 401,
    });
  });

  it('O6 keeps nothing of tokens that it refuses', () => {
    const grownBytes = runChild(`
      const { ApiClient } = await import('${built}index.js');
      const { createTestIssuer } = await import('${built}testing/index.js');
      const issuer = await createTestIssuer();
      const client = new ApiClient({ domain: issuer.domain, audience: issuer.audience, customFetch: issuer.fetch });
      const [header, payload] = issuer.accessToken().split('.');
      const refuse = async (count) => {
        for (let n = 0; n < count; n++) {
          const accessToken = header + '.' + payload + '.' + Buffer.from(String(n).padStart(256, '0')).toString('base64url');
          await client.verifyAccessToken({ accessToken }).catch(() => {});
        }
        gc();
        return process.memoryUsage().heapUsed;
      };
      const before = await refuse(2000);
      console.log(JSON.stringify(await refuse(20000) - before));
    `);
    expect(grownBytes).toBeLessThan(5 * 1024 * 1024);
  });

  it('O8 puts nothing of a token into events and errors', async () => {
    const secret = 'sEcReT-marker';
    const hostile = createBench([rsaKey.publicJwk]);
    const tokens = [
      signRaw(rsaKey, headerText(rsaKey, { kid: secret }), claimsText()),
      signRaw(rsaKey, headerText(rsaKey, { typ: secret }), claimsText()),
      signRaw(rsaKey, headerText(rsaKey, { alg: secret }), claimsText()),
      signRaw(rsaKey, headerText(rsaKey), claimsText({ iss: secret })),
      signRaw(rsaKey, headerText(rsaKey), claimsText({ aud: secret })),
      segment(secret),
    ];
    for (const accessToken of tokens) {
      const error = await hostile.client
        .verifyAccessToken({ accessToken })
        .catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(Error);
      const { message, headers } = error as { message: string; headers: object };
      const said = JSON.stringify([hostile.events, message, headers]);
      expect(said).not.toContain(secret);
      expect(said).not.toContain(segment(secret).slice(0, 12));
    }
  });

  it('O10 is not moved by a polluted prototype', () => {
    const outcome = runChild(`
      const { ApiClient } = await import('${built}index.js');
      const { createTestIssuer } = await import('${built}testing/index.js');
      const issuer = await createTestIssuer();
      Object.prototype.algorithms = ['none'];
      Object.prototype.requiredClaims = ['never'];
      Object.prototype.alg = 'none';
      Object.prototype.cnf = { jkt: 'x' };
      Object.prototype.iss = issuer.issuer;
      Object.prototype.aud = issuer.audience;
      Object.prototype.exp = 9999999999;
      const client = new ApiClient({ domain: issuer.domain, audience: issuer.audience, customFetch: issuer.fetch });
      const reasonOf = (accessToken) => client.verifyAccessToken({ accessToken }).then(() => 'accepted', (error) => error.reason);
      console.log(JSON.stringify([
        await reasonOf(issuer.accessToken()),
        await reasonOf(issuer.badToken('alg-none')),
        await reasonOf(issuer.accessToken({ exp: undefined })),
        await reasonOf(issuer.accessToken({ aud: undefined })),
        await reasonOf(issuer.accessToken({ iss: undefined })),
      ]));
    `);
    expect(outcome).toEqual([
      'accepted',
      'algorithm_not_allowed',
      'expiry_missing',
      'audience_missing',
      'issuer_missing',
    ]);
  });
});
