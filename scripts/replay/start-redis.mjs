import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';

/**
 * Starts a Redis server of its own on a free port, without persistence.
 *
 * @param {string[]} [settings] More of its settings, as on its command line.
 * @throws Error: `redis-server` is not installed.
 */
export async function startRedis(settings = []) {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await findFreePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  args.push('--save', '', '--appendonly', 'no', ...settings);
  let child;
  const killChild = () => child?.kill('SIGKILL');
  const start = async () => {
    child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await waitUntilReady(child);
  };
  const end = async (signal) => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  process.once('exit', killChild);
  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    /** Asks it something over a connection of its own. */
    command: async (name, ...rest) => {
      const client = new Redis(port, '127.0.0.1');
      try {
        return await client.call(name, ...rest);
      } finally {
        client.disconnect();
      }
    },
    /** A number that it tells of itself. */
    info: async function (name) {
      const lines = String(await this.command('INFO'));
      return Number(new RegExp(`^${name}:(\\d+)`, 'm').exec(lines)[1]);
    },
    /** Ends it at once, as a crash does. */
    kill: () => end('SIGKILL'),
    /** Ends it as an operator does. */
    shutDown: () => end('SIGTERM'),
    /** Starts it again on the same port. It has what it last saved. */
    start,
    /** Stops the whole process until it may go on, as a machine that hangs does. */
    suspend: () => child.kill('SIGSTOP'),
    resume: () => child.kill('SIGCONT'),
    /** Ends it, and removes what it saved. */
    stop: async () => {
      process.off('exit', killChild);
      await end('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function waitUntilReady(child) {
  const failed = once(child, 'error').then(([{ code }]) => {
    if (code === 'ENOENT')
      throw new Error(
        'redis-server was not found. Install it: "apt-get install redis-server", or "brew install redis".',
      );
    throw new Error(`redis-server could not be started (${code}).`);
  });
  await Promise.race([failed, readUntilReady(child)]);
}

async function readUntilReady({ stdout }) {
  const lines = [];
  for await (const line of createInterface(stdout)) {
    lines.push(line);
    if (!line.includes('Ready to accept connections')) continue;
    stdout.resume();
    return;
  }
  throw new Error(`redis-server did not start:\n${lines.join('\n')}`);
}

async function findFreePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
