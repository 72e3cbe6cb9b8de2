import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** A process that a test has started. */
export interface RunningProcess {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Ends it, and waits until it has ended. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
  /** Waits until it has ended by itself. */
  ended(): Promise<number | null>;
}

/** Starts Node.js with this environment over the usual one; a variable that is `undefined` is left out. */
export function startNode(
  args: readonly string[],
  cwd: string,
  environment: NodeJS.ProcessEnv,
): RunningProcess {
  const env = { ...process.env, NODE_OPTIONS: '', ...environment };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const text = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (chunk: string) => (text[stream] += chunk));
  }
  const closed = once(child, 'close');
  const ended = async (): Promise<number | null> => {
    await closed;
    return child.exitCode;
  };
  return {
    child,
    stdout: () => text.stdout,
    stderr: () => text.stderr,
    ended,
    stop: (signal = 'SIGTERM') => {
      child.kill(signal);
      return ended();
    },
  };
}

/** Waits until a URL answers with 200. */
export async function waitFor(url: string): Promise<void> {
  const ask = async (): Promise<void> => {
    const { status } = await fetch(url);
    if (status !== 200) throw new Error(`${url} answered with ${status}`);
  };
  await vi.waitFor(ask, { timeout: 20_000, interval: 50 });
}

/** A port that nobody listens on. */
export async function findFreePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Sends bytes as they are, and returns the response as text. */
export function sendRaw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    connect(port, '127.0.0.1')
      .on('data', (chunk) => chunks.push(chunk))
      .on('error', (error: NodeJS.ErrnoException) =>
        error.code === 'ECONNRESET' || error.code === 'EPIPE' ? resolve('') : reject(error),
      )
      .on('close', () => resolve(Buffer.concat(chunks).toString('latin1')))
      .write(Buffer.from(request, 'latin1'));
  });
}
