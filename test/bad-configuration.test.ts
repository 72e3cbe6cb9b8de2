import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { root } from './support/consumer.js';
import { findFreePort, startNode, waitFor, type RunningProcess } from './support/process.js';

const audience = 'https://api.example.com';
const folder = join(root, 'examples/quickstart');
const running: RunningProcess[] = [];
const servers: Server[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((api) => api.stop()));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

async function startApi(environment: NodeJS.ProcessEnv): Promise<{ api: RunningProcess; url: string }> {
  const port = await findFreePort();
  const api = startNode(['server.js'], folder, {
    AUTH0_DOMAIN: '',
    AUTH0_AUDIENCE: '',
    ISSUER_BASE_URL: '',
    AUDIENCE: '',
    PORT: String(port),
    ...environment,
  });
  running.push(api);
  return { api, url: `http://localhost:${port}` };
}

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  servers.push(server);
  await new Promise((resolve) => server.once('listening', resolve));
  return urlOf(server);
}

function urlOf(server: Server): string {
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

describe('the quickstart without its configuration', () => {
  it.each([{}, { AUTH0_DOMAIN: 'tenant.example.com' }, { AUTH0_AUDIENCE: audience }])(
    'ends at start with %j, and says what to do',
    async (environment) => {
      const { api } = await startApi(environment);
      expect(await api.ended()).toBe(1);
      const messages = api.stderr().match(/^InvalidConfigurationError: .*/gm) ?? [];
      expect(messages).toHaveLength(1);
      for (const cure of ['AUTH0_DOMAIN', 'AUTH0_AUDIENCE', '.env', "import 'dotenv/config'"])
        expect(messages[0]).toContain(cure);
    },
  );
});

describe('the quickstart with an issuer that cannot be used', () => {
  const cases: [string, RegExp, () => Promise<string>][] = [
    [
      'that does not resolve',
      /openid-configuration could not be fetched \((ENOTFOUND|EAI_AGAIN)\)\. Check the .*domain/,
      async () => Promise.resolve('nowhere.invalid'),
    ],
    [
      'whose metadata name another',
      /names the issuer "https:\/\/other\.example\/", not "http:\/\/localhost:\d+\/"\. Set the domain \(AUTH0_DOMAIN\)/,
      async () =>
        serve((_req, res) =>
          res.end('{"issuer":"https://other.example/","jwks_uri":"https://other.example/keys"}'),
        ),
    ],
    [
      'that answers 500',
      /answered with status 500 instead of 200/,
      async () => serve((_req, res) => res.writeHead(500).end()),
    ],
    [
      'that answers with a page',
      /answered with something that is not JSON/,
      async () => serve((_req, res) => res.end('<html>')),
    ],
    [
      'that redirects',
      /answered with status 302/,
      async () => serve((_req, res) => res.writeHead(302, { location: '/' }).end()),
    ],
    ['that hangs', /could not be fetched \(no complete answer within 5 s\)/, async () => serve(() => {})],
  ];

  it.each(cases)(
    'starts with one %s, answers 503 where it must, and says once what is wrong',
    async (_what, message, start) => {
      const { api, url } = await startApi({ AUTH0_DOMAIN: await start(), AUTH0_AUDIENCE: audience });
      const issuer = await createTestIssuer();
      await waitFor(`${url}/api/public`);
      const server = servers.at(-1);
      const domain = server === undefined ? 'https://nowhere.invalid/' : `${urlOf(server)}/`;
      const headers = { authorization: `Bearer ${issuer.accessToken({ iss: domain })}` };

      for (let attempt = 0; attempt < 3; attempt++) {
        const response = await fetch(`${url}/api/private`, { headers });
        expect([response.status, response.headers.get('www-authenticate'), await response.json()]).toEqual([
          503,
          null,
          {
            error: 'temporarily_unavailable',
            error_description: 'Access tokens cannot be verified at the moment',
          },
        ]);
        expect(response.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
        if (message.source.includes('5 s')) break;
      }
      expect((await fetch(`${url}/api/public`)).status).toBe(200);
      expect((await fetch(`${url}/api/private`)).status).toBe(401);
      const lines = api.stderr().trim().split('\n');
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(message);
      expect(lines[0]).toMatch(/^\[auth0-api\] .*Protected routes answer 503/);
    },
  );
});
