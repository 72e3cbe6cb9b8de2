import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stripVTControlCharacters } from 'node:util';
import { vi } from 'vitest';
import { recordRunningTenant } from '../../src/cli/running-tenants.js';
import { quote } from '../../src/oauth/fixes.js';
import { startTrialTenant, type TrialTenant } from './trial-tenant.js';

/** The command as it is installed. */
export const executable: string = fileURLToPath(new URL('../../bin/auth0.js', import.meta.url));

/** What a command has left when it is over. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command has shown on a terminal, where stdout and stderr are one: without escape sequences. */
export interface TerminalResult {
  readonly code: number | null;
  readonly screen: string;
  /** With the escape sequences. */
  readonly raw: string;
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** What is typed once a text has appeared. */
export interface Answer {
  readonly after: string;
  readonly keys: string;
}

export const enter = '\r';
export const controlC = '\u0003';
export const arrowDown = '\u001b[B';

/** A place for commands with a configuration of its own. */
export interface CommandRoom {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** Runs a command whose output is piped and whose input is what is given, or nothing. */
  readonly run: (
    args: readonly string[],
    options?: CommandOptions & { readonly input?: string },
  ) => Promise<CommandResult>;
  /** Starts such a command. */
  readonly start: (args: readonly string[], options?: CommandOptions) => ChildProcessWithoutNullStreams;
  /** Runs a command on a terminal of its own, and answers its questions. */
  readonly runOnTerminal: (
    args: readonly string[],
    options?: CommandOptions & {
      readonly answers?: readonly Answer[];
      readonly columns?: number;
      /** Where the shell sends an output instead, like `> file`. */
      readonly redirect?: string;
    },
  ) => Promise<TerminalResult>;
  /** A browser that notes what it opens, first in the path of commands. */
  readonly installBrowser: () => TrialBrowser;
  readonly remove: () => void;
}

export interface TrialBrowser {
  readonly env: Readonly<Record<string, string>>;
  readonly isOpened: () => boolean;
  /** The URL, once it is there. */
  readonly opened: () => Promise<string>;
}

/** A room in which a trial tenant is the only one that runs. */
export interface TenantRoom extends CommandRoom, TrialTenant {
  readonly name: string;
  readonly close: () => Promise<void>;
}

/** Prepares a place for commands. Remove it with `remove()`. */
export function createCommandRoom(): CommandRoom {
  const folder = mkdtempSync(join(tmpdir(), 'auth0-command-'));
  const env = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    XDG_CONFIG_HOME: join(folder, 'config'),
    TERM: 'xterm-256color',
  };
  const children = new Set<ChildProcessWithoutNullStreams>();
  const launch = (command: string, args: readonly string[], options: CommandOptions) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? folder,
      env: { ...env, ...options.env },
    });
    children.add(child);
    child.on('close', () => children.delete(child));
    return child;
  };
  const start: CommandRoom['start'] = (args, options = {}) =>
    launch(process.execPath, [executable, ...args], options);
  return {
    folder,
    env,
    start,
    run: async (args, { input = '', ...options } = {}) => {
      const child = start(args, options);
      child.stdin.on('error', () => {});
      child.stdin.end(input);
      return readResult(child);
    },
    runOnTerminal: async (args, { answers = [], columns = 100, redirect = '', ...options } = {}) => {
      const command = [process.execPath, executable, ...args].map(quote).join(' ');
      // util-linux's script gives a command a terminal, without native modules.
      const line = `stty cols ${columns} rows 40; exec ${command} ${redirect}`;
      return typeAnswers(launch('script', ['-qec', line, '/dev/null'], options), answers);
    },
    installBrowser: () => installBrowser(mkdtempSync(join(folder, 'browser-'))),
    remove: () => {
      // Of a test that has failed, one may still wait.
      for (const child of children) child.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Prepares a room with a trial tenant. Close it with `close()`. */
export async function createTenantRoom(
  options?: Parameters<typeof startTrialTenant>[0],
): Promise<TenantRoom> {
  const room = createCommandRoom();
  const trial = await startTrialTenant(options);
  const name = announceTenant(room, trial);
  return {
    ...room,
    ...trial,
    name,
    close: async () => {
      await trial.tenant.close();
      room.remove();
    },
  };
}

/** Lets the commands of a room find a tenant, as `auth0 local start` does. Returns its name. */
export function announceTenant(
  room: CommandRoom,
  { tenant }: Pick<TrialTenant, 'tenant'>,
  dataDir?: string,
): string {
  process.env['XDG_CONFIG_HOME'] = room.env['XDG_CONFIG_HOME'];
  const name = new URL(tenant.domain).host;
  recordRunningTenant({
    name,
    url: tenant.urls.http,
    https_url: tenant.urls.https,
    issuer: tenant.issuer,
    pid: process.pid,
    ca: tenant.ca,
    owner_secret: tenant.ownerSecret,
    ...(dataDir !== undefined && { data_dir: dataDir }),
  });
  return name;
}

function installBrowser(folder: string): TrialBrowser {
  const file = join(folder, 'opened');
  // A rename is all or nothing: whoever finds the file finds the whole URL in it.
  const script = `#!/bin/sh\nprintf %s "$1" > ${quote(file)}.new && mv ${quote(file)}.new ${quote(file)}\n`;
  for (const name of ['xdg-open', 'open']) writeFileSync(join(folder, name), script, { mode: 0o755 });
  return {
    env: { PATH: `${folder}:${process.env['PATH']}` },
    isOpened: () => existsSync(file),
    opened: async () => vi.waitFor(() => readFileSync(file, 'utf8')),
  };
}

/** Waits for a command that was started. */
export async function readResult(child: ChildProcessWithoutNullStreams): Promise<CommandResult> {
  const stdout = collect(child.stdout);
  const stderr = collect(child.stderr);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout: stdout(), stderr: stderr() };
}

async function typeAnswers(
  child: ChildProcessWithoutNullStreams,
  answers: readonly Answer[],
): Promise<TerminalResult> {
  const left = [...answers];
  let raw = '';
  let unanswered = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    raw += text;
    unanswered += text;
    const [next] = left;
    if (next === undefined || !stripVTControlCharacters(unanswered).includes(next.after)) return;
    left.shift();
    unanswered = '';
    child.stdin.write(next.keys);
  });
  child.stdin.on('error', () => {});
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve);
    child.on('error', (cause) =>
      reject(new Error("Tests on a terminal need 'script' of util-linux (Debian: bsdutils).", { cause })),
    );
  });
  if (left.length > 0) throw new Error(`Never asked: ${left.map(({ after }) => after).join(', ')}\n${raw}`);
  return { code, raw, screen: stripVTControlCharacters(raw).replaceAll('\r', '') };
}

function collect(stream: NodeJS.ReadableStream): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return () => text;
}
