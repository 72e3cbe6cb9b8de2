import { resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { writeRestartCommand } from '../../../src/cli/local/write-restart-command.js';
import type { Restart, TenantOptions } from '../../../src/options.js';
import { createCommandRoom } from '../../support/run-command.js';

const usual: TenantOptions = {
  port: 4400,
  httpsPort: 4443,
  dataDir: resolve('.auth0-local'),
  allowHosts: [],
  dashboard: 'loopback',
};

describe('writeRestartCommand', () => {
  it.each<[string, TenantOptions, string]>([
    ['nothing that is as usual', {}, ''],
    ['the ports', { port: 5000, httpsPort: 5443 }, ' --port 5000 --https-port 5443'],
    ['where the state is', { dataDir: "/srv/Jo's tenant" }, " --data-dir '/srv/Jo'\\''s tenant'"],
    [
      'how it is reached',
      { host: '0.0.0.0', issuer: 'https://tenant.test:4443', allowHosts: ['a.test', 'b.test'] },
      ' --host 0.0.0.0 --issuer https://tenant.test:4443 --allow-host a.test,b.test',
    ],
    ['who may use it', { dashboard: 'off', allowProduction: true }, ' --dashboard off --allow-production'],
  ])('names %s', (_what, options, expected) => {
    expect(writeRestartCommand('npx auth0', { ...usual, ...options })).toBe(
      `npx auth0 local start${expected}`,
    );
  });

  it('starts the same tenant again, as its status says', async () => {
    const room = createCommandRoom();
    onTestFinished(async () => {
      await room.run(['local', 'stop', '--all']);
      room.remove();
    });
    const readStatus = async () =>
      JSON.parse((await room.run(['local', 'status', '--json'])).stdout) as {
        readonly urls: object;
        readonly data_dir: string;
        readonly restart: Restart;
      };
    await room.run(['local', 'start', '--port', '0', '--https-port', '0', '--detach']);
    const { urls, data_dir: folder, restart } = await readStatus();
    expect(restart.command).toMatch(/^auth0 local start --port \d+ --https-port \d+$/);
    await room.run(['local', 'stop', '--all']);
    const [, ...words] = restart.command.split(' ');
    const { code } = await room.run([...words, '--detach'], { cwd: restart.folder });
    expect(code).toBe(0);
    expect(await readStatus()).toMatchObject({ urls, data_dir: folder, restart });
  });

  it('is not known of a tenant in memory, which does not come back', async () => {
    const room = createCommandRoom();
    onTestFinished(async () => {
      await room.run(['local', 'stop', '--all']);
      room.remove();
    });
    await room.run(['local', 'start', '--ephemeral', '--port', '0', '--https-port', '0', '--detach']);
    const { stdout } = await room.run(['local', 'status', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ data_dir: null, restart: null });
  });
});
