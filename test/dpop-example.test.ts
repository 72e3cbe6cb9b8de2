import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startRedis, type RedisServer } from '../packages/auth0-api-js/test/support/redis-server.js';
import { addDpopExample, createConsumer, type Consumer } from './support/consumer.js';
import { dpopAudience, pageClientId, worker } from './support/dpop-example.js';
import { findFreePort } from './support/free-port.js';
import { startNode, type RunningProcess } from './support/start-process.js';

// docs/sender-constrained-tokens.md, step 4, in a folder that has installed the packages.
describe('examples/dpop, from tarballs', () => {
  let consumer: Consumer;
  let configFolder: string;
  const running: RunningProcess[] = [];
  let domain: string;

  /** Starts a program of the example and waits for what it says. */
  async function start(
    args: string[],
    text: (port: number) => string,
    variables: object = {},
  ): Promise<string> {
    const port = await findFreePort();
    const env = { XDG_CONFIG_HOME: configFolder, PORT: String(port), PAGE_PORT: String(port), ...variables };
    const process = startNode(args, { cwd: consumer.folder, env });
    running.push(process);
    await process.waitFor(text(port));
    return `http://localhost:${port}`;
  }
  const startApi = (variables: object = {}): Promise<string> =>
    start(['server.js'], (port) => `API server running at http://localhost:${port}\n`, variables);

  beforeAll(async () => {
    consumer = createConsumer('express');
    addDpopExample(consumer);
    configFolder = mkdtempSync(join(tmpdir(), 'auth0-config-'));
    const port = await findFreePort();
    domain = `http://localhost:${port}`;
    const options = ['--port', String(port), '--https-port', String(await findFreePort())];
    const command = ['node_modules/auth0-local/bin/auth0.js', 'local', 'start', '--seed', 'seed.json'];
    const tenant = startNode([...command, ...options], {
      cwd: consumer.folder,
      env: { XDG_CONFIG_HOME: configFolder },
    });
    running.push(tenant);
    await tenant.waitForError('Ctrl-C stops it');
    // The ports of the page and of the tests' tenant are all that differs from what a reader copies.
    const env = readFileSync(join(consumer.folder, '.env.example'), 'utf8');
    writeFileSync(join(consumer.folder, '.env'), env.replace('http://localhost:4400', domain));
  });

  afterAll(async () => {
    await Promise.all(running.map((process) => process.stop()));
    consumer.remove();
    rmSync(configFolder, { recursive: true, force: true });
  });

  const client = createDpopClient();

  /** A token that the tenant has bound to the client's key. */
  async function requestToken(): Promise<string> {
    const url = `${domain}/oauth/token`;
    const body = new URLSearchParams({ grant_type: 'client_credentials', audience: dpopAudience, ...worker });
    const ask = (nonce?: string): Promise<Response> => {
      const proof = { method: 'POST', url, ...(nonce !== undefined && { nonce }) };
      return fetch(url, { method: 'POST', body, headers: { dpop: client.proof(proof) } });
    };
    const first = await ask();
    const response = first.ok ? first : await ask(first.headers.get('dpop-nonce') ?? '');
    const { access_token, token_type } = (await response.json()) as Record<string, string>;
    expect(token_type).toBe('DPoP');
    return access_token ?? '';
  }

  it('answers the owner of a token once for each proof', async () => {
    const url = `${await startApi()}/api/private`;
    const headers = { ...client.headers({ url, accessToken: await requestToken() }) };
    const response = await fetch(url, { headers });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ key: client.thumbprint });
    expect((await fetch(url, { headers })).status).toBe(401);
  });

  it('lets pages of other origins send a proof, and read what the answer says to it', async () => {
    const url = `${await startApi()}/api/private`;
    const origin = 'http://localhost:3000';
    const { headers } = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization,dpop',
      },
    });
    expect(headers.get('access-control-allow-headers')).toBe('Authorization,Content-Type,DPoP');
    const answer = await fetch(url, { headers: { origin } });
    expect(answer.headers.get('access-control-expose-headers')).toBe('WWW-Authenticate,DPoP-Nonce');
  });

  it('serves a page that loads nothing from elsewhere', async () => {
    const url = await start(['page.js'], (port) => `Page at http://localhost:${port}\n`);
    const page = await fetch(url);
    expect(page.headers.get('content-security-policy')).toContain(
      `default-src 'self'; connect-src 'self' ${domain} http://localhost:3002; frame-src ${domain};`,
    );
    expect(await page.text()).not.toMatch(
      /<script(?! type="module" src="app\.js"><\/script>)|style=|https?:/,
    );
    expect(await (await fetch(`${url}/config.json`)).json()).toEqual({
      domain,
      audience: dpopAudience,
      clientId: pageClientId,
      api: 'http://localhost:3002',
    });
    const sdk = await fetch(`${url}/auth0-spa-js.js`);
    expect(sdk.headers.get('content-type')).toContain('javascript');
  });

  it('has no page without the variables of .env.example', async () => {
    const env = { DOTENV_CONFIG_PATH: '.env.missing', AUTH0_DOMAIN: domain, AUTH0_AUDIENCE: dpopAudience };
    const page = startNode(['page.js'], { cwd: consumer.folder, env: { ...env, PAGE_PORT: '0' } });
    running.push(page);
    expect(await page.ended).toMatchObject({ code: 1 });
    expect(page.stderr).toContain('copy .env.example to .env');
  });

  describe('two processes over one Redis', () => {
    let redis: RedisServer;
    beforeAll(async () => {
      redis = await startRedis();
    });
    afterAll(() => redis.stop());

    it('accept a proof once between them', async () => {
      const [here, there] = [
        await startApi({ REDIS_URL: redis.url }),
        await startApi({ REDIS_URL: redis.url }),
      ];
      const url = `${here}/api/private`;
      const headers = client.headers({ url, accessToken: await requestToken() });
      /** To whichever process, under the one name that clients know. */
      const statusAt = async (origin: string): Promise<number | undefined> => {
        const host = new URL(here).host;
        const sent = request(`${origin}/api/private`, { headers: { ...headers, host } }).end();
        const [response] = (await once(sent, 'response')) as [IncomingMessage];
        response.resume();
        return response.statusCode;
      };
      expect(await statusAt(there)).toBe(200);
      expect(await statusAt(here)).toBe(401);
      expect(await statusAt(there)).toBe(401);
    });
  });
});
