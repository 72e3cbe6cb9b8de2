import { resolve } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { isLoopbackHost } from '../src/is-loopback-host.js';
import { readTenantOptions, type TenantOptions } from '../src/options.js';

describe('readTenantOptions', () => {
  afterEach(() => vi.unstubAllEnvs());

  it('fills in what is left open', () => {
    expect(readTenantOptions({})).toEqual({
      dataDir: resolve('.auth0-local'),
      port: 4400,
      dashboard: 'loopback',
      httpsPort: 4443,
      hosts: ['127.0.0.1', '::1'],
      allowHosts: [],
      now: Date.now,
    });
  });

  it('takes free ports and no directory for a tenant in memory', () => {
    const { dataDir, port, httpsPort } = readTenantOptions({ ephemeral: true });
    expect({ dataDir, port, httpsPort }).toEqual({ dataDir: undefined, port: 0, httpsPort: 0 });
  });

  it.each<[string, TenantOptions | Record<string, unknown>, string]>([
    ['a name that is none', { ports: 1 }, "unknown option 'ports'"],
    ['a port that is none', { port: 65_536 }, "'port' is 65536"],
    ['half a port', { httpsPort: 1.5 }, "'httpsPort' is 1.5"],
    ['one port for two', { port: 4443 }, "'port' and 'httpsPort' are both 4443"],
    ['memory with a directory', { ephemeral: true, dataDir: 'a' }, 'Leave one of them out'],
    ['an issuer that is no URL', { issuer: 'tenant' }, 'https://tenant.test:4443'],
    ['an issuer with a path', { issuer: 'https://tenant.test/a' }, 'no origin'],
    ['an issuer with a query', { issuer: 'https://tenant.test/?a' }, 'no origin'],
    ['an issuer with credentials', { issuer: 'https://a:b@tenant.test' }, 'no origin'],
    ['a Dashboard for whom there is no word', { dashboard: 'all' }, 'loopback, anywhere, off'],
    ['plain http to another machine', { issuer: 'http://tenant.test' }, 'https://tenant.test:4443'],
  ])('refuses %s', (_what, options, message) => {
    expect(() => readTenantOptions(options as TenantOptions)).toThrow(message);
  });

  it.each([
    ['https://tenant.test', 'https://tenant.test/'],
    ['https://tenant.test:4443/', 'https://tenant.test:4443/'],
    ['http://localhost:4400', 'http://localhost:4400/'],
  ])('takes the issuer %s', (issuer, expected) => {
    expect(readTenantOptions({ issuer }).issuer).toBe(expected);
  });

  it('refuses production until it is told to go on', () => {
    vi.stubEnv('NODE_ENV', 'production');
    expect(() => readTenantOptions({})).toThrow('--allow-production');
    expect(readTenantOptions({ allowProduction: true }).port).toBe(4400);
  });
});

describe('isLoopbackHost', () => {
  it.each(['localhost', 'LOCALHOST', 'a.localhost', '127.0.0.1', '127.1.2.3', '[::1]'])(
    'knows %s',
    (host) => {
      expect(isLoopbackHost(host)).toBe(true);
    },
  );

  it.each([
    'example.com',
    'localhost.example.com',
    'notlocalhost',
    '128.0.0.1',
    '127.0.0.1.nip.io',
    '0.0.0.0',
    '',
  ])('does not take %s for this machine', (host) => {
    expect(isLoopbackHost(host)).toBe(false);
  });
});
