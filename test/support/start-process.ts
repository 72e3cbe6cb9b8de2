import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** How a process is started. */
export interface ProcessOptions {
  readonly cwd?: string;
  /** Variables over those of this process; one that is undefined is taken away. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Gives the process a group of its own, so that a signal can go to all of it. */
  readonly hasOwnGroup?: boolean;
}

/** How a process ended. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A Node.js process that runs, and what it has written so far. */
export interface RunningProcess {
  readonly pid: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Nothing while it runs. */
  readonly end: ProcessEnd | undefined;
  /** Settles when it has ended and all it wrote has arrived. */
  readonly ended: Promise<ProcessEnd>;
  /** Waits until it has written something to standard output; fails if it ends before. */
  waitFor(text: string): Promise<void>;
  /** The same for standard error. */
  waitForError(text: string): Promise<void>;
  /** Ends it with a signal, if it has not ended, and waits for that. */
  stop(signal?: NodeJS.Signals): Promise<ProcessEnd>;
}

/** What the shell of whoever runs the tests may have set and these processes must not see. */
const unset = {
  AUTH0_DOMAIN: undefined,
  AUTH0_AUDIENCE: undefined,
  ISSUER_BASE_URL: undefined,
  AUDIENCE: undefined,
  AUTH0_CLIENT_ID: undefined,
  AUTH0_CLIENT_SECRET: undefined,
  AUTH0_CLIENT_ASSERTION_SIGNING_KEY: undefined,
  NODE_ENV: undefined,
  NODE_OPTIONS: undefined,
  PORT: undefined,
  TENANT_PORT: undefined,
  TENANT_HTTPS_PORT: undefined,
  TENANT_DATA_DIR: undefined,
  XDG_CONFIG_HOME: undefined,
};

/** Runs this Node.js with these arguments. */
export function startNode(args: readonly string[], options: ProcessOptions = {}): RunningProcess {
  const child = spawn(process.execPath, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...unset, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: options.hasOwnGroup ?? false,
  });
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => (written[stream] += text));
  }
  let end: ProcessEnd | undefined;
  const ended = readEnd(child).then((how) => (end = how));

  const waitUntil = async (stream: 'stdout' | 'stderr', text: string): Promise<void> => {
    const controller = new AbortController();
    const { signal } = controller;
    void ended.then(() => controller.abort());
    while (!written[stream].includes(text)) {
      if (signal.aborted) throw new Error(`It ended before it wrote "${text}":\n${written.stderr}`);
      await once(child[stream], 'data', { signal }).catch(() => ended);
    }
  };

  return {
    pid: child.pid ?? 0,
    get stdout() {
      return written.stdout;
    },
    get stderr() {
      return written.stderr;
    },
    get end() {
      return end;
    },
    ended,
    waitFor: (text) => waitUntil('stdout', text),
    waitForError: (text) => waitUntil('stderr', text),
    stop: (signal = 'SIGKILL') => {
      child.kill(signal);
      return ended;
    },
  };
}

/** Runs this Node.js until it ends by itself. */
export async function runNode(
  args: readonly string[],
  options: ProcessOptions = {},
): Promise<RunningProcess> {
  const running = startNode(args, options);
  await running.ended;
  return running;
}

async function readEnd(child: ChildProcess): Promise<ProcessEnd> {
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  return { code, signal };
}
