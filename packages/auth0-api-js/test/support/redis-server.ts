import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Redis } from 'ioredis';

/** A Redis server of a test's own. */
export interface RedisServer {
  readonly port: number;
  readonly url: string;
  /** Asks it something over a connection of its own. */
  command(name: string, ...args: readonly (string | number)[]): Promise<unknown>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again on the same port. It has what it last saved. */
  start(): Promise<void>;
  /** Ends it, and removes what it saved. */
  stop(): Promise<void>;
}

/**
 * Starts Redis on a free port, without persistence.
 *
 * @param settings - More of its settings, as on its command line.
 */
export async function startRedis(settings: readonly string[] = []): Promise<RedisServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redis-'));
  const port = await findFreePort();
  const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder];
  args.push('--save', '', '--appendonly', 'no', ...settings);
  let child: ChildProcess | undefined;
  const killChild = (): void => void child?.kill('SIGKILL');
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    killChild();
    await ended;
  };
  const start = async (): Promise<void> => {
    child = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'inherit'] });
    await waitUntilReady(child);
  };
  process.once('exit', killChild);
  await start();
  return {
    port,
    url: `redis://127.0.0.1:${port}`,
    command: async (name, ...rest) => {
      const client = new Redis(port, '127.0.0.1');
      try {
        return await client.call(name, ...rest);
      } finally {
        client.disconnect();
      }
    },
    kill,
    start,
    stop: async () => {
      process.off('exit', killChild);
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Starts three servers that share the hash slots. */
export async function startRedisCluster(): Promise<readonly RedisServer[]> {
  const nodes = await Promise.all(
    [1, 2, 3].map(async () =>
      startRedis(['--cluster-enabled', 'yes', '--cluster-port', String(await findFreePort())]),
    ),
  );
  const last = 16_383;
  for (const [index, node] of nodes.entries()) {
    const [from, to] = [Math.ceil((index * last) / 3), Math.ceil(((index + 1) * last) / 3) - 1];
    await node.command('CLUSTER', 'ADDSLOTSRANGE', from, index === 2 ? last : to);
    await node.command('CLUSTER', 'SET-CONFIG-EPOCH', index + 1);
  }
  for (const node of nodes.slice(1)) {
    const busPort = String(await node.command('CONFIG', 'GET', 'cluster-port')).split(',')[1] ?? '';
    await nodes[0]?.command('CLUSTER', 'MEET', '127.0.0.1', node.port, busPort);
  }
  await Promise.all(nodes.map(waitUntilJoined));
  return nodes;
}

async function waitUntilJoined(node: RedisServer): Promise<void> {
  const info = String(await node.command('CLUSTER', 'INFO'));
  if (info.includes('cluster_state:ok') && info.includes('cluster_known_nodes:3')) return;
  await new Promise((resolve) => setTimeout(resolve, 50));
  await waitUntilJoined(node);
}

async function waitUntilReady(child: ChildProcess): Promise<void> {
  if (child.stdout === null) throw new Error('redis-server has no output');
  const lines: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    lines.push(line);
    if (line.includes('Ready to accept connections')) {
      child.stdout.resume();
      return;
    }
  }
  throw new Error(`redis-server did not start:\n${lines.join('\n')}`);
}

async function findFreePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
