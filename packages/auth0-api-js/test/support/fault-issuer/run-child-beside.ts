import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { audience } from '../bench.js';
import { builtModule, type ChildEnd } from '../run-child.js';
import { onCleanUp } from './clean-up.js';
import { algorithms } from './create-fault-issuer.js';

/** How a process is started. */
export interface ChildOptions {
  readonly execArgv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What a shell does before it becomes the process. */
  readonly shellSetup?: string;
}

const patience = 60_000;

/**
 * What the module can use: `createClient(options)` and `verdict(client, token)`, which answers `OK`, or the status and
 * the reason; `events`; and `report(value)`, for what it has to say in the end.
 */
const preamble = `
  import { ApiClient } from ${JSON.stringify(builtModule('index.js'))};
  const events = [];
  const createClient = (options) => new ApiClient({
    audience: ${JSON.stringify(audience)},
    algorithms: ${JSON.stringify(algorithms)},
    onEvent: (event) => { if (event.type !== 'refusal') events.push(event); },
    ...options,
  });
  const verdict = (client, accessToken) => client.verifyAccessToken({ accessToken }).then(
    () => 'OK',
    (error) => error.statusCode + ' ' + error.reason,
  );
  const report = (value) => console.log(JSON.stringify(value));
`;

/** Runs a module in a process of its own while this one goes on, as an issuer that it asks must. */
async function runChildBeside(
  code: string,
  { execArgv = [], env = {}, shellSetup }: ChildOptions = {},
): Promise<ChildEnd> {
  const args = [...execArgv, '--input-type=module', '-e', preamble + code];
  const shell = `${shellSetup ?? ':'}; exec "$0" "$@"`;
  const child = spawn('/bin/sh', ['-c', shell, process.execPath, ...args], {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  onCleanUp(() => child.kill('SIGKILL'));
  const [stdout, stderr, [exitCode, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close') as Promise<[number | null, string | null]>,
  ]);
  clearTimeout(timer);
  return { code: exitCode, signal, stdout, stderr };
}

/** What a process had to say, where it ended well and said nothing else. */
export async function reportOf(code: string, options: ChildOptions = {}): Promise<unknown> {
  const { code: exitCode, signal, stdout, stderr } = await runChildBeside(code, options);
  if (exitCode === 0 && stderr === '') return JSON.parse(stdout) as unknown;
  throw new Error(`The process ended with ${exitCode ?? signal}: ${stderr || stdout}`);
}
