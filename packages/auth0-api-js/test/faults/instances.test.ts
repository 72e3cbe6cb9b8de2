import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answerStatus } from '../support/fault-issuer/answer-faults.js';
import { onCleanUp } from '../support/fault-issuer/clean-up.js';
import { createFaultBench } from '../support/fault-issuer/create-fault-bench.js';
import { createFaultIssuer } from '../support/fault-issuer/create-fault-issuer.js';
import { reportOf } from '../support/fault-issuer/run-child-beside.js';

const packageFolder = fileURLToPath(new URL('../../', import.meta.url));

describe('two clients in one process', () => {
  it('FC25 of one issuer have keys, outages and events of their own', async () => {
    const issuer = await createFaultIssuer();
    const token = issuer.token();
    const first = createFaultBench({ domain: issuer.origin });
    expect(await first.verdict(token)).toBe('OK');
    issuer.misbehave(answerStatus(503));
    const second = createFaultBench({ domain: issuer.origin });
    expect(await second.verdict(token)).toBe('DOWN issuer_unreachable');
    expect(issuer.injected).toBe(1);
    expect([first.state(), second.state()]).toEqual(['fresh', 'empty']);
    expect([first.told(), second.told()]).toEqual([[], ['outage']]);
    expect(await first.verdict(token)).toBe('OK');
    second.client.close();
    expect(await first.verdict(token)).toBe('OK');
  });

  it('FC25 of which one replaces the other while requests are under way: both answer by their own rules', async () => {
    const issuer = await createFaultIssuer();
    const held: (() => void)[] = [];
    issuer.misbehave(({ res, document }) => held.push(() => res.end(JSON.stringify(document))));
    const old = createFaultBench({ domain: issuer.origin });
    const token = issuer.token();
    const underWay = old.verdict(token);
    await expect.poll(() => issuer.injected).toBe(1);
    issuer.misbehave();
    const renewed = createFaultBench({ domain: issuer.origin, audience: 'https://new.example.com' });
    expect(await renewed.verdict(token)).toBe('TOK audience_mismatch');
    expect(await renewed.verdict(issuer.token({ aud: 'https://new.example.com' }))).toBe('OK');
    for (const answer of held) answer();
    expect(await underWay).toBe('OK');
    old.client.close();
    // Keys in memory serve those who come late.
    expect(await old.verdict(token)).toBe('OK');
    expect(await renewed.verdict(issuer.token({ aud: 'https://new.example.com' }))).toBe('OK');
  });

  it('FC25 do not share what the application has given them, and a change of it later changes nothing', async () => {
    const issuer = await createFaultIssuer();
    const options = { domain: issuer.origin, audience: ['https://api.example.com'], algorithms: ['Ed25519'] };
    const bench = createFaultBench(options);
    options.audience[0] = 'https://other.example.com';
    options.algorithms.length = 0;
    options.domain = 'other.example.com';
    expect(await bench.verdict(issuer.token())).toBe('OK');
  });
});

describe('the package, loaded more than once', () => {
  it('FC25 by import and by require(): clients of both work side by side', async () => {
    const issuer = await createFaultIssuer();
    const report = await reportOf(
      `
      import { createRequire } from 'node:module';
      import { join } from 'node:path';
      const required = createRequire(${JSON.stringify(join(packageFolder, 'package.json'))})('@auth0/auth0-api-js');
      const other = new required.ApiClient({
        domain: '${issuer.origin}', audience: 'https://other.example.com', algorithms: ['Ed25519'], onEvent: () => {},
      });
      const client = createClient({ domain: '${issuer.origin}' });
      const tokens = ['${issuer.token()}', '${issuer.token({ aud: 'https://other.example.com' })}'];
      const verdicts = [];
      for (const each of [client, other]) for (const token of tokens) verdicts.push(await verdict(each, token));
      const error = await other.verifyAccessToken({ accessToken: 'no' }).catch((refusal) => refusal);
      other.close();
      verdicts.push(await verdict(client, tokens[0]));
      client.close();
      report({ verdicts, isOwnError: error instanceof required.VerifyAccessTokenError });
    `,
      { execArgv: ['--no-warnings'] },
    );
    expect(report).toEqual({
      verdicts: ['OK', '401 audience_mismatch', '401 audience_mismatch', 'OK', 'OK'],
      isOwnError: true,
    });
    expect(issuer.requests).toHaveLength(4);
  });

  it('FC25 from two places: no state is shared, and an adapter of one says that a client is not its own', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'copies-'));
    onCleanUp(() => rmSync(folder, { recursive: true }));
    cpSync(join(packageFolder, 'dist'), join(folder, 'dist'), { recursive: true });
    cpSync(join(packageFolder, 'package.json'), join(folder, 'package.json'));
    symlinkSync(join(packageFolder, '../../node_modules'), join(folder, 'node_modules'));
    const issuer = await createFaultIssuer();
    const report = await reportOf(`
      const copy = await import(${JSON.stringify(join(folder, 'dist/index.js'))});
      const adapter = await import(${JSON.stringify(join(folder, 'dist/adapter.js'))});
      const client = createClient({ domain: '${issuer.origin}' });
      const other = new copy.ApiClient({
        domain: '${issuer.origin}', audience: 'https://api.example.com', algorithms: ['Ed25519'], onEvent: () => {},
      });
      const token = '${issuer.token()}';
      const verdicts = [await verdict(client, token), await verdict(other, token)];
      const authorization = ['Bearer ' + token];
      const own = await adapter.authenticate(other, { authorization });
      let misuse;
      try { await adapter.authenticate(client, { authorization }); } catch (error) { misuse = error.name + ': ' + error.message; }
      client.close();
      verdicts.push(await verdict(other, token));
      other.close();
      report({ verdicts, isCopy: copy.ApiClient !== ApiClient, ownIssuer: own.claims.iss, misuse });
    `);
    expect(report).toMatchObject({
      verdicts: ['OK', 'OK', 'OK'],
      isCopy: true,
      ownIssuer: issuer.issuer,
      misuse: expect.stringMatching(/^\w*Error: /) as string,
    });
    expect(issuer.requests).toHaveLength(4);
  });
});
