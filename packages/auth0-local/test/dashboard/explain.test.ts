import express, { Router, type NextFunction, type Request, type Response } from 'express';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { serveExplain } from '../../src/dashboard/explain.js';
import type { PastedExplanation, SuggestedCheck } from '../../src/explain/explain-pasted-token.js';
import { listen } from '../../src/listen.js';
import { readRefusal } from '../../src/management/read-refusal.js';
import { fixApiScopes, fixGrantedScopes, fixSigningAlgorithm, fixToken } from '../../src/oauth/fixes.js';
import { openStore } from '../../src/store/store.js';
import { createApi } from '../../src/tenant/apis.js';
import { revokeSigningKey, rotateSigningKeys } from '../../src/tenant/signing-keys.js';
import { createAsk, type TrialAnswer } from '../support/ask.js';
import { requestMachineToken, requestPasswordToken } from '../support/flow-requests.js';
import { openTenant, openTenantForTest, type OpenTenant } from '../support/open-tenant.js';
import { createTemporaryFolder } from '../support/temporary-folder.js';
import { audience, trialSeed } from '../support/trial-tenant.js';

type Explain = (body: object) => Promise<TrialAnswer<PastedExplanation>>;

/** Serves the endpoint alone: its session has tests of its own. */
async function createExplain({ site }: OpenTenant): Promise<Explain> {
  const router = Router();
  serveExplain(router, site);
  const app = express();
  app.use('/dashboard', router);
  app.use((error: unknown, _req: Request, res: Response, next: NextFunction) => {
    const refusal = readRefusal(error);
    if (refusal === undefined) next(error);
    else res.status(refusal.statusCode).json(refusal);
  });
  const listener = await listen(['127.0.0.1'], 0, { option: '--port' });
  onTestFinished(() => listener.close());
  listener.serve(app);
  const ask = createAsk(`http://127.0.0.1:${listener.port}`);
  return (body) => ask<PastedExplanation>('POST', '/dashboard/explain', { body });
}

async function createBench(): Promise<{ open: OpenTenant; explain: Explain; token: string }> {
  const open = await openTenantForTest();
  const { body } = await requestMachineToken(open.ask);
  return { open, explain: await createExplain(open), token: body.access_token };
}

const findFailed = ({ body }: TrialAnswer<PastedExplanation>): SuggestedCheck | undefined =>
  body.checks.find(({ outcome }) => outcome === 'failed');

