import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import {
  certificateThumbprint,
  clientCertHeader,
  createAuth0Api,
  requiresAuth,
  type Auth0ApiOptions,
} from '@auth0/auth0-express-api';
import { createDpopClient, createTestIssuer } from '@auth0/auth0-api-js/testing';
import express from 'express';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createCertificate } from '../packages/auth0-api-js/test/support/fault-issuer/create-certificate.js';
import { root } from './support/start-process.js';

const issuer = await createTestIssuer();
const { domain, audience, fetch: customFetch } = issuer;
const client = createDpopClient();
const accessToken = issuer.boundToken(client);
const unbound = issuer.accessToken();

/** What an API answered, and the reason it gave its application. */
interface Outcome {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly challenges: readonly string[];
  readonly reason: string | undefined;
}

type Send = (headers: OutgoingHttpHeaders) => Promise<Outcome>;

/** Starts an API with these options that asks for the scopes `a` and `b` on one of its routes. */
async function startApi(options: Partial<Auth0ApiOptions>): Promise<{ send: Send; url: string }> {
  const reasons: string[] = [];
  const onEvent: Auth0ApiOptions['onEvent'] = (event) =>
    void ('reason' in event && reasons.push(event.reason));
  const app = express();
  app.set('trust proxy', 'loopback');
  app.use(createAuth0Api({ domain, audience, customFetch, onEvent, ...options }));
  app.get('/', requiresAuth(), (_req, res) => res.end());
  app.get('/scopes', requiresAuth({ scopes: 'a b' }), (_req, res) => res.end());
  const server = app.listen(0);
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const url = `http://localhost:${(server.address() as AddressInfo).port}/`;
  return {
    url,
    send: async ({ path = '/', ...headers }) => {
      const sent = request(new URL(String(path), url), { headers }).end();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      response.resume();
      const challenges = response.headersDistinct['www-authenticate'] ?? [];
      return { status: response.statusCode, headers: response.headers, challenges, reason: reasons.at(-1) };
    },
  };
}

const allowed = { dpop: {} } as const;
const behindProxy = { getCertificate: clientCertHeader() };
const certificate = createCertificate({}).cert;
const another = new X509Certificate(createCertificate({}).cert).raw.toString('base64');
const certified = issuer.accessToken({ cnf: { 'x5t#S256': certificateThumbprint(certificate) } });

const dpop = (token: string, proof: string | string[], more: object = {}): OutgoingHttpHeaders => ({
  authorization: `DPoP ${token}`,
  dpop: proof,
  ...more,
});
const bearer = (token: string, more: object = {}): OutgoingHttpHeaders => ({
  authorization: `Bearer ${token}`,
  ...more,
});
const proofAt = (url: string, token = accessToken): string => client.proof({ url, accessToken: token });

/** How each case of the table comes about: the options, and what is sent last. */
const cases: Readonly<
  Record<string, [options: Partial<Auth0ApiOptions>, send: (send: Send, url: string) => Promise<Outcome>]>
