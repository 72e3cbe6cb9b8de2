import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

/**
 * Starts a module as a process of its own, and calls the functions that it serves with `serveCalls()`.
 *
 * @param {URL} module
 * @param {string[]} [execArgv] Arguments for Node.js.
 */
export function startChild(module, execArgv = []) {
  const child = fork(module, [], { execArgv, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  const written = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'])
    child[stream].setEncoding('utf8').on('data', (text) => (written[stream] += text));
  /** @type {Map<number, { resolve: (result: unknown) => void, reject: (error: Error) => void }>} */
  const calls = new Map();
  child.on('message', ({ id, result, error }) => {
    const { resolve, reject } = calls.get(id);
    calls.delete(id);
    if (error === undefined) resolve(result);
    else reject(new Error(error));
  });
  const ended = once(child, 'close').then(([code, signal]) => {
    const reason = new Error(`The process ended (${code ?? signal}): ${written.stderr.slice(-2000)}`);
    for (const { reject } of calls.values()) reject(reason);
    calls.clear();
  });
  let lastId = 0;

  return {
    pid: child.pid,
    /** What it has written so far. */
    written,
    /** Calls a function of it by name. */
    call: (name, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        calls.set(id, { resolve, reject });
        child.send({ id, name, args }, (error) => error && reject(error));
      }),
    /** The most memory it has had at a time, in MB. Linux only. */
    peakMegabytes: () => {
      const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'));
      return (Number(kilobytes) * 1024) / 1e6;
    },
    stop: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
