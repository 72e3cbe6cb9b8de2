import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { authorizePath, extendSeed, type Overrides } from '../support/authorize-requests.js';
import {
  chromiumPath,
  skipWithoutChromium,
  startChromium,
  type Chromium,
  type Tab,
} from '../support/chromium.js';
import { startTrialTenant, users, type TrialTenant } from '../support/trial-tenant.js';

/** A server that sends from `/callback` on to another, and answers everything else with a page. */
async function startApplication(onward?: string): Promise<{ origin: string; server: Server }> {
  const server = createServer((req, res) => {
    if (onward !== undefined && req.url?.startsWith('/callback') && req.method === 'GET') {
      res.writeHead(302, { Location: `${onward}/home${req.url.slice('/callback'.length)}` }).end();
      return;
    }
    let body = '';
    req.on('data', (chunk: Buffer) => (body += chunk.toString()));
    req.on('end', () => {
      res.writeHead(200, { 'Content-Type': 'text/html' });
      res.end(
        `<!doctype html><title>${req.method}</title><pre></pre><script>document.querySelector('pre').textContent = ${JSON.stringify(body)}</script>`,
      );
    });
  }).listen(0, 'localhost');
  await once(server, 'listening');
  return { origin: `http://localhost:${(server.address() as AddressInfo).port}`, server };
}

describe('a real browser', () => {
  let chromium: Chromium;
  let trial: TrialTenant;
  let tab: Tab;
  let origins: { frontend: string; backend: string; stranger: string };
  const servers: Server[] = [];

  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    const frontend = await startApplication();
    const backend = await startApplication(frontend.origin);
    const stranger = await startApplication();
    servers.push(frontend.server, backend.server, stranger.server);
    origins = { frontend: frontend.origin, backend: backend.origin, stranger: stranger.origin };
    const seed = extendSeed({
      clients: [
        { client_id: 'app', name: 'App', app_type: 'regular_web', callbacks: [`${origins.frontend}/`] },
        {
          client_id: 'backend',
          name: 'Backend',
          app_type: 'regular_web',
          callbacks: [`${origins.backend}/callback`],
        },
      ],
    });
    [trial, chromium] = await Promise.all([startTrialTenant({ seed }), startChromium(chromiumPath)]);
  });
  beforeEach(async (context) => {
    skipWithoutChromium(context);
    tab = await chromium.openTab();
  });
  afterAll(async () => {
    await Promise.all([trial?.tenant.close(), chromium?.close()]);
    for (const server of servers) server.close();
  });

  const addressOf = (overrides: Overrides): string =>
    `${trial.tenant.domain}${authorizePath({ client_id: 'app', redirect_uri: `${origins.frontend}/`, ...overrides })}`;

  /** Logs in anew, and waits until the browser is at the application. */
  async function logIn(overrides: Overrides = {}): Promise<void> {
    await tab.goto(addressOf({ prompt: 'login', ...overrides }));
    await tab.leave(
      `document.getElementById('email').value = '${users.plain.email}';
      document.getElementById('password').value = '${users.plain.password}';
      document.querySelector('button').click();`,
      origins.frontend,
    );
  }

  it('shows the login page in the tenant’s look, and complains about nothing', async () => {
    await tab.goto(addressOf({ prompt: 'login' }));

    expect(await tab.evaluate(`getComputedStyle(document.querySelector('.card')).borderRadius`)).toBe('14px');
    expect(await tab.evaluate('document.activeElement.id')).toBe('email');
    expect(tab.complaints).toEqual([]);
  });

  it('comes by the login form to an application that sends it on to another port', async () => {
    await logIn({ client_id: 'backend', redirect_uri: `${origins.backend}/callback` });

    const url = new URL(await tab.evaluate<string>('location.href'));
    expect(url.origin + url.pathname).toBe(`${origins.frontend}/home`);
    expect(url.searchParams.get('code')).toMatch(/^[\w-]{43}$/);
    expect(tab.complaints).toEqual([]);
  });

  it('posts the answer to the application by itself', async () => {
    await logIn({ response_mode: 'form_post' });

    expect(await tab.evaluate('document.title')).toBe('POST');
    expect(await tab.evaluate(`document.querySelector('pre').textContent`)).toMatch(
      /^code=[\w-]{43}&state=the\+state$/,
    );
  });

  /** Puts a silent authentication into a frame of the page, and waits for its message. */
  function authenticateSilently(): Promise<{ origin: string; data: unknown } | undefined> {
    const frame = JSON.stringify(addressOf({ prompt: 'none', response_mode: 'web_message' }));
    return tab.evaluate(`new Promise((resolve) => {
      addEventListener('message', ({ origin, data }) => resolve(data === 'loaded' ? undefined : { origin, data }));
      const frame = document.createElement('iframe');
      frame.src = ${frame};
      // Messages come in order: what the frame has to say is there before this one.
      frame.onload = () => postMessage('loaded', '*');
      document.body.append(frame);
    })`);
  }

  it('gives a page of the application a code by a message from a frame', async () => {
    await logIn();
    await tab.goto(`${origins.frontend}/`);

    expect(await authenticateSilently()).toEqual({
      origin: trial.tenant.domain,
      data: {
        type: 'authorization_response',
        response: { code: expect.stringMatching(/^[\w-]{43}$/), state: 'the state' },
      },
    });
  });

  it('gives the page of a stranger nothing, and shows nothing in its frame', async () => {
    await logIn();
    await tab.goto(`${origins.stranger}/`);

    expect(await authenticateSilently()).toBeUndefined();
    expect(tab.complaints.join('\n')).toContain('frame-ancestors');
  });

  it('sends no form that a page of another port has made', async () => {
    await tab.goto(addressOf({ prompt: 'login' }));
    const state = await tab.evaluate<string>(`new URL(location.href).searchParams.get('state')`);
    await tab.goto(`${origins.stranger}/`);
    await tab.leave(`
      const form = document.createElement('form');
      form.method = 'post';
      form.action = '${trial.tenant.domain}/u/login';
      for (const [name, value] of Object.entries(${JSON.stringify({ state, email: users.admin.email, password: users.admin.password })})) {
        const input = document.createElement('input');
        Object.assign(input, { name, value });
        form.append(input);
      }
      document.body.append(form);
      form.submit();
    `);

    expect(await tab.evaluate('document.body.textContent')).toContain('This form was sent from another site');
  });
});
