import { closeSync, openSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { decodeJwt } from 'jose';
import {
  createCommandRoom,
  createTenantRoom,
  enter,
  executable,
  type TenantRoom,
} from '../../support/run-command.js';

let room: TenantRoom;

beforeEach(async () => {
  room = await createTenantRoom();
  return () => room.close();
});

async function requestToken(client = 'stranger'): Promise<void> {
  await room.ask('POST', '/oauth/token', {
    body: {
      grant_type: 'client_credentials',
      client_id: `${client}-client`,
      client_secret: `${client}-secret`,
      audience: 'https://my-express-api.example.com',
    },
  });
}

describe('auth0 local status', () => {
  it('shows the tenant, piped and on a terminal', async () => {
    const { code, stdout, stderr } = await room.run(['local', 'status']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} status\n\n` });
    expect(stdout).toMatch(new RegExp(`^DOMAIN +http://${room.name}\n`));
    expect(stdout).toMatch(/STATE +in memory\n/);
    expect(stdout).toMatch(/APPLICATIONS +4\n/);
    const terminal = await room.runOnTerminal(['local', 'status']);
    expect(terminal.code).toBe(0);
    expect(terminal.screen).toContain(stdout.split('\n')[0]);
  });

  it('is JSON, too', async () => {
    const { stdout } = await room.run(['local', 'status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ domain: room.tenant.domain, pid: process.pid, users: 2 });
  });
});

describe('auth0 local logs', () => {
  it('shows what happened, newest last, and the command that helps', async () => {
    await requestToken('machine');
    await requestToken();
    const { code, stdout } = await room.run(['local', 'logs']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /✓ seccft [^✗]*✗ feccft [\s\S]*fix: auth0 client-grants create --client-id stranger-client/,
    );
    const terminal = await room.runOnTerminal(['local', 'logs', '--number', '1'], { columns: 200 });
    expect(terminal.screen).toContain('✗ feccft');
    expect(terminal.screen).not.toContain('✓ seccft');
  });

  it('is an object a line with --json', async () => {
    await requestToken();
    const { stdout } = await room.run(['local', 'logs', '--json']);
    expect(JSON.parse(stdout.trim())).toMatchObject({ type: 'feccft', client_id: 'stranger-client' });
  });

  it('goes on until the tenant stops with --follow', async () => {
    const child = room.start(['local', 'logs', '--follow']);
    onTestFinished(() => void child.kill('SIGKILL'));
    await requestToken();
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    let notes = '';
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (notes += chunk));
    while (!text.includes('✗ feccft')) await once(child.stdout, 'data');
    await requestToken('machine');
    while (!text.includes('✓ seccft')) await once(child.stdout, 'data');
    const exit = once(child, 'close');
    await room.tenant.close();
    expect(await exit).toEqual([0, null]);
    expect(notes).toBe('The tenant has stopped.\n');
  });

  it.each(['0', '1001', 'x'])('refuses --number %s', async (number) => {
    const { code, stderr } = await room.run(['local', 'logs', '--number', number]);
    expect(code).toBe(1);
    expect(stderr).toContain('Number flag invalid, please pass a number between 1 and 1000.');
  });
});

describe('auth0 local export', () => {
  it('writes a seed to stdout, or to a file that only its owner can read', async () => {
    const { code, stdout, stderr } = await room.run(['local', 'export']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(JSON.stringify(room.tenant.export())));
    const toFile = await room.run(['local', 'export', '--output', 'seed.json']);
    expect(toFile).toEqual({ code: 0, stdout: '', stderr: `=== ${room.name} exported to seed.json\n\n` });
    const file = join(room.folder, 'seed.json');
    expect([readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([stdout, 0o600]);
  });

  it('closes a file that others could read before, and writes nothing to who has it open', async () => {
    const file = join(room.folder, 'open.json');
    writeFileSync(file, '', { mode: 0o644 });
    const old = openSync(file, 'r');
    await room.run(['local', 'export', '--output', 'open.json']);
    expect([readFileSync(old, 'utf8'), statSync(file).mode & 0o777]).toEqual(['', 0o600]);
    closeSync(old);
  });
});

describe('auth0 local reset', () => {
  it('empties the tenant with --force', async () => {
    const { code, stdout, stderr } = await room.run(['local', 'reset', '--force']);
    expect({ code, stdout, stderr }).toEqual({
      code: 0,
      stdout: '',
      stderr: `=== ${room.name} is empty\n\n`,
    });
    expect(room.tenant.export().clients).toEqual([]);
  });

  it('refuses without --force where there is nobody to ask', async () => {
    const { code, stderr } = await room.run(['local', 'reset']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      `This deletes everything in ${room.name}. There is no terminal to confirm that on. Add --force`,
    );
    expect(room.tenant.export().clients).toHaveLength(4);
  });

  it('asks on a terminal', async () => {
    const after = 'Are you sure?';
    const no = await room.runOnTerminal(['local', 'reset'], { answers: [{ after, keys: enter }] });
    expect(no.code).toBe(0);
    expect(no.screen).toContain('Nothing was deleted.');
    expect(room.tenant.export().clients).toHaveLength(4);
    const yes = await room.runOnTerminal(['local', 'reset'], { answers: [{ after, keys: 'y' }] });
    expect(yes.code).toBe(0);
    expect(room.tenant.export().clients).toEqual([]);
  });
});

describe('auth0 local reset of a tenant that does not run', () => {
  const idle = createCommandRoom();
  afterAll(() => idle.remove());

  it('removes the state of a folder, and leaves the authority', async () => {
    const started = await idle.run(['local', 'start', '--detach', '--port', '0', '--https-port', '0']);
    expect(started.code).toBe(0);
    const inUse = await idle.run(['local', 'reset', '--data-dir', '.auth0-local', '--force']);
    expect(inUse.code).toBe(1);
    expect(inUse.stderr).toContain('is in use by another tenant');
    await idle.run(['local', 'stop']);
    const ca = readFileSync(join(idle.folder, '.auth0-local/ca.pem'), 'utf8');
    const reset = await idle.run(['local', 'reset', '--force']);
    expect(reset.stderr).toBe(`=== ${join(idle.folder, '.auth0-local')} is empty\n\n`);
    expect(readFileSync(join(idle.folder, '.auth0-local/ca.pem'), 'utf8')).toBe(ca);
    const again = await idle.run(['local', 'reset', '--force']);
    expect(again.code).toBe(1);
    expect(again.stderr).toContain("There is no tenant's state in");
  });
});

describe('auth0 local exec', () => {
  it('runs a command that trusts the tenant and knows its domain', async () => {
    const script = `
      const response = await fetch('https://' + process.env.AUTH0_DOMAIN + '/.well-known/openid-configuration');
      console.log((await response.json()).issuer);
    `;
    const { code, stdout, stderr } = await room.run([
      'local',
      'exec',
      '--',
      process.execPath,
      '--input-type=module',
      '--eval',
      script,
    ]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: `${room.tenant.urls.https}/\n`, stderr: '' });
  });

  it('lets auth0 take tokens from the issuer that AUTH0_DOMAIN names', async () => {
    const audience = 'https://my-express-api.example.com';
    const command = [
      process.execPath,
      executable,
      'test',
      'token',
      'machine-client',
      '--identifier',
      audience,
    ];
    const { code, stdout } = await room.run(['local', 'exec', '--', ...command, '--json']);
    expect(code).toBe(0);
    const { access_token: token } = JSON.parse(stdout) as { access_token: string };
    expect(decodeJwt(token).iss).toBe(`${room.tenant.urls.https}/`);
  });

  it('is trusted by curl', async () => {
    const url = `${room.tenant.urls.https}/.well-known/jwks.json`;
    const { code, stdout } = await room.run(['local', 'exec', '--', 'curl', '--silent', '--fail', url]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ keys: [{}, {}] });
  });

  it('ends as the command does', async () => {
    const run = async (script: string): Promise<number | null> =>
      (await room.run(['local', 'exec', '--', 'sh', '-c', script])).code;
    expect(await run('exit 7')).toBe(7);
    expect(await run('kill -TERM $$')).toBe(143);
  });

  it('gives the command the terminal', async () => {
    const { code, screen } = await room.runOnTerminal([
      'local',
      'exec',
      '--',
      'sh',
      '-c',
      'test -t 0 && echo yes',
    ]);
    expect({ code, screen: screen.trim() }).toEqual({ code: 0, screen: 'yes' });
  });

  it('leaves nothing in the folder for temporary files', async () => {
    const { stdout } = await room.run([
      'local',
      'exec',
      '--',
      'sh',
      '-c',
      'echo $NODE_EXTRA_CA_CERTS $SSL_CERT_FILE',
    ]);
    const files = stdout.trim().split(' ');
    expect(files).toHaveLength(2);
    for (const file of files) expect(() => statSync(file)).toThrow('ENOENT');
  });

  it('says that there is no such command', async () => {
    const { code, stderr } = await room.run(['local', 'exec', '--', 'no-such-command']);
    expect(code).toBe(127);
    expect(stderr).toContain('There is no command "no-such-command".');
  });
});

describe('auth0 local stop', () => {
  it('says that there is none', async () => {
    const idle = createCommandRoom();
    expect(await idle.run(['local', 'stop'])).toEqual({
      code: 1,
      stdout: '',
      stderr: "=== auth0 error\n\nNo tenant runs on this machine. Start one with 'auth0 local start'.\n",
    });
    expect(await idle.run(['local', 'stop', '--all'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No local tenant runs.\n',
    });
    idle.remove();
  });
});
