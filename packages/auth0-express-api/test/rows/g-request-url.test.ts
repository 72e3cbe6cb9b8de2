import { requiresAuth, type Auth0ApiOptions } from '@auth0/auth0-express-api';
import { createDpopClient } from '@auth0/auth0-api-js/testing';
import { Router, type NextFunction, type Request, type Response } from 'express';
import { describe, expect, it } from 'vitest';
import { sendRaw, startTrialApi } from '../support/trial-api.js';

const dpopClient = createDpopClient();

interface Asked {
  readonly options?: Partial<Auth0ApiOptions>;
  readonly trust?: unknown;
  /** `/private` by default. */
  readonly target?: string;
  readonly lines?: readonly string[];
  readonly htu: string;
}

interface Answered {
  readonly status: number;
  readonly challenge: string | undefined;
  readonly reasons: readonly string[];
}

/** Sends a request with a proof for a URL to an API with routes at `/private` and `/v1/private`. */
async function send({
  options = {},
  trust = false,
  target = '/private',
  lines = ['Host: api.test'],
  htu,
}: Asked): Promise<Answered> {
  const { app, issuer, events, port } = await startTrialApi({ dpop: {}, ...options });
  const router = Router();
  router.get('/private', requiresAuth(), (_req, res) => void res.end());
  app.set('trust proxy', trust).use(router).use('/v1', router);
  app.use('/', requiresAuth(), (_req, res) => void res.end());
  app.use(
    (error: Error, _req: Request, res: Response, _next: NextFunction) =>
      void res.status(500).end(error.message),
  );
  const accessToken = issuer.boundToken(dpopClient);
  const { authorization, dpop } = dpopClient.headers({ url: htu, accessToken });
  const head = [
    `GET ${target} HTTP/1.0`,
    ...lines,
    `Authorization: ${authorization}`,
    `DPoP: ${dpop}`,
    '',
    '',
  ];
  const response = await sendRaw(port, head.join('\r\n'));
  return {
    status: Number(response.slice(9, 12)),
    challenge: /^WWW-Authenticate: (DPoP .*)$/im.exec(response)?.[1],
    reasons: events.flatMap((event) => (event.type === 'refusal' ? [event.reason] : [])),
  };
}

const accepted = { status: 200, reasons: [] };
const mismatch = { status: 401, reasons: ['proof_url_mismatch'] };
const invalid = {
  status: 400,
  reasons: ['http_url_invalid'],
  challenge:
    'DPoP error="invalid_request", error_description="The URL of the request cannot be told from its target and Host header", algs="ES256"',
};
const forwarded = ['Host: api.test', 'X-Forwarded-Proto: https', 'X-Forwarded-Host: public.test'];

