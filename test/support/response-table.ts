import { expect } from 'vitest';
import { ask, type Reply } from './ask.js';
import type { LoopbackIssuer } from './loopback-issuer.js';

/** What the example's CORS middleware puts on every response. */
export const corsHeaders = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'WWW-Authenticate',
} as const;

/** What a refusal says, where it says anything. */
export interface Words {
  readonly error: 'invalid_token' | 'insufficient_scope' | 'invalid_request';
  readonly description: string;
  /** The scopes named in the header. */
  readonly scope?: string;
}

/** Expects a success with exactly this JSON. */
export function expectSuccess(reply: Reply, body: unknown): void {
  expect({ ...reply, body: JSON.parse(reply.body) as unknown }).toEqual({
    status: 200,
    headers: {
      ...corsHeaders,
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(reply.body)),
    },
    body,
  });
}

/** Expects the answer to a request without a token: the bare challenge, and nothing else. */
export function expectBareChallenge(reply: Reply): void {
  expect(reply).toEqual({
    status: 401,
    headers: {
      ...corsHeaders,
      'www-authenticate': 'Bearer',
      'cache-control': 'no-store',
      'content-length': '0',
    },
    body: '',
  });
}

/** Expects a refusal that says why, in the header and in the body. */
export function expectRefusal(reply: Reply, status: 400 | 401 | 403, words: Words): void {
  const { error, description, scope } = words;
  const quotable = description.replaceAll('"', "'");
  const body = JSON.stringify({ error, error_description: description });
  expect(reply).toEqual({
    status,
    headers: {
      ...corsHeaders,
      'www-authenticate': `Bearer error="${error}", error_description="${quotable}"${scope === undefined ? '' : `, scope="${scope}"`}`,
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  });
}

/** Expects the answer while the issuer is away. */
export function expectOutage(reply: Reply): void {
  const { 'retry-after': retryAfter = '', ...headers } = reply.headers;
  const body =
    '{"error":"temporarily_unavailable","error_description":"Access tokens cannot be verified at the moment"}';
  expect(retryAfter).toMatch(/^[1-9]\d*$/);
  expect(Number(retryAfter)).toBeLessThanOrEqual(30);
  expect({ ...reply, headers }).toEqual({
    status: 503,
    headers: {
      ...corsHeaders,
      'cache-control': 'no-store',
      'content-type': 'application/json; charset=utf-8',
      'content-length': String(Buffer.byteLength(body)),
    },
    body,
  });
}

/** Expects every row of the response table, as if nothing had happened before. */
export async function expectResponseTable(port: number, issuer: LoopbackIssuer): Promise<void> {
  const get = (path: string, token?: string): Promise<Reply> =>
    ask(port, path, token === undefined ? {} : { token });
  const twice = { authorization: [`Bearer ${issuer.token()}`, `Bearer ${issuer.token()}`] };

  expectSuccess(await get('/api/private', issuer.token({ sub: 'auth0|abc' })), {
    message: 'Hello from a protected endpoint! You are authenticated.',
    sub: 'auth0|abc',
    timestamp: expect.any(String) as unknown,
  });
  expectBareChallenge(await get('/api/private'));
  expectRefusal(await get('/api/private', issuer.token({ aud: 'other' })), 401, {
    error: 'invalid_token',
    description: 'unexpected "aud" claim value',
  });
  expectRefusal(await get('/api/messages', issuer.token()), 403, {
    error: 'insufficient_scope',
    description: 'Insufficient scopes',
    scope: 'read:messages',
  });
  expectRefusal(await get('/api/admin', issuer.token({ isAdmin: false })), 401, {
    error: 'invalid_token',
    description: "Unexpected 'isAdmin' value",
  });
  expectRefusal(await ask(port, '/api/private', { headers: twice }), 400, {
    error: 'invalid_request',
    description: 'More than one method used for authentication',
  });
}