describe('POST /explain', () => {
  it('explains a token of this tenant by its own keys and clock', async () => {
    const { explain, token } = await createBench();
    const { status, body } = await explain({ token, audience });
    expect(status).toBe(200);
    expect(body).toMatchObject({ verdict: 'accepted', statusCode: 200, left_out: [] });
    expect(body.checks.every(({ outcome }) => outcome === 'passed')).toBe(true);
  });

  it('says which check an expired token fails, and the command that helps', async () => {
    const { open, explain, token } = await createBench();
    open.advance(27 * 3600 * 1000);
    const answer = await explain({ token, audience });
    expect(answer.body).toMatchObject({ verdict: 'refused', statusCode: 401, reason: 'token_expired' });
    expect(findFailed(answer)).toMatchObject({
      name: 'expiry',
      found: '2026-11-26T12:00:00Z, 3 hours ago',
      command: fixToken(audience),
    });
  });

  it('reads a whole header that a terminal has broken, and says what it left out', async () => {
    const { explain, token } = await createBench();
    const pasted = `Authorization: Bearer ${token.slice(0, 80)}\n${token.slice(80)}\n`;
    const { body } = await explain({ token: pasted, audience });
    expect(body.verdict).toBe('accepted');
    expect(body.left_out).toEqual([
      'white space around it',
      'the name of the header',
      'the scheme Bearer',
      'line breaks in it',
    ]);
  });

  it('sees a key that was revoked a moment ago', async () => {
    const { open, explain, token } = await createBench();
    const [current] = open.tenant.store.signingKeys.list().filter(({ state }) => state === 'current');
    await rotateSigningKeys(open.tenant);
    expect((await explain({ token, audience })).body.verdict).toBe('accepted');
    await revokeSigningKey(open.tenant, current?.kid ?? '');
    const failed = findFailed(await explain({ token, audience }));
    expect(failed).toMatchObject({ name: 'key', found: current?.kid, command: fixToken(audience) });
    expect(failed?.expected).not.toContain(current?.kid);
  });

  it('judges by another issuer of the tenant if it is asked to', async () => {
    const { open, explain, token } = await createBench();
    const issuer = 'https://localhost:4443/';
    expect(findFailed(await explain({ token, audience, issuer }))).toMatchObject({
      name: 'issuer',
      expected: issuer,
      found: open.site.issuer,
    });
  });

  it('names what gives the application or the user the scopes that are missing', async () => {
    const { open, explain, token } = await createBench();
    const [grant] = open.tenant.store.clientGrants.list();
    const ask = async (accessToken: string, scopes: string[]): Promise<string | undefined> =>
      findFailed(await explain({ token: accessToken, audience, scopes }))?.command;
    expect(await ask(token, ['read:messages', 'read:admin'])).toBe(
      fixGrantedScopes(grant?.id ?? '', ['read:messages', 'write:messages', 'read:admin']),
    );
    expect(await ask(token, ['no:such'])).toBe(
      fixApiScopes(audience, ['read:messages', 'write:messages', 'read:admin', 'no:such']),
    );
    const { body } = await requestPasswordToken(open.ask, { scope: 'openid read:messages' });
    expect(await ask(body.access_token, ['read:admin'])).toBe(fixToken(audience));
    expect(await ask(body.access_token, ['openid', 'read:admin'])).toBe(fixToken(audience));
  });

  it('expects the algorithm of the API, and never a symmetric one', async () => {
    const { open, explain, token } = await createBench();
    const [own, shared] = ['urn:pss', 'urn:hmac'];
    createApi(open.tenant, { identifier: own, signing_alg: 'PS256' });
    createApi(open.tenant, { identifier: shared, signing_alg: 'HS256' });
    expect(findFailed(await explain({ token, audience: own }))).toMatchObject({
      name: 'algorithm',
      expected: 'PS256',
    });
    const [header, ...rest] = token.split('.');
    const hmac = Buffer.from(JSON.stringify({ ...decode(header), alg: 'HS256' })).toString('base64url');
    expect(findFailed(await explain({ token: [hmac, ...rest].join('.'), audience: shared }))).toMatchObject({
      name: 'algorithm',
      expected: 'RS256',
      command: fixSigningAlgorithm(shared, 'RS256'),
    });
  });

  it('knows the Management API by the name that each issuer gives it', async () => {
    const { open, explain, token } = await createBench();
    const { issuer } = open.site;
    expect(findFailed(await explain({ token, audience: 'https://localhost:4443/api/v2/' }))).toMatchObject({
      name: 'audience',
      expected: `${issuer}api/v2/`,
    });
  });

  it.each([
    [{ audience: 'urn:nothing' }, 404, "There is no API with the identifier 'urn:nothing'"],
    [{ issuer: 'https://elsewhere.example.com/' }, 400, 'Its issuers are http://localhost:'],
    [{ scopes: ['two words'] }, 400, 'A scope has no spaces'],
    [{ scopes: 'read:messages' }, 400, 'Expected type array'],
    [{ token: 7 }, 400, 'Expected type string but found type integer'],
    [{ audience: undefined }, 400, 'Missing required property: audience'],
    [{ more: 1 }, 400, 'Additional properties not allowed: more'],
  ])('refuses %j', async (change, status, message) => {
    const { explain } = await createBench();
    const answer = await explain({ token: 'a.b.c', audience, ...change });
    expect(answer).toMatchObject({ status, body: { message: expect.stringContaining(message) } });
  });
});

describe('what was pasted', () => {
  afterEach(() => void vi.restoreAllMocks());

  it('is in no log, on no output and in no file of the store', async () => {
    const folder = createTemporaryFolder();
    const open = await openTenant(trialSeed, openStore(join(folder, 'tenant.db')));
    onTestFinished(() => open.close());
    const written: string[] = [];
    for (const stream of [process.stdout, process.stderr]) {
      vi.spyOn(stream, 'write').mockImplementation((chunk) => written.push(String(chunk)) > 0);
    }
    const explain = await createExplain(open);
    const { body } = await requestMachineToken(open.ask);
    const tampered = body.access_token.replace(/.{8}$/, 'AAAAAAAA');
    const pasted = [body.access_token, `Bearer ${tampered}`, 'opaque-and-secret', `${tampered}.more`];
    for (const token of pasted) expect((await explain({ token, audience })).status).toBe(200);
    await explain({ token: tampered, audience: 'urn:nothing' });

    const kept = [JSON.stringify(open.tenant.log.list()), ...written, ...readFiles(folder)];
    expect(kept.join('')).toContain('machine-client');
    for (const secret of [
      ...body.access_token.split('.'),
      tampered.split('.')[2] ?? '',
      'opaque-and-secret',
    ]) {
      expect(secret.length).toBeGreaterThan(10);
      expect(kept.filter((text) => text.includes(secret))).toEqual([]);
    }
  });
});

function readFiles(folder: string): string[] {
  return readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'));
}

function decode(part = ''): object {
  return JSON.parse(Buffer.from(part, 'base64url').toString()) as object;
}
