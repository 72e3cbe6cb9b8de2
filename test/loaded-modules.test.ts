import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from './support/start-process.js';

const core = 'packages/auth0-api-js/dist/';

/** What only some users need, and what loads it then. A name that ends in a slash is a folder. */
const lazy: readonly (readonly [path: string, cause: string])[] = [
  ['keys/guarded-fetch.js', 'a function in domains'],
  ['keys/private-addresses.js', 'a function in domains'],
  ['keys/wait-until-usable.js', 'ready()'],
  ['keys/when-usable.js', 'ready()'],
  ['binding/replay/redis-store.js', 'a store of redisReplayStore()'],
  ['binding/replay/redis-commands.js', 'a store of redisReplayStore()'],
  ['binding/replay/redis-failure.js', 'a store of redisReplayStore()'],
  ['binding/replay/read-redis-reply.js', 'a store of redisReplayStore()'],
  ['binding/replay/write-counter.js', 'a store of redisReplayStore()'],
  ['explain/', 'the export explain'],
  ['testing/', 'the export testing'],
];

/** The modules of Node.js that are loaded with them. Express needs `node:http` itself. */
const lazyBuiltins = ['node:https', 'node:tls', 'node:dns', 'node:internal/mime'];

interface Coverage {
  readonly result: readonly { readonly url: string }[];
}

/** Runs a script in a new process, and lists what V8 saw there: URLs of files, and names of modules of Node.js. */
function listLoaded(script: string): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'loaded-modules-'));
  try {
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      cwd: root,
      env: { ...process.env, NODE_V8_COVERAGE: folder },
    });
    const reports = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
    return reports.flatMap((text) => (JSON.parse(text) as Coverage).result.map(({ url }) => url));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The Redis store is loaded for this client, whose every answer is that it cannot. */
const usesRedis = `import { redisReplayStore } from '@auth0/auth0-api-js';
const client = { call() {}, pipeline: () => ({ exec: async () => null }) };
const proof = { id: 'AAAA', lifetimeSeconds: 60, usableSince: 0 };
await redisReplayStore(client).register(proof).catch(() => {});`;

/** Asks for an issuer on this machine, whose address is refused before a connection is made. */
const usesDomains = `import { ApiClient } from '@auth0/auth0-api-js';
const iss = 'https://127.0.0.1/';
const client = new ApiClient({ domains: () => ['127.0.0.1'], audience: 'https://api.example.com', onEvent() {} });
const segment = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = [segment({ alg: 'RS256', typ: 'JWT', kid: 'a' }), segment({ iss }), 'AAAA'].join('.');
await client.verifyAccessToken({ accessToken: token }).catch(() => {});
client.close();`;

const usesReady = `import { ApiClient } from '@auth0/auth0-api-js';
const client = new ApiClient({ domain: '127.0.0.1:1', audience: 'https://api.example.com', onEvent() {} });
await client.ready({ timeoutSeconds: 0 }).catch(() => {});
client.close();`;

const imports = ['@auth0/auth0-api-js', '@auth0/auth0-api-js/adapter', '@auth0/auth0-express-api'];

describe.each(imports)('the import of %s', (name) => {
  let loaded: readonly string[];
  beforeAll(() => {
    loaded = listLoaded(`import '${name}';`);
  });

  it('loads what every API needs', () => {
    expect(loaded).toContain('node:crypto');
    expect(loaded.some((url) => url.endsWith(`${core}errors.js`))).toBe(true);
  });

  it.each(lazy)('does not load %s, which waits for %s', (path) => {
    expect(existsSync(join(root, core, path))).toBe(true);
    expect(loaded.filter((url) => url.includes(`${core}${path}`))).toEqual([]);
  });

  it.each(lazyBuiltins)('does not load %s', (builtin) => {
    expect(loaded).not.toContain(builtin);
  });
});

describe('what an import leaves out', () => {
  it.each([
    ['redisReplayStore()', usesRedis, 'binding/replay/redis-store.js'],
    ['a function in domains', usesDomains, 'keys/guarded-fetch.js'],
    ['ready()', usesReady, 'keys/wait-until-usable.js'],
  ])('is loaded at the first use of %s', (_what, script, path) => {
    expect(listLoaded(script).filter((url) => url.endsWith(`${core}${path}`))).toHaveLength(1);
  });
});
