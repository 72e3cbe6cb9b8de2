import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTemporaryFolder } from '../support/temporary-folder.js';

const script = fileURLToPath(new URL('../support/serve-state.mjs', import.meta.url));
const kills = 50;
const writers = 8;

/** What is written, and under which name it is found again. */
const kinds = [
  { path: 'resource-servers', create: (name: string) => ({ identifier: name }), key: 'identifier' },
  { path: 'clients', create: (name: string) => ({ name }), key: 'name' },
  { path: 'roles', create: (name: string) => ({ name }), key: 'name' },
] as const;

interface Served {
  readonly process: ChildProcess;
  readonly ended: Promise<unknown>;
  readonly ask: (method: string, path: string, body?: unknown) => Promise<Response>;
}

async function serve(folder: string): Promise<Served> {
  const child = fork(script, [folder], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  const ended = once(child, 'exit');
  const [{ domain, token }] = (await once(child, 'message')) as [{ domain: string; token: string }];
  return {
    process: child,
    ended,
    ask: (method, path, body) =>
      fetch(`${domain}/api/v2/${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
  };
}

/** Every name the tenant has of a kind. */
async function readNames({ ask }: Served, { path, key }: (typeof kinds)[number]): Promise<string[]> {
  const names: string[] = [];
  for (let page = 0; ; page++) {
    const response = await ask('GET', `${path}?page=${page}&per_page=100`);
    const items = (await response.json()) as Record<string, string>[];
    names.push(...items.map((item) => item[key] ?? ''));
    if (items.length < 100) return names;
  }
}

describe('kill -9', () => {
  it(`${kills} times during writes loses no write that was acknowledged`, { timeout: 300_000 }, async () => {
    const folder = createTemporaryFolder();
    const acknowledged = new Map<string, Set<string>>(kinds.map(({ path }) => [path, new Set()]));
    let inFlightAtKill = 0;
    let count = 0;
    for (let round = 0; round < kills; round++) {
      const served = await serve(folder);
      for (const kind of kinds) {
        const found = new Set(await readNames(served, kind));
        const lost = [...(acknowledged.get(kind.path) ?? [])].filter((name) => !found.has(name));
        expect(lost).toEqual([]);
      }
      let left = 5 + ((round * 7) % 30);
      const write = async (): Promise<void> => {
        while (left > 0) {
          const kind = kinds[count % kinds.length] ?? kinds[0];
          const name = `write-${count++}`;
          inFlightAtKill += 1;
          const response = await served.ask('POST', kind.path, kind.create(name)).catch(() => undefined);
          if (response === undefined) return;
          if (response.ok) acknowledged.get(kind.path)?.add(name);
          inFlightAtKill -= 1;
          left -= 1;
          if (left === 0) served.process.kill('SIGKILL');
        }
      };
      await Promise.all(Array.from({ length: writers }, write));
      await served.ended;
    }
    const total = [...acknowledged.values()].reduce((sum, { size }) => sum + size, 0);
    expect(total).toBeGreaterThan(kills * 5);
    // That the kills came in the middle of something: requests were open that were never answered.
    expect(inFlightAtKill).toBeGreaterThan(kills);
  });
});
