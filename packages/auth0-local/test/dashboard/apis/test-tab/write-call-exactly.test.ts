import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hasBody, methods } from '../../../../dashboard/pages/apis/test/test-choice.ts';
import { writeCall, type Call } from '../../../../dashboard/pages/apis/test/write-call.ts';
import { python } from '../../../support/python.js';
import { createTemporaryFolder } from '../../../support/temporary-folder.js';

/** What a call sends. */
interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
}

const special = ['$(touch canary)', '`touch canary`', "';touch canary;'", '"', "'", '\\', '${1}', '\n', '\r'];
const text = fc
  .array(fc.oneof(fc.constantFrom(...special, '\u2028', '\u0007', '#', '{}', '%s'), fc.string()), {
    maxLength: 6,
  })
  // No command takes this character.
  .map((parts) => parts.join('').replaceAll('\0', ''));
const calls = fc.array(
  fc.record<Call>({
    method: fc.constantFrom(...methods),
    url: text.map((end) => `http://localhost:3001/${end}`),
    body: text,
    token: fc.constant('a.b.c'),
  }),
  { minLength: 40, maxLength: 40 },
);

function expectedOf({ method, url, body, token }: Call): Sent {
  const isSent = hasBody(method);
  const headers = {
    authorization: `Bearer ${token}`,
    ...(isSent && { 'content-type': 'application/json' }),
  };
  return { method, url, headers, body: isSent ? body : null };
}

function readHeaders(pairs: readonly (readonly string[])[]): Sent['headers'] {
  return Object.fromEntries(pairs.map(([name = '', value = '']) => [name.toLowerCase(), value]));
}

/** Runs the code in a shell whose curl only tells its arguments. */
function runInShell(codes: readonly string[], cwd: string): Sent[] {
  const curl = `curl() { printf '%s\\0' "$#" "$@"; }\n`;
  const output = execFileSync('sh', ['-c', curl + codes.join('\n')], { cwd, encoding: 'utf8' });
  const words = output.split('\0').slice(0, -1);
  const sent: Sent[] = [];
  while (words.length > 0) sent.push(readArguments(words.splice(0, Number(words.shift()))));
  return sent;
}

function readArguments(words: string[]): Sent {
  let method = 'GET';
  let url = '';
  let body: string | null = null;
  const headers: string[][] = [];
  while (words.length > 0) {
    const word = words.shift() ?? '';
    if (word === '-X') method = words.shift() ?? '';
    else if (word === '-H') headers.push((words.shift() ?? '').split(': '));
    else if (word === '--data-raw') body = words.shift() ?? '';
    else if (word !== '-g') url = word;
  }
  return { method, url, headers: readHeaders(headers), body };
}

function runInNode(codes: readonly string[]): Sent[] {
  const sent: Sent[] = [];
  const fetch = (url: string, { method = 'GET', headers, body = null }: Partial<Sent> = {}): object => {
    sent.push({ method, url, headers: readHeaders(Object.entries(headers ?? {})), body });
    return { status: 200, text: () => '' };
  };
  for (const code of codes)
    runInNewContext(`(async () => {\n${code}\n})()`, { fetch, console: { log() {} } });
  return sent;
}

const tellingRequests = `
import json, sys, types
sent = []
def tell(method):
    def call(url, headers, data=None):
        body = None if data is None else data.decode()
        sent.append(dict(method=method, url=url, headers={k.lower(): v for k, v in headers.items()}, body=body))
        return types.SimpleNamespace(status_code=200, text="")
    return call
names = ["get", "post", "put", "patch", "delete"]
sys.modules["requests"] = types.SimpleNamespace(**{name: tell(name.upper()) for name in names})
for code in json.load(sys.stdin):
    exec(code, {"print": lambda *_: None})
print(json.dumps(sent))`;

/** Runs the code in a Python whose requests only tells what it was called with. */
function runInPython(codes: readonly string[], cwd: string): Sent[] {
  const input = JSON.stringify(codes);
  const output = execFileSync('python3', ['-c', tellingRequests], { cwd, input, encoding: 'utf8' });
  return JSON.parse(output) as Sent[];
}

describe('the code of a call', () => {
  it.each([
    ['curl', runInShell],
    ['Node', runInNode],
    ...(python === undefined ? [] : [['Python', runInPython] as const]),
  ] as const)('sends for %s exactly what was typed, and runs nothing of it', (language, run) => {
    fc.assert(
      fc.property(calls, (some) => {
        const folder = createTemporaryFolder();
        const sent = run(
          some.map((call) => writeCall(language, call)),
          folder,
        );
        expect(sent).toEqual(some.map(expectedOf));
        expect(readdirSync(folder)).toEqual([]);
      }),
      { numRuns: 15 },
    );
  });
});