describe('G13, the URL of a request that a proof must name', () => {
  it.each<[string, Asked, object]>([
    ['is that of its Host line', { htu: 'http://api.test/private' }, accepted],
    [
      'is in normal form',
      { target: '/private?a', lines: ['Host: API.test:80'], htu: 'HTTP://api.TEST/%70rivate' },
      accepted,
    ],
    ['has the port', { lines: ['Host: [::1]:3000'], htu: 'http://[::1]:3000/private' }, accepted],
    ['is of no other host', { htu: 'http://other.test/private' }, mismatch],
    ['is of no other scheme', { htu: 'https://api.test/private' }, mismatch],
    [
      'has the path of a mounted router',
      { target: '/v1/private', htu: 'http://api.test/v1/private' },
      accepted,
    ],
    ['has the whole path', { target: '/v1/private', htu: 'http://api.test/private' }, mismatch],
    [
      'ignores what is forwarded without trust',
      { lines: forwarded, htu: 'http://api.test/private' },
      accepted,
    ],
    [
      'is none that a client forwards itself',
      { lines: forwarded, htu: 'https://public.test/private' },
      mismatch,
    ],
    [
      'is what a trusted proxy forwards',
      { trust: 'loopback', lines: forwarded, htu: 'https://public.test/private' },
      accepted,
    ],
    ['is only that, then', { trust: 'loopback', lines: forwarded, htu: 'http://api.test/private' }, mismatch],
    ['is nothing without Host', { lines: [], htu: 'http://api.test/private' }, invalid],
    [
      'is nothing with two',
      { lines: ['Host: api.test', 'Host: api.test'], htu: 'http://api.test/private' },
      invalid,
    ],
    [
      'is nothing with user-info',
      { lines: ['Host: api.test@evil.test'], htu: 'http://evil.test/private' },
      invalid,
    ],
    [
      'is nothing with a path in Host',
      { lines: ['Host: evil.test/private?'], htu: 'http://evil.test/private' },
      invalid,
    ],
    [
      'is nothing with a port that is too high',
      { lines: ['Host: api.test:65616'], htu: 'http://api.test/private' },
      invalid,
    ],
    [
      'is nothing with two hosts in one',
      { lines: ['Host: api.test, evil.test'], htu: 'http://api.test/private' },
      invalid,
    ],
    [
      'is nothing with a target that has a host',
      { target: 'http://evil.test/private', htu: 'http://evil.test/private' },
      invalid,
    ],
    [
      'is nothing with such a target of its own',
      { target: 'http://api.test/private', htu: 'http://api.test/private' },
      invalid,
    ],
    [
      'is nothing with a target that could be a host',
      { target: '//api.test/private', htu: 'http://api.test/private' },
      invalid,
    ],
    ...['/x/../private', '/x/%2e%2E/private', '/./private', '/x/.%2e/private?a'].map(
      (target): [string, Asked, object] => [
        `is nothing where a segment means another place: ${target}`,
        { target, htu: 'http://api.test/private' },
        invalid,
      ],
    ),
    ['is nothing with a backslash', { target: '/x\\..\\private', htu: 'http://api.test/private' }, invalid],
    ['is nothing with half an escape', { target: '/private%', htu: 'http://api.test/private%' }, invalid],
    [
      'is nothing with a forwarded protocol that has a URL in it',
      {
        trust: true,
        lines: ['Host: api.test', 'X-Forwarded-Proto: https://evil.test/x?'],
        htu: 'https://evil.test/x',
      },
      invalid,
    ],
  ])('G13 %s', async (_what, asked, expected) => {
    expect(await send(asked)).toMatchObject(expected);
  });

  const gateway = { dpop: { baseUrl: 'https://gateway.test/orders' } };
  const htu = 'https://gateway.test/orders/private';

  it.each<[string, readonly string[]]>([
    ['one Host', ['Host: internal:3000']],
    ['no Host', []],
    ['two Hosts', ['Host: a', 'Host: b']],
    ['a Host that is none', ['Host: a@b']],
  ])('G13 is behind a fixed base whatever Host says: %s', async (_what, lines) => {
    expect(await send({ options: gateway, lines, htu })).toMatchObject(accepted);
    expect(await send({ options: gateway, lines, htu: 'http://internal:3000/private' })).toMatchObject(
      mismatch,
    );
  });

  it.each(['//private', 'http://gateway.test/private', 'https://gateway.test/orders/private'])(
    'G13 is nothing behind a fixed base, if the target is %s',
    async (target) => {
      expect(await send({ options: gateway, target, htu })).toMatchObject(invalid);
    },
  );

  it('G13 may come from a function of the request', async () => {
    const baseUrl: NonNullable<NonNullable<Auth0ApiOptions['dpop']>['baseUrl']> = ({ headers, url }) =>
      `https://${String(headers?.['x-tenant'])}.test/${url === 'http://api.test/private' ? 'orders' : ''}`;
    const asked = { options: { dpop: { baseUrl } }, lines: ['Host: api.test', 'X-Tenant: t'] };
    expect(await send({ ...asked, htu: 'https://t.test/orders/private' })).toMatchObject(accepted);
    expect(await send({ ...asked, htu: 'https://t.test/private' })).toMatchObject(mismatch);
  });

  it.each<[string, () => unknown]>([
    ['answers nothing', () => undefined],
    [
      'throws an error',
      () => {
        throw new RangeError('no');
      },
    ],
    [
      'throws nothing',
      () => {
        throw undefined;
      },
    ],
  ])('G13 is a mistake for the error handler where that function %s', async (_what, baseUrl) => {
    const options = { dpop: { baseUrl: baseUrl as () => string } };
    expect(await send({ options, htu })).toMatchObject({ status: 500, reasons: [] });
  });
});
