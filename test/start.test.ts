import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from './support/consumer.js';
import { findFreePort, startNode } from './support/process.js';

const command = ['scripts/run.cjs', 'start'];

async function isFree(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}/`).then(
    () => false,
    () => true,
  );
}

/** Runs a line as a reader would who pastes it. */
function runLine(line: string): string {
  return execFileSync('sh', ['-c', `${line} -s`], { encoding: 'utf8' });
}

describe('npm start', () => {
  it('prints lines that work, and leaves nothing running after Ctrl-C', async () => {
    const [port, tenantPort] = [await findFreePort(), await findFreePort()];
    const demo = startNode(command, root, { PORT: String(port), TENANT_PORT: String(tenantPort) });
    await expect.poll(() => demo.stdout(), { timeout: 60_000 }).toContain('Ctrl-C stops');

    const lines = demo.stdout().split('\n');
    const pasted = lines.filter((line) => line.startsWith('curl '));
    expect(pasted).toHaveLength(10);
    expect(demo.stdout().match(/curl/g)).toHaveLength(10);
    let announced = 0;
    const statuses: [number, number][] = [];
    for (const line of lines) {
      announced = Number(/: (\d{3})$/.exec(line)?.[1] ?? announced);
      if (!line.startsWith('curl ')) continue;
      expect(line).not.toMatch(/[|#;]/);
      statuses.push([announced, Number(runLine(line).slice(9, 12))]);
    }
    expect(statuses.map(([expected]) => expected)).toEqual(statuses.map(([, found]) => found));

    expect(await demo.stop('SIGINT')).toBe(0);
    expect([await isFree(port), await isFree(tenantPort)]).toEqual([true, true]);
    expect(demo.stderr()).toBe('');
  });

  it.each([
    ['PORT', undefined],
    ['PORT', '127.0.0.1'],
    ['TENANT_PORT', undefined],
    ['TENANT_PORT', '127.0.0.1'],
  ])('ends with one line when %s is taken (%s)', async (variable, host) => {
    const taken = createServer().listen(0, host);
    await once(taken, 'listening');
    const port = (taken.address() as { port: number }).port;
    const demo = startNode(command, root, {
      PORT: String(await findFreePort()),
      TENANT_PORT: String(await findFreePort()),
      [variable]: String(port),
    });
    expect(await demo.ended()).toBe(1);
    expect(demo.stderr()).toBe(
      `Port ${port} is taken. Choose another with ${variable}, like ${variable}=${port + 1} npm start.\n`,
    );
    expect(demo.stdout()).toBe('');
    taken.close();
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT=abc is not a port. Give a number from 1 to 65535.\n'],
    [{ TENANT_PORT: '65536' }, 'TENANT_PORT=65536 is not a port. Give a number from 1 to 65535.\n'],
    [
      { PORT: '5000', TENANT_PORT: '5000' },
      'PORT and TENANT_PORT are both 5000. Give them different numbers.\n',
    ],
  ])('ends with one line for %j', async (environment, line) => {
    const demo = startNode(command, root, environment);
    expect(await demo.ended()).toBe(1);
    expect(demo.stderr()).toBe(line);
  });

  it.each([
    ['18.20.0', true],
    ['20.18.3', true],
    ['20.19.0', false],
  ])('says with one line whether Node.js %s is too old', async (version, isTooOld) => {
    const folder = mkdtempSync(join(tmpdir(), 'old-node-'));
    const preload = join(folder, 'preload.cjs');
    writeFileSync(
      preload,
      `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } });`,
    );
    const demo = startNode(['-r', preload, ...command], root, { PORT: 'abc' });
    expect(await demo.ended()).toBe(1);
    expect(demo.stderr()).toBe(
      isTooOld
        ? `This project needs Node.js 20.19 or newer; this is ${version}.\n`
        : 'PORT=abc is not a port. Give a number from 1 to 65535.\n',
    );
    rmSync(folder, { recursive: true });
  });
});
