import { execFile } from 'node:child_process';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { languages } from '../../../../dashboard/pages/apis/test/test-choice.ts';
import { writeCall } from '../../../../dashboard/pages/apis/test/write-call.ts';
import { hasRequests, noteMissingPython } from '../../../support/python.js';
import { serveApiForTest } from '../../support/serve-api.js';

const run = promisify(execFile);

const runners = {
  curl: (code: string) => run('sh', ['-c', code]),
  Node: (code: string) => run(process.execPath, ['--input-type=module', '-e', code]),
  Python: (code: string) => run('python3', ['-c', code]),
} as const;

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

describe('writeCall', () => {
  beforeAll(noteMissingPython);

  describe.each(languages.filter((one) => one !== 'Python' || hasRequests))('for %s', (language) => {
    // Python writes braces and quotes in another way, which means the same.
    const readUrl = (url = ''): string => (language === 'Python' ? decodeURI(url) : url);

    it.each([
      ['GET', '/api/private?q=a&b=c', undefined],
      ['POST', '/it%27s', `{"text":"it's \\"$HOME\\" \`date\`\\n"}`],
      ['PUT', '/files', '@/etc/hostname'],
      ['GET', '/a?ids=[1-3]&set={x,y}', undefined],
      ['DELETE', '/api/messages/1', undefined],
    ] as const)('is code that sends %s %s', async (method, path, body) => {
      const received: Received[] = [];
      const port = await serveApiForTest((request, response) => {
        void text(request).then((sent) => {
          const { url, headers } = request;
          received.push({ method: request.method, url: readUrl(url), headers, body: sent });
          response.end('Hello!');
        });
      });
      const code = writeCall(language, {
        method,
        url: `http://127.0.0.1:${port}${path}`,
        body: body ?? 'not sent',
        token: 'a.b.c',
      });
      const { stdout } = await runners[language](code);
      expect(stdout).toContain('Hello!');
      expect(received).toEqual([
        expect.objectContaining({ method, url: readUrl(path), body: body ?? '' }) as Received,
      ]);
      expect(received[0]?.headers).toMatchObject({
        authorization: 'Bearer a.b.c',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      });
    });
  });

  it('writes for Python what requests takes', () => {
    const call = { url: 'http://localhost:3001/x', body: '{"a":"b"}', token: 'a.b.c' };
    expect(writeCall('Python', { ...call, method: 'GET' })).toBe(`import requests

response = requests.get(
    "http://localhost:3001/x",
    headers={
        "Authorization": "Bearer a.b.c",
    },
)
print(response.status_code, response.text)`);
    expect(writeCall('Python', { ...call, method: 'PUT' })).toContain(`requests.put(
    "http://localhost:3001/x",
    headers={
        "Authorization": "Bearer a.b.c",
        "Content-Type": "application/json",
    },
    data="{\\"a\\":\\"b\\"}".encode(),
)`);
  });
});
