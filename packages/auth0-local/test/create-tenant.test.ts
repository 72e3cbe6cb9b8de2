import { createTenant, ListenError, StoreError, type RunningTenant, type TenantOptions } from 'auth0-local';
import { once } from 'node:events';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTemporaryFolder } from './support/temporary-folder.js';
import { trialSeed } from './support/trial-tenant.js';

async function start(options: TenantOptions): Promise<RunningTenant> {
  const tenant = await createTenant({ port: 0, httpsPort: 0, ...options });
  onTestFinished(() => tenant.close());
  return tenant;
}

async function readKids({ domain }: RunningTenant): Promise<string[]> {
  const response = await fetch(`${domain}/.well-known/jwks.json`);
  const { keys } = (await response.json()) as { keys: { kid: string }[] };
  return keys.map(({ kid }) => kid);
}

async function readSecurely({ urls, ca }: RunningTenant, path: string): Promise<unknown> {
  const [response] = (await once(get(`${urls.https}${path}`, { ca }), 'response')) as [IncomingMessage];
  return json(response);
}

describe('createTenant', () => {
  it('keeps ids, secrets and keys over a restart', async () => {
    const dataDir = createTemporaryFolder();
    const first = await start({ dataDir, seed: trialSeed });
    const before = { state: first.export(), kids: await readKids(first), ca: first.ca };
    await first.close();
    const second = await start({ dataDir });
    expect({ state: second.export(), kids: await readKids(second), ca: second.ca }).toEqual(before);
    expect(before.state.clients?.length).toBe(4);
    expect(before.kids.length).toBe(2);
  });

  it('keeps its state where only the owner can read it', async () => {
    const dataDir = join(createTemporaryFolder(), 'state');
    await start({ dataDir, seed: trialSeed });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    for (const name of readdirSync(dataDir)) {
      expect([name, statSync(join(dataDir, name)).mode & 0o777]).toEqual([name, 0o600]);
    }
  });

  it('lets the Management API follow to other ports, with the grants for it', async () => {
    const dataDir = createTemporaryFolder();
    const first = await start({ dataDir, seed: trialSeed });
    const identifier = `${first.issuer}api/v2/`;
    await first.seed({
      clientGrants: [{ client_id: 'machine-client', audience: identifier, scope: ['read:users'] }],
    });
    await first.close();
    const second = await start({ dataDir });
    const audience = `${second.issuer}api/v2/`;
    expect(audience).not.toBe(identifier);
    const request = {
      grant_type: 'client_credentials',
      audience,
      client_id: 'machine-client',
      client_secret: 'machine-secret',
    };
    const response = await fetch(`${second.domain}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams(request),
    });
    expect(await response.json()).toMatchObject({ scope: 'read:users' });
  });

  it('is a new one after a reset, with the same certificate authority', async () => {
    const dataDir = createTemporaryFolder();
    const tenant = await start({ dataDir, seed: trialSeed });
    const { ca } = tenant;
    const kids = await readKids(tenant);
    await tenant.reset();
    expect(tenant.export()).toEqual({
      resourceServers: [],
      clients: [],
      clientGrants: [],
      roles: [],
      users: [],
      claims: {},
    });
    const renewed = await readKids(tenant);
    expect(renewed.filter((kid) => kids.includes(kid))).toEqual([]);
    expect(renewed.length).toBe(2);
    expect(tenant.ca).toBe(ca);
  });

  it('writes nothing when it is ephemeral', async () => {
    const folder = createTemporaryFolder();
    const before = process.cwd();
    process.chdir(folder);
    onTestFinished(() => process.chdir(before));
    const tenant = await start({ ephemeral: true, seed: trialSeed });
    expect(tenant.export().users?.length).toBe(2);
    await tenant.close();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('keeps two tenants apart', async () => {
    const [first, second] = await Promise.all([start({ ephemeral: true }), start({ ephemeral: true })]);
    await first.seed({ resourceServers: [{ identifier: 'https://a.example' }] });
    expect(second.export().resourceServers).toEqual([]);
    expect(await readKids(first)).not.toEqual(await readKids(second));
  });

  it('names on each listener that listener as the issuer', async () => {
    const tenant = await start({ ephemeral: true });
    const path = '/.well-known/openid-configuration';
    const plain = await (await fetch(`${tenant.domain}${path}`)).json();
    expect(plain).toMatchObject({
      issuer: `${tenant.urls.http}/`,
      jwks_uri: `${tenant.urls.http}/.well-known/jwks.json`,
    });
    expect(await readSecurely(tenant, path)).toMatchObject({
      issuer: `${tenant.urls.https}/`,
      token_endpoint: `${tenant.urls.https}/oauth/token`,
    });
  });

  it('names one issuer on both listeners when it is told which', async () => {
    const tenant = await start({ ephemeral: true, issuer: 'https://tenant.test:4443' });
    const path = '/.well-known/openid-configuration';
    for (const metadata of [
      await (await fetch(`${tenant.domain}${path}`)).json(),
      await readSecurely(tenant, path),
    ]) {
      expect(metadata).toMatchObject({
        issuer: 'https://tenant.test:4443/',
        token_endpoint: 'https://tenant.test:4443/oauth/token',
      });
    }
  });

  it('answers on IPv4 and IPv6, and on no other address', async () => {
    const tenant = await start({ ephemeral: true });
    const { port } = new URL(tenant.domain);
    const status = async (host: string): Promise<number | string> =>
      fetch(`http://${host}:${port}/nothing`).then(
        (response) => response.status,
        (error: Error) => (error.cause as NodeJS.ErrnoException).code ?? 'failed',
      );
    expect(await status('127.0.0.1')).toBe(404);
    expect(await status('[::1]')).toBe(404);
    // Another address of this machine, on which nobody listens.
    expect(await status('127.0.0.2')).toBe('ECONNREFUSED');
  });

  it('says which option gives another port, and leaves nothing running', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const dataDir = createTemporaryFolder();
    const taken = createTenant({ dataDir, port: 0, httpsPort: port });
    await expect(taken).rejects.toThrow(ListenError);
    await expect(taken).rejects.toThrow(`Port ${port} is taken. Choose another with --https-port`);
    blocker.close();
    await start({ dataDir });
  });

  it('refuses a data directory that is in use', async () => {
    const dataDir = createTemporaryFolder();
    await start({ dataDir });
    await expect(createTenant({ dataDir, port: 0, httpsPort: 0 })).rejects.toThrow(StoreError);
  });

  it('refuses a seed that is wrong, and says where', async () => {
    const seed = { resourceServers: [{ identifier: 'a' }, { identifier: 'b', scopes: [{}] }] };
    await expect(createTenant({ ephemeral: true, seed })).rejects.toThrow(
      "resourceServers[1]: Payload validation error: 'Missing required property: value' on property scopes[0].",
    );
  });

  it('settles when it is closed, however often', async () => {
    const tenant = await start({ ephemeral: true });
    await Promise.all([tenant.close(), tenant.close(), tenant.stopped]);
    await expect(fetch(tenant.domain)).rejects.toThrow('fetch failed');
  });

  it('tells its log to whoever follows, until they stop', async () => {
    const tenant = await start({ ephemeral: true });
    const types: string[] = [];
    const stop = tenant.onLog(({ type }) => types.push(type));
    const ask = (): Promise<Response> =>
      fetch(`${tenant.domain}/oauth/token`, {
        method: 'POST',
        body: new URLSearchParams({ grant_type: 'client_credentials', client_id: 'nobody', audience: 'x' }),
      });
    await ask();
    stop();
    await ask();
    expect(types).toEqual(['feccft']);
  });

  it('makes no data directory before the options are known to work', async () => {
    const dataDir = join(createTemporaryFolder(), 'state');
    await expect(createTenant({ dataDir, port: -1 })).rejects.toThrow("'port' is -1");
    expect(existsSync(dataDir)).toBe(false);
  });
});
