import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { createCommandRoom, type CommandRoom } from '../../support/run-command.js';
import { trialSeed } from '../../support/trial-tenant.js';

let room: CommandRoom;

beforeAll(() => {
  room = createCommandRoom();
});
afterAll(() => room.remove());

const freePorts = ['--port', '0', '--https-port', '0'];

/** Starts a tenant in the foreground and waits until it is ready. */
async function start(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): Promise<{ child: ChildProcessWithoutNullStreams; banner: string; name: string }> {
  mkdirSync(join(room.folder, folder), { recursive: true });
  const child = room.start(['local', 'start', ...freePorts, ...args], {
    cwd: join(room.folder, folder),
    env,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let banner = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (banner += text));
  while (!banner.includes('and why.')) await once(child.stderr, 'data');
  return { child, banner, name: /=== (localhost:\d+) started/.exec(banner)?.[1] ?? '' };
}

describe('auth0 local start', () => {
  it('says on stderr where the tenant is and what to do next, and keeps its state in .auth0-local', async () => {
    const { child, banner, name } = await start([], 'foreground');
    expect(banner).toContain(`Domain    http://${name}   (AUTH0_DOMAIN)`);
    expect(banner).toContain(`Dashboard http://${name}/dashboard\n`);
    expect(banner).toContain(
      'auth0 apis create --name "My Express API" --identifier https://my-express-api.example.com',
    );
    expect(statSync(join(room.folder, 'foreground/.auth0-local/tenant.db')).mode & 0o777).toBe(0o600);
    child.kill('SIGINT');
    expect(await once(child, 'exit')).toEqual([0, null]);
  });

  it.each([
    ['0.0.0.0', 'open to all who reach 0.0.0.0'],
    ['127.0.0.1', undefined],
  ])('says whether others on the network can read along with --host %s', async (host, said) => {
    const { banner } = await start(['--ephemeral', '--host', host], 'network');
    expect(/Network +(.*);/.exec(banner)?.[1]).toBe(said);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('stops at %s, and is forgotten', async (signal) => {
    const { child } = await start(['--ephemeral'], 'signals');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([0, null]);
    const { code, stderr } = await room.run(['local', 'status']);
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: "=== auth0 error\n\nNo tenant runs on this machine. Start one with 'auth0 local start'.\n",
    });
  });

  it('writes each refusal to stdout with the command that helps', async () => {
    const { child, name } = await start(['--ephemeral'], 'log');
    const answer = once(child.stdout.setEncoding('utf8'), 'data');
    await fetch(`http://${name}/oauth/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: 'nobody',
        client_secret: 'secret',
      }),
    });
    const [text] = (await answer) as [string];
    expect(text).toMatch(/^\d\d:\d\d:\d\d {2}✗ feccft .*\n( {20}.*\n)* {20}fix: auth0 apps /);
    expect(text).not.toContain('secret\n');
  });

  it('names the one issuer as the domain, also to commands in local exec', async () => {
    const { banner, name } = await start(['--ephemeral', '--issuer', 'https://tenant.test:7503'], 'issuer');
    expect(banner).toContain(
      '  Domain    https://tenant.test:7503   (AUTH0_DOMAIN)\n  HTTP      http://localhost:',
    );
    const { stdout } = await room.run([
      'local',
      'exec',
      '--tenant',
      name,
      '--',
      'sh',
      '-c',
      'echo $AUTH0_DOMAIN',
    ]);
    expect(stdout).toBe('tenant.test:7503\n');
  });

  it.each([
    ['npx', 'exec', 'npx auth0'],
    ['a script of a project', 'run-script', 'npx auth0'],
    ['a path of commands', '', 'auth0'],
  ])('names commands as whoever came by %s can run them', async (_way, command, name) => {
    const args = ['local', 'start', ...freePorts, '--ephemeral', '--detach'];
    const { stderr } = await room.run(args, { env: { npm_command: command } });
    expect(stderr).toContain(`\n  ${name} apis create --name`);
    await room.run(['local', 'stop', '--all']);
    const { banner } = await start(['--ephemeral'], 'names', { npm_command: command });
    expect(banner.includes('The commands there take npx before them.')).toBe(name === 'npx auth0');
  });

  it('writes nothing to the folder when it is ephemeral', async () => {
    await start(['--ephemeral'], 'nothing');
    expect(readdirSync(join(room.folder, 'nothing'))).toEqual([]);
  });

  it('creates what a seed names', async () => {
    writeFileSync(join(room.folder, 'seed.json'), JSON.stringify(trialSeed));
    const { name } = await start(['--ephemeral', '--seed', '../seed.json'], 'seeded');
    const { stdout } = await room.run(['apps', 'list', '--tenant', name, '--json']);
    expect(JSON.parse(stdout)).toHaveLength(4);
  });

  it('shows the same on a terminal', async () => {
    const cwd = join(room.folder, 'terminal');
    mkdirSync(cwd);
    const { code, screen } = await room.runOnTerminal(['local', 'start', ...freePorts], {
      cwd,
      answers: [{ after: 'and why.', keys: '\u0003' }],
    });
    expect(code).toBe(0);
    expect(screen).toMatch(/=== localhost:\d+ started/);
    expect(screen).toContain(`State     ${join(cwd, '.auth0-local')}`);
  });

  it.each<[string, string[], Record<string, string>, string]>([
    ['a seed that is not there', ['--seed', 'none.json'], {}, 'The seed none.json cannot be read (ENOENT).'],
    ['a seed that is no JSON', ['--seed', 'broken.json'], {}, 'The seed broken.json is no JSON: '],
    [
      'a seed that is wrong',
      ['--ephemeral', '--seed', 'wrong.json'],
      {},
      "ResourceServers[0]: Payload validation error: 'Missing required property: identifier'.",
    ],
    ['a port that is none', ['--port', '65536'], {}, '--port is a port from 0 to 65535, not "65536".'],
    ['production', [], { NODE_ENV: 'production' }, '--allow-production'],
    [
      'an issuer on another machine without TLS',
      ['--issuer', 'http://tenant.test'],
      {},
      'https://tenant.test:4443',
    ],
    ['an address of another machine', ['--ephemeral', '--host', '192.0.2.1'], {}, '--host 127.0.0.1.'],
    ['an unknown flag', ['--ports', '1'], {}, '(Did you mean --port?)'],
  ])('refuses %s with one sentence', async (_what, args, env, message) => {
    writeFileSync(join(room.folder, 'broken.json'), '{');
    writeFileSync(join(room.folder, 'wrong.json'), '{"resourceServers":[{}]}');
    const { code, stdout, stderr } = await room.run(['local', 'start', ...args], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^=== auth0 error\n\n/);
    expect(stderr.replaceAll('Did you mean --port?', '(Did you mean --port?)')).toContain(message);
    expect(existsSync(join(room.folder, '.auth0-local/tenant.db'))).toBe(false);
  });

  it('refuses a port that is taken, and names the option', async () => {
    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    onTestFinished(() => void blocker.close());
    const port = String((blocker.address() as AddressInfo).port);
    const { code, stderr } = await room.run(['local', 'start', '--ephemeral', '--port', port]);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `Port ${port} is taken. Choose another with --port, like --port ${Number(port) + 1}.`,
    );
  });

  it('refuses a data directory that is in use', async () => {
    await start([], 'busy');
    const { code, stderr } = await room.run(['local', 'start', ...freePorts], {
      cwd: join(room.folder, 'busy'),
    });
    expect(code).toBe(1);
    expect(stderr).toContain('is in use by another tenant. Stop that one (auth0 local stop)');
  });
});

describe('auth0 local start --detach', () => {
  it('returns when the tenant is ready, and says how to stop it', async () => {
    mkdirSync(join(room.folder, 'detached'), { mode: 0o755 });
    const { code, stdout, stderr } = await room.run([
      'local',
      'start',
      ...freePorts,
      '--detach',
      '--data-dir',
      'detached',
    ]);
    const name = /=== (localhost:\d+) started/.exec(stderr)?.[1] ?? '';
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(`Stop it with: auth0 local stop --tenant ${name}`);
    expect((await fetch(`http://${name}/.well-known/jwks.json`)).status).toBe(200);
    expect(statSync(join(room.folder, 'detached/output.log')).mode & 0o777).toBe(0o600);
    const stopped = await room.run(['local', 'stop', '--tenant', name]);
    expect(stopped).toEqual({ code: 0, stdout: '', stderr: `=== ${name} stopped\n\n` });
    await expect(fetch(`http://${name}/`)).rejects.toThrow('fetch failed');
  });

  it.each([
    ['goes on with the output that is there', 5_000_000, 5_000_000],
    ['starts anew where that is more than 5 MB', 5_000_001, 0],
  ])('%s', async (_what, size, left) => {
    const folder = join(room.folder, `output-${size}`);
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(folder, 'output.log'), 'x'.repeat(size), { mode: 0o600 });
    const { code } = await room.run(['local', 'start', ...freePorts, '--detach', '--data-dir', folder]);
    expect([code, statSync(join(folder, 'output.log')).size]).toEqual([0, left]);
    await room.run(['local', 'stop', '--all']);
  });

  it('writes its output into no file that others have chosen', async () => {
    const folder = join(room.folder, 'planted');
    mkdirSync(folder, { mode: 0o700 });
    writeFileSync(join(room.folder, 'precious'), 'precious', { mode: 0o600 });
    symlinkSync('../precious', join(folder, 'output.log'));
    const { code, stderr } = await room.run(['local', 'start', '--detach', '--data-dir', 'planted']);
    expect(code).toBe(1);
    expect(stderr).toContain("was not made by this user's tenant");
    expect(readFileSync(join(room.folder, 'precious'), 'utf8')).toBe('precious');
  });

  it('says why it did not start', async () => {
    const { code, stderr } = await room.run([
      'local',
      'start',
      '--detach',
      '--ephemeral',
      '--host',
      '192.0.2.1',
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain('This machine has no address 192.0.2.1.');
  });

  it('does the same on a terminal', async () => {
    const args = ['local', 'start', ...freePorts, '--detach', '--ephemeral'];
    const { code, screen } = await room.runOnTerminal(args);
    expect(code).toBe(0);
    const name = /=== (localhost:\d+) started/.exec(screen)?.[1] ?? '';
    const stopped = await room.runOnTerminal(['local', 'stop', '--tenant', name]);
    expect(stopped).toMatchObject({ code: 0, screen: expect.stringContaining(`=== ${name} stopped`) });
  });
});