> = {
  'no token': [allowed, (send) => send({})],
  "a token as `Bearer`, with `mode: 'required'`": [
    { dpop: { mode: 'required' } },
    (send) => send(bearer(accessToken)),
  ],
  'a bound token as `Bearer`': [allowed, (send) => send(bearer(accessToken))],
  'a token that is not bound as `Bearer`, and a proof': [
    allowed,
    (send, url) => send(bearer(unbound, { dpop: proofAt(url, unbound) })),
  ],
  'a token that is not bound as `DPoP`': [allowed, (send, url) => send(dpop(unbound, proofAt(url, unbound)))],
  'a token that is bad itself, as `DPoP`': [
    allowed,
    (send, url) => send(dpop(issuer.badToken('expired'), proofAt(url))),
  ],
  'no proof': [allowed, (send) => send({ authorization: `DPoP ${accessToken}` })],
  'two proofs, in two lines or with a comma': [
    allowed,
    (send, url) => send(dpop(accessToken, [proofAt(url), proofAt(url)])),
  ],
  'a proof that does not do': [
    allowed,
    (send, url) => send(dpop(accessToken, client.badProof('wrong-method', { url, accessToken }))),
  ],
  "a proof by another key than the token's": [
    allowed,
    (send, url) => send(dpop(accessToken, client.badProof('another-key', { url, accessToken }))),
  ],
  'a proof that was used before': [
    allowed,
    async (send, url) => {
      const headers = dpop(accessToken, proofAt(url));
      expect((await send(headers)).status).toBe(200);
      return send(headers);
    },
  ],
  'a proof without a nonce of this API, with `nonce`': [
    { dpop: { nonce: { secret: 'a secret of at least thirty-two bytes' } } },
    (send, url) => send(dpop(accessToken, proofAt(url))),
  ],
  'a scope is missing, as `DPoP`': [
    allowed,
    (send, url) => send(dpop(accessToken, proofAt(`${url}scopes`), { path: '/scopes' })),
  ],
  'the URL of the request cannot be told: its `Host` is none': [
    allowed,
    (send, url) => send(dpop(accessToken, proofAt(url), { host: 'a@b' })),
  ],
  'the replay store cannot tell': [
    { dpop: { replay: { register: () => Promise.reject(new Error('away')) } } },
    (send, url) => send(dpop(accessToken, proofAt(url))),
  ],
  'a token that is bound to a certificate, without it': [
    { mtls: behindProxy },
    (send) => send(bearer(certified)),
  ],
  'the same with another certificate': [
    { mtls: behindProxy },
    (send) => send(bearer(certified, { 'client-cert': `:${another}:` })),
  ],
  "a token that is bound to no certificate, with `mtls: { mode: 'required' }`": [
    { mtls: { ...behindProxy, mode: 'required' } },
    (send) => send(bearer(unbound)),
  ],
};

/** The cells of the table of responses, row by row. */
const rows = readFileSync(join(root, 'docs/sender-constrained-tokens.md'), 'utf8')
  .split('\n## Responses\n')[1]
  ?.split('\n## ')[0]
  ?.split('\n')
  .filter((line) => /^\| (?!case|---)/.test(line))
  .map(
    (line) =>
      line
        .slice(2, -1)
        .split(' | ')
        .map((cell) => cell.trim()) as [string, string, string, string],
  );

describe('the table of responses in docs/sender-constrained-tokens.md', () => {
  it('has the cases that are tried here', () => {
    expect(rows?.map(([name]) => name)).toEqual(Object.keys(cases));
  });

  it.each(rows ?? [])('is right: %s, %s', async (name, status, challenge, reason) => {
    const [options, attempt] = cases[name] ?? [{}, (send) => send({})];
    const { send, url } = await startApi(options);
    const outcome = await attempt(send, url);

    expect(String(outcome.status)).toBe(status);
    expect(`\`${outcome.reason}\``).toBe(reason.split(',')[0]);
    expect(outcome.headers['dpop-nonce'] !== undefined).toBe(challenge.includes('`DPoP-Nonce`'));
    expect(outcome.headers['retry-after'] !== undefined).toBe(challenge.includes('`Retry-After`'));
    expect(outcome.challenges).toEqual(expectedChallenges(challenge, options));
  });
});

/** The challenges of the schemes that are spoken, with the one of the table in the place of the one that was used. */
function expectedChallenges(cell: string, { dpop: given }: Partial<Auth0ApiOptions>): unknown[] {
  if (cell.startsWith('none')) return [];
  const bare = ['Bearer', 'DPoP algs="ES256"'].filter((text) =>
    text === 'Bearer' ? given?.mode !== 'required' : given !== undefined,
  );
  const [, pattern = ''] = /^`(.*?)`/.exec(cell) ?? [];
  const [scheme = ''] = pattern.split(' ');
  const parts = pattern.split('…').map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const matching: unknown = expect.stringMatching(new RegExp(`^${parts.join('error_description="[^"]+"')}$`));
  return bare.map((text) => (scheme !== '' && text.startsWith(scheme) ? matching : text));
}
