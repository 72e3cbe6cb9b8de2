import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable, Writable } from 'node:stream';
import type { TestContext } from 'vitest';

/** Where Debian and others put a Chromium. */
export const chromiumPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

/** Skips a test where there is no browser. */
export function skipWithoutChromium(context: TestContext): void {
  if (chromiumPath === undefined) context.skip('there is no chromium on this machine');
}

/** A tab of a real browser. */
export interface Tab {
  /** Goes to an address and waits until the page is there. */
  goto(url: string): Promise<void>;
  /** The value of an expression in the page, when it has settled. */
  evaluate<Value>(expression: string): Promise<Value>;
  /** Does something that leads to other pages, and waits until one is there whose address begins so. */
  leave(expression: string, address?: string): Promise<void>;
  /** What the browser has complained about. */
  readonly complaints: string[];
}

/** A real browser without a window, for what only a browser decides: its policies, frames and scripts. */
export interface Chromium {
  openTab(): Promise<Tab>;
  close(): Promise<void>;
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: { readonly entry?: { readonly text: string } };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** Starts a Chromium and speaks its DevTools protocol through a pipe: no port, no package. */
export async function startChromium(path: string): Promise<Chromium> {
  const profile = await mkdtemp(join(tmpdir(), 'chromium-'));
  const child = spawn(
    path,
    [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--no-first-run',
      '--remote-debugging-pipe',
      `--user-data-dir=${profile}`,
    ],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe', 'pipe'] },
  );
  const connection = connect(child);
  return {
    openTab: () => openTab(connection),
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
      await rm(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

interface Connection {
  readonly send: <Result>(method: string, params?: object, sessionId?: string) => Promise<Result>;
  readonly listen: (listener: (message: Message) => void) => () => void;
}

function connect({ stdio }: ChildProcess): Connection {
  const input = stdio[3] as Writable;
  const output = stdio[4] as Readable;
  const listeners = new Set<(message: Message) => void>();
  let sent = 0;
  let received = '';
  output.setEncoding('utf8');
  output.on('data', (chunk: string) => {
    const messages = (received + chunk).split('\0');
    received = messages.pop() ?? '';
    for (const text of messages) {
      const message = JSON.parse(text) as Message;
      for (const listener of listeners) listener(message);
    }
  });
  const listen: Connection['listen'] = (listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  return {
    listen,
    send: <Result>(method: string, params: object = {}, sessionId?: string) =>
      new Promise<Result>((resolve, reject) => {
        sent += 1;
        const id = sent;
        const stop = listen((message) => {
          if (message.id !== id) return;
          stop();
          if (message.error === undefined) resolve(message.result as Result);
          else reject(new Error(`${method}: ${message.error.message}`));
        });
        input.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
      }),
  };
}

async function openTab({ send, listen }: Connection): Promise<Tab> {
  const { targetId } = await send<{ targetId: string }>('Target.createTarget', { url: 'about:blank' });
  const attached = { targetId, flatten: true };
  const { sessionId } = await send<{ sessionId: string }>('Target.attachToTarget', attached);
  for (const domain of ['Page', 'Runtime', 'Log']) await send(`${domain}.enable`, {}, sessionId);
  const complaints: string[] = [];
  listen(({ sessionId: of, method, params }) => {
    if (of === sessionId && method === 'Log.entryAdded') complaints.push(params?.entry?.text ?? '');
  });
  const evaluate: Tab['evaluate'] = async <Value>(expression: string) => {
    const wish = { expression, awaitPromise: true, returnByValue: true };
    const { result } = await send<{ result: { value: Value } }>('Runtime.evaluate', wish, sessionId);
    return result.value;
  };
  const waitForPage = (address = ''): Promise<void> =>
    new Promise((resolve) => {
      const stop = listen(({ sessionId: of, method }) => {
        if (of !== sessionId || method !== 'Page.loadEventFired') return;
        const arrive = (href: string): void => {
          if (!href.startsWith(address)) return;
          stop();
          resolve();
        };
        // A page that is on its way to the next does not answer.
        evaluate<string>('location.href').then(arrive, () => {});
      });
    });
  return {
    complaints,
    evaluate,
    goto: async (url) => {
      const arrived = waitForPage();
      await send('Page.navigate', { url }, sessionId);
      await arrived;
    },
    leave: async (expression, address) => {
      const arrived = waitForPage(address);
      await evaluate(expression);
      await arrived;
    },
  };
}
