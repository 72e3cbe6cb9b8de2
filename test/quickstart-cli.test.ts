import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ask } from './support/ask.js';
import { addQuickstart, createConsumer, type Consumer } from './support/consumer.js';
import { findFreePort } from './support/free-port.js';
import { startNode, type RunningProcess } from './support/start-process.js';

const audience = 'https://my-express-api.example.com';

describe('the quickstart by the command line, from tarballs', () => {
  let consumer: Consumer;
  let configFolder: string;
  let tenant: RunningProcess;
  let ports: { tenant: number; tls: number; api: number };

  /** Runs the installed command as a reader does. */
  const auth0 = (...args: string[]): string =>
    execFileSync(join(consumer.folder, 'node_modules/.bin/auth0'), args, {
      cwd: consumer.folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, XDG_CONFIG_HOME: configFolder },
    });

  beforeAll(async () => {
    consumer = createConsumer('express');
    addQuickstart(consumer);
    configFolder = mkdtempSync(join(tmpdir(), 'auth0-config-'));
    ports = { tenant: await findFreePort(), tls: await findFreePort(), api: await findFreePort() };
    const options = ['--port', String(ports.tenant), '--https-port', String(ports.tls)];
    tenant = startNode(['node_modules/auth0-local/bin/auth0.js', 'local', 'start', ...options], {
      cwd: consumer.folder,
      env: { XDG_CONFIG_HOME: configFolder },
    });
    await tenant.waitForError('Ctrl-C stops it');
  });

  afterAll(async () => {
    await tenant.stop('SIGINT');
    consumer.remove();
    rmSync(configFolder, { recursive: true, force: true });
  });

  it('goes from nothing to 200', async () => {
    const created = auth0(
      'apis',
      'create',
      '--name',
      'My Express API',
      '--identifier',
      audience,
      '--no-input',
    );
    expect(created).toContain(audience);

    const domain = `http://localhost:${ports.tenant}`;
    writeFileSync(
      join(consumer.folder, '.env'),
      `AUTH0_DOMAIN=${domain}\nAUTH0_AUDIENCE=${audience}\nPORT=${ports.api}\n`,
    );
    const api = startNode(['--watch', 'server.js'], { cwd: consumer.folder });
    try {
      await api.waitFor(`API server running at http://localhost:${ports.api}`);
      const { access_token: token } = JSON.parse(
        auth0('test', 'token', '--identifier', audience, '--json', '--no-input'),
      ) as { access_token: string };

      expect(await ask(ports.api, '/api/public')).toMatchObject({ status: 200 });
      expect(await ask(ports.api, '/api/private')).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': 'Bearer' },
        body: '',
      });
      const answer = await ask(ports.api, '/api/private', { token });
      expect(answer.status).toBe(200);
      expect(JSON.parse(answer.body)).toMatchObject({ sub: expect.stringMatching(/^\w{32}@clients$/) });
      expect(await ask(ports.api, '/api/messages', { token })).toMatchObject({ status: 403 });
    } finally {
      // Not killed at once: the watcher must end the server it watches.
      await api.stop('SIGTERM');
    }
  });

  it('gives a token with a permission that was added, and 200 where it is asked for', async () => {
    auth0('apis', 'update', audience, '--scopes', 'read:messages', '--no-input');
    const { access_token: token, ...rest } = JSON.parse(
      auth0('test', 'token', '--identifier', audience, '--scopes', 'read:messages', '--json', '--no-input'),
    ) as { access_token: string };
    expect(rest).toMatchObject({ token_type: 'Bearer' });
    const [, payload = ''] = token.split('.');
    expect(JSON.parse(Buffer.from(payload, 'base64url').toString())).toMatchObject({
      scope: 'read:messages',
    });
  });
});
