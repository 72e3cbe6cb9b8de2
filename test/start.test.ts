import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { closeListener, findFreePort, isFree, listenOn } from './support/free-port.js';
import { runNode, startNode } from './support/start-process.js';

const command = ['scripts/run.cjs', 'start'];
const hasIpv6 = await listenOn({ port: 0, host: '::1' })
  .then(closeListener)
  .then(
    () => true,
    () => false,
  );

/** Waits until no process of a group is left. */
async function untilGone(group: number): Promise<void> {
  await vi.waitFor(() => expect(() => process.kill(-group, 0)).toThrow('ESRCH'), { timeout: 20_000 });
}

async function readPorts(): Promise<{ PORT: string; TENANT_PORT: string }> {
  return { PORT: String(await findFreePort()), TENANT_PORT: String(await findFreePort()) };
}

describe('npm start', () => {
  it.each([
    { signal: 'SIGINT', to: 'the process', whole: 1 },
    { signal: 'SIGINT', to: 'its group, as Ctrl-C does', whole: -1 },
    { signal: 'SIGTERM', to: 'the process', whole: 1 },
    { signal: 'SIGHUP', to: 'its group, as a closed terminal does', whole: -1 },
  ] as const)('leaves nothing running after $signal to $to', async ({ signal, whole }) => {
    const ports = await readPorts();
    const demo = startNode(command, { env: ports, hasOwnGroup: true });
    await demo.waitFor('Ctrl-C stops');
    process.kill(whole * demo.pid, signal);
    expect(await demo.ended).toEqual({ code: 0, signal: null });
    expect(demo.stderr).toBe('');
    expect(await isFree(Number(ports.PORT))).toBe(true);
    expect(await isFree(Number(ports.TENANT_PORT))).toBe(true);
    await untilGone(demo.pid);
  });

  it('leaves nothing running when it is stopped before it is ready', async () => {
    const ports = await readPorts();
    const demo = startNode(command, { env: ports, hasOwnGroup: true });
    await demo.waitFor('Building');
    process.kill(-demo.pid, 'SIGINT');
    await demo.ended;
    await untilGone(demo.pid);
    expect(await isFree(Number(ports.PORT))).toBe(true);
    expect(await isFree(Number(ports.TENANT_PORT))).toBe(true);
  });

  it.each(
    ['PORT', 'TENANT_PORT'].flatMap((variable) =>
      [undefined, '127.0.0.1', ...(hasIpv6 ? ['::', '::1'] : [])].map((host) => ({ variable, host })),
    ),
  )('starts nothing where $variable is taken on $host', async ({ variable, host }) => {
    const ports: Record<string, string> = await readPorts();
    const port = Number(ports[variable]);
    const listener = await listenOn({
      port,
      ...(host !== undefined && { host, ipv6Only: host.includes(':') }),
    });
    const demo = await runNode(command, { env: ports });
    await closeListener(listener);
    expect(await demo.ended).toEqual({ code: 1, signal: null });
    expect(demo.stdout).toBe('');
    expect(demo.stderr).toBe(
      `Port ${port} is taken. Choose another with ${variable}, like ${variable}=${port + 1} npm start.
`,
    );
  });

  it('prints lines that can be pasted one by one, and says what each will answer', async () => {
    const demo = startNode(command, { env: await readPorts(), hasOwnGroup: true });
    await demo.waitFor('Ctrl-C stops');
    try {
      const lines = demo.stdout.split('\n');
      expect(lines.filter((line) => /curl/i.test(line) && !line.startsWith('curl '))).toEqual([]);
      let announced = '';
      const answers: { line: string; announced: string; answered: string }[] = [];
      for (const [index, line] of lines.entries()) {
        if (line.startsWith('curl ')) {
          expect(line).toMatch(
            /^curl -i http:\/\/localhost:\d+\/api\/[a-z/]+( -H "Authorization: Bearer [\w.-]+")?$/,
          );
          expect([lines[index - 1], lines[index + 1]]).toEqual(['', '']);
          const answered = execFileSync('sh', ['-c', line], {
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'ignore'],
          });
          answers.push({ line, announced, answered: /^HTTP\/1\.1 (\d+)/.exec(answered)?.[1] ?? '' });
        } else if (line !== '') announced = /: (\d{3})$/.exec(line)?.[1] ?? '';
      }
      expect(answers.map(({ answered }) => answered)).toEqual(answers.map(({ announced: said }) => said));
      expect(new Set(answers.map(({ announced: said }) => said))).toEqual(new Set(['200', '401', '403']));
      expect(answers).toHaveLength(10);
      expect(demo.stdout.match(/curl/gi)).toHaveLength(10);
    } finally {
      process.kill(-demo.pid, 'SIGTERM');
      await demo.ended;
    }
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT=abc is not a port. Give a number from 1 to 65535.\n'],
    [{ TENANT_PORT: '65536' }, 'TENANT_PORT=65536 is not a port. Give a number from 1 to 65535.\n'],
    [
      { PORT: '5000', TENANT_PORT: '5000' },
      'PORT and TENANT_PORT are both 5000. Give them different numbers.\n',
    ],
  ])('ends with one line for %j', async (environment, line) => {
    const demo = startNode(command, { env: environment });
    expect(await demo.ended).toEqual({ code: 1, signal: null });
    expect(demo.stderr).toBe(line);
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
    const demo = startNode(['-r', preload, ...command], { env: { PORT: 'abc' } });
    expect(await demo.ended).toEqual({ code: 1, signal: null });
    expect(demo.stderr).toBe(
      isTooOld
        ? `This project needs Node.js 20.19 or newer; this is ${version}.\n`
        : 'PORT=abc is not a port. Give a number from 1 to 65535.\n',
    );
    rmSync(folder, { recursive: true });
  });
});
