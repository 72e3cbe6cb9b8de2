import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { ask, type Reply } from './support/ask.js';
import { findFreePort } from './support/free-port.js';
import { createLoopbackIssuer, issuerDocuments, sendJson } from './support/loopback-issuer.js';
import { expectBareChallenge, expectOutage, expectResponseTable } from './support/response-table.js';
import { expressVersions, launchApi, startApi } from './support/start-api.js';

const metadataPath = '/.well-known/openid-configuration';

/** What an issuer can get wrong, and what the operator reads about it behind the address. */
const faults: readonly { name: string; says: RegExp; answer: (issuer: string) => RequestListener }[] = [
  {
    name: 'names another issuer in its metadata',
    says: /configuration names the issuer "https:\/\/other\.example\/", not "http:\/\/127\.0\.0\.1:\d+\/"\. Set the domain \(AUTH0_DOMAIN\) to the one it names\./,
    answer: (issuer) => (_req, res) =>
      sendJson(res, { issuer: 'https://other.example/', jwks_uri: `${issuer}keys` }),
  },
  {
    name: 'answers with 500',
    says: /configuration answered with status 500 instead of 200\. It fails by itself: look at the state of the issuer\./,
    answer: () => (_req, res) => sendJson(res, { error: 'server_error' }, 500),
  },
  {
    name: 'answers with a page',
    says: /configuration answered with something that is not JSON\. Check the domain \(AUTH0_DOMAIN\)/,
    answer: () => (_req, res) => res.setHeader('content-type', 'text/html').end('<!doctype html><p>Hello'),
  },
  {
    name: 'redirects',
    says: /configuration answered with status 302 instead of 200\. Redirects are not followed/,
    answer: (issuer) => (_req, res) => res.writeHead(302, { location: `${issuer}elsewhere` }).end(),
  },
  {
    name: 'has no keys',
    says: /keys holds no key that can be used\. It must be a JWK Set with 1 to 100 public signature keys\./,
    answer: (issuer) => (req, res) =>
      sendJson(res, req.url === metadataPath ? issuerDocuments(issuer)[metadataPath] : { keys: [] }),
  },
  {
    name: 'breaks connections off',
    says: /configuration could not be fetched \((UND_ERR_SOCKET|ECONNRESET)\)\. Check the domain/,
    answer: () => (req) => req.socket.destroy(),
  },
];

describe.concurrent.each(expressVersions)('an outage on %s', (express) => {
  it.each(faults)(
    'is what it is when the issuer $name, and it ends with the fault',
    async ({ says, answer }) => {
      const issuer = await createLoopbackIssuer();
      const { port, process } = await startApi({ domain: issuer.domain, audience: issuer.audience, express });
      const token = issuer.token();
      const get = (): Promise<Reply> => ask(port, '/api/private', { token });
      try {
        issuer.misbehave(answer(issuer.issuer));
        for (let request = 0; request < 20; request++) expectOutage(await get());
        const asked = issuer.requests;
        const isAskedAgain = async (): Promise<void> => {
          expectOutage(await get());
          expect(issuer.requests).toBeGreaterThan(asked);
        };
        await vi.waitFor(isAskedAgain, { timeout: 15_000, interval: 50 });
        expect((await ask(port, '/api/public', { token })).status).toBe(200);
        expectBareChallenge(await ask(port, '/api/private'));

        const [line, ...more] = process.stderr.split('\n');
        expect(more).toEqual(['']);
        expect(line).toMatch(/^\[auth0-api\] http:\/\/127\.0\.0\.1:\d+\//);
        expect(line).toMatch(says);
        expect(line).toMatch(
          /Protected routes answer 503 while its keys are not in memory; public routes are not affected\.$/,
        );

        issuer.misbehave();
        const isWell = async (): Promise<void> => expect((await get()).status).toBe(200);
        await vi.waitFor(isWell, { timeout: 20_000, interval: 50 });
        await expectResponseTable(port, issuer);
        await process.stop('SIGTERM');
        expect(process.stderr).toBe(`${line}\n[auth0-api] ${issuer.issuer} answers again.\n`);
      } finally {
        await process.stop();
        await issuer.close();
      }
    },
  );

  it('is what it is when the domain does not resolve', async () => {
    const issuer = await createLoopbackIssuer();
    const domain = 'nowhere.invalid';
    const { port, process } = await startApi({ domain, audience: issuer.audience, express });
    const token = issuer.token({ iss: `https://${domain}/` });
    try {
      for (let request = 0; request < 20; request++) expectOutage(await ask(port, '/api/private', { token }));
      expect((await ask(port, '/api/public')).status).toBe(200);
      expectBareChallenge(await ask(port, '/api/private'));
      await process.stop('SIGTERM');
      expect(process.stderr).toMatch(
        /^\[auth0-api\] https:\/\/nowhere\.invalid\/\.well-known\/openid-configuration could not be fetched \((ENOTFOUND|EAI_AGAIN)\)\. Check .*domain.*Protected routes answer 503.*\n$/,
      );
    } finally {
      await process.stop();
      await issuer.close();
    }
  });
});

describe('a hanging issuer', () => {
  it('is asked once for many requests, and given up after 5 s', async () => {
    const issuer = await createLoopbackIssuer();
    const api = await startApi({ domain: issuer.domain, audience: issuer.audience });
    try {
      issuer.misbehave(() => {});
      const token = issuer.token();
      const replies = await Promise.all(
        Array.from({ length: 20 }, () => ask(api.port, '/api/private', { token })),
      );
      replies.forEach(expectOutage);
      expect(issuer.requests).toBe(1);
      expect((await ask(api.port, '/api/public')).status).toBe(200);
      expectBareChallenge(await ask(api.port, '/api/private'));
      expect(api.process.stderr).toMatch(
        /^\[auth0-api\] .*could not be fetched \(no complete answer within 5 s\).*Protected routes answer 503.*\n$/,
      );
    } finally {
      await api.process.stop();
      await issuer.close();
    }
  });
});

describe('the file .env', () => {
  it('is read from the folder the server is started in', async () => {
    const issuer = await createLoopbackIssuer();
    const folder = mkdtempSync(join(tmpdir(), 'env-'));
    writeFileSync(join(folder, '.env'), `AUTH0_DOMAIN=${issuer.domain}\nAUTH0_AUDIENCE=${issuer.audience}\n`);
    const port = await findFreePort();
    const process = launchApi(port, {}, { cwd: folder, env: { DOTENV_CONFIG_PATH: undefined } });
    try {
      await process.waitFor('API server running');
      await expectResponseTable(port, issuer);
    } finally {
      await process.stop();
      await issuer.close();
      rmSync(folder, { recursive: true });
    }
  });
});

describe('without AUTH0_DOMAIN or AUTH0_AUDIENCE', () => {
  it.each([
    {},
    { domain: 'tenant.example.com' },
    { audience: 'https://api.example.com' },
    { domain: '', audience: '' },
  ])('the process ends at start with one message that says what to do: %j', async (settings) => {
    const process = launchApi(await findFreePort(), settings);
    expect(await process.ended).toEqual({ code: 1, signal: null });
    expect(process.stdout).toBe('');
    const messages = process.stderr.split('\n').filter((line) => line.includes('AUTH0_'));
    expect(messages).toEqual([expect.stringMatching(/^InvalidConfigurationError: /)]);
    for (const part of ['AUTH0_DOMAIN', 'AUTH0_AUDIENCE', '.env', "import 'dotenv/config'"]) {
      expect(messages[0]).toContain(part);
    }
  });
});
