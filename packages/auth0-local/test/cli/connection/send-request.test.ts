import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeRefusal, sendRequest } from '../../../src/cli/connection/send-request.js';

let server: Server;
let origin: string;
const said: string[] = [];
const debug = (text: string): void => void said.push(text);

beforeAll(async () => {
  server = createServer((req, res) => {
    if (req.url === '/redirect') res.writeHead(302, { location: '/elsewhere' }).end();
    else if (req.url === '/html')
      res.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>');
    else if (req.url === '/nothing') res.writeHead(204).end();
    else if (req.url === '/broken') req.socket.destroy();
    else res.end(JSON.stringify({ type: req.headers['content-type'] }));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

describe('sendRequest', () => {
  it.each([
    ['an object as JSON', { a: 1 }, 'application/json'],
    ['a form as a form', new URLSearchParams({ a: '1' }), 'application/x-www-form-urlencoded;charset=UTF-8'],
    ['nothing without a type', undefined, undefined],
  ])('sends %s', async (_what, body, type) => {
    const answer = await sendRequest({ method: 'POST', url: origin, body }, debug);
    expect(answer).toEqual({ status: 200, body: type === undefined ? {} : { type } });
  });

  it('gives text where there is no JSON, and nothing where there is nothing', async () => {
    expect(await sendRequest({ method: 'GET', url: `${origin}/html` }, debug)).toEqual({
      status: 502,
      body: '<h1>Bad gateway</h1>',
    });
    expect(await sendRequest({ method: 'GET', url: `${origin}/nothing` }, debug)).toEqual({
      status: 204,
      body: undefined,
    });
  });

  it.each(['redirect', 'broken'])('fails on an answer that is %s, and names the tenant', async (path) => {
    await expect(sendRequest({ method: 'GET', url: `${origin}/${path}` }, debug)).rejects.toThrow(
      `The tenant ${new URL(origin).host} does not answer (`,
    );
  });

  it('tells of the request, and nothing of its headers and body', async () => {
    said.length = 0;
    const headers = { authorization: 'Bearer secret-token' };
    await sendRequest(
      { method: 'POST', url: `${origin}/x`, headers, body: { password: 'secret-word' } },
      debug,
    );
    expect(said).toEqual([
      `Sending the following request: POST ${origin}/x`,
      expect.stringMatching(/^Answer: 200 after \d+ ms$/),
    ]);
  });
});

describe('describeRefusal', () => {
  it.each([
    ['the Management API', { message: 'Not here', error: 'Not Found' }, 'Not here'],
    ['an OAuth endpoint', { error: 'access_denied', error_description: 'Unauthorized' }, 'Unauthorized'],
    ['an OAuth endpoint without words', { error: 'invalid_request' }, 'invalid_request'],
    ['something else', '<h1>Bad gateway</h1>', 'the tenant answered 502'],
    ['nobody', undefined, 'the tenant answered 502'],
  ])('takes the words of %s', (_who, body, words) => {
    expect(describeRefusal({ status: 502, body })).toBe(words);
  });
});
