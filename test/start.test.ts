import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
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

interface DemoEnvironment extends Record<string, string> {
  readonly PORT: string;
  readonly TENANT_PORT: string;
  readonly TENANT_HTTPS_PORT: string;
}

/** Ports of its own for a demo, and folders for what it keeps. */
async function createEnvironment(): Promise<DemoEnvironment> {
  const folder = mkdtempSync(join(tmpdir(), 'demo-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return {
    PORT: String(await findFreePort()),
    TENANT_PORT: String(await findFreePort()),
    TENANT_HTTPS_PORT: String(await findFreePort()),
    TENANT_DATA_DIR: join(folder, 'state'),
    XDG_CONFIG_HOME: join(folder, 'config'),
  };
}

async function expectFree({ PORT, TENANT_PORT, TENANT_HTTPS_PORT }: DemoEnvironment): Promise<void> {
  for (const port of [PORT, TENANT_PORT, TENANT_HTTPS_PORT]) expect(await isFree(Number(port))).toBe(true);
}

describe('npm start', () => {
  it.each([
    { signal: 'SIGINT', to: 'the process', whole: 1 },
    { signal: 'SIGINT', to: 'its group, as Ctrl-C does', whole: -1 },
    { signal: 'SIGTERM', to: 'the process', whole: 1 },
    { signal: 'SIGHUP', to: 'its group, as a closed terminal does', whole: -1 },
  ] as const)('leaves nothing running after $signal to $to', async ({ signal, whole }) => {
    const ports = await createEnvironment();
    const demo = startNode(command, { env: ports, hasOwnGroup: true });
    await demo.waitFor('Ctrl-C stops');
    process.kill(whole * demo.pid, signal);
    expect(await demo.ended).toEqual({ code: 0, signal: null });
    expect(demo.stderr).toBe('');
    await expectFree(ports);
    await untilGone(demo.pid);
  });

  it('leaves nothing running when it is stopped before it is ready', async () => {
    const ports = await createEnvironment();
    const demo = startNode(command, { env: ports, hasOwnGroup: true });
    await demo.waitFor('Building');
    process.kill(-demo.pid, 'SIGINT');
    await demo.ended;
    await untilGone(demo.pid);
    await expectFree(ports);
  });

  it.each(
    ['PORT', 'TENANT_PORT', 'TENANT_HTTPS_PORT'].flatMap((variable) =>
      [undefined, '127.0.0.1', ...(hasIpv6 ? ['::', '::1'] : [])].map((host) => ({ variable, host })),
    ),
  )('starts nothing where $variable is taken on $host', async ({ variable, host }) => {
    const ports = await createEnvironment();
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
    const demo = startNode(command, { env: await createEnvironment(), hasOwnGroup: true });
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

  it('keeps what is in the tenant over a restart', async () => {
    const environment = await createEnvironment();
    const readSubjects = async (): Promise<string[]> => {
      const demo = startNode(command, { env: environment, hasOwnGroup: true });
      await demo.waitFor('Ctrl-C stops');
      process.kill(-demo.pid, 'SIGINT');
      await demo.ended;
      const tokens = [...demo.stdout.matchAll(/Bearer [\w-]+\.([\w-]+)/g)].map(([, payload = '']) => payload);
      return tokens.map((payload) => {
        const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as { sub: string };
        return claims.sub;
      });
    };
    const before = await readSubjects();
    expect(before).toHaveLength(8);
    expect(await readSubjects()).toEqual(before);
  });

  it.each([
    [{ PORT: 'abc' }, 'PORT=abc is not a port. Give a number from 1 to 65535.\n'],
    [{ TENANT_PORT: '65536' }, 'TENANT_PORT=65536 is not a port. Give a number from 1 to 65535.\n'],
    [
      { PORT: '5000', TENANT_PORT: '5000' },
      'PORT and TENANT_PORT are both 5000. Give them different numbers.\n',
    ],
    [
      { TENANT_PORT: '4443' },
      'TENANT_PORT and TENANT_HTTPS_PORT are both 4443. Give them different numbers.\n',
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
