import { randomBytes } from 'node:crypto';
import type { RunningTenant } from 'auth0-local';
import { decodeJwt } from 'jose';
import { chromium, type Browser, type Page, type Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chromiumPath, skipWithoutChromium } from '../packages/auth0-local/test/support/chromium.js';
import {
  createDpopTenant,
  dpopUser,
  startDpopApi,
  startDpopPage,
  type ServedProcess,
} from './support/dpop-example.js';
import { findFreePort } from './support/free-port.js';

// The page of examples/dpop, with @auth0/auth0-spa-js as it is published, in a real browser: another origin than its API.

const expectedRefusals = [
  /status of 400 .*\/oauth\/token$/,
  /status of 401 .*\/api\/private$/,
  /ERR_CONNECTION_REFUSED .*\/api\/private$/,
];

let browser: Browser;
beforeAll(async () => {
  if (chromiumPath === undefined) return;
  browser = await chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox'] });
});
afterAll(() => browser?.close());

describe.each([
  ['does not ask for nonces', undefined],
  ['asks for nonces', randomBytes(32).toString('base64')],
])('the page of examples/dpop and an API that %s', (_name, nonceSecret) => {
  let tenant: RunningTenant;
  let api: ServedProcess;
  let site: ServedProcess;
  beforeAll(async () => {
    if (chromiumPath === undefined) return;
    const port = await findFreePort();
    tenant = await createDpopTenant(`http://localhost:${port}`);
    api = await startDpopApi({ domain: tenant.domain, ...(nonceSecret !== undefined && { nonceSecret }) });
    site = await startDpopPage(port, tenant.domain, api.url);
  });
  afterAll(async () => {
    await Promise.all([site?.process.stop(), api?.process.stop(), tenant?.close()]);
  });

  let page: Page;
  /** What the page has sent to the API, without preflights. */
  let calls: Request[];
  let errors: string[] = [];
  beforeEach(async (context) => {
    skipWithoutChromium(context);
    page = await browser.newPage({ reducedMotion: 'reduce' });
    calls = [];
    errors = [];
    page.on('request', (request) => {
      if (request.url().startsWith(api.url) && request.method() !== 'OPTIONS') calls.push(request);
    });
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      // Browsers report answers that ask for a nonce, and refusals, which are what is looked for here.
      const isExpected = expectedRefusals.some((pattern) =>
        pattern.test(`${message.text()} ${message.location().url}`),
      );
      if (message.type() === 'error' && !isExpected) errors.push(message.text());
    });
  });
  afterEach(async () => {
    await page?.context().close();
    if (errors.length > 0) throw new Error(`The page has complained:\n${errors.join('\n')}`);
  });

  async function logIn(): Promise<void> {
    await page.goto(site.url);
    await page.getByText('Nobody is logged in.').waitFor();
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('#email').fill(dpopUser.email);
    await page.locator('#password').fill(dpopUser.password);
    await page.locator('#password').press('Enter');
    await page.getByText(`Logged in as ${dpopUser.name}`).waitFor();
  }

  /** Clicks, and reads the answer that this puts on top of the list. */
  async function ask(button: RegExp): Promise<{ status: string; challenge: string; body: string }> {
    const answers = page.getByRole('listitem');
    const count = await answers.count();
    await page.getByRole('button', { name: button }).click();
    await answers.nth(count).waitFor();
    const read = async (name: string): Promise<string> =>
      (await answers.first().locator(`.${name}`).textContent()) ?? '';
    return { status: await read('status'), challenge: await read('challenge'), body: await read('body') };
  }

  it('shows that a token is good for its owner and for nobody else', async () => {
    /** Those that the tenant asks for. */
    const nonces: unknown[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url() === `${tenant.domain}/oauth/token`)
        nonces.push(decodeJwt(request.headers()['dpop'] ?? '')['nonce']);
    });
    await logIn();
    expect(nonces).toEqual([undefined, expect.any(String)]);

    const first = await ask(/^Call the API/);
    expect(first).toMatchObject({ status: '200', challenge: '' });
    expect(JSON.parse(first.body)).toMatchObject({ key: expect.stringMatching(/^[\w-]{43}$/) });
    expect(calls).toHaveLength(nonceSecret === undefined ? 1 : 2);
    const { authorization, dpop } = calls.at(-1)?.headers() ?? {};
    expect(authorization).toMatch(/^DPoP ey/);
    expect(dpop).toMatch(/^ey/);

    calls.length = 0;
    expect(await ask(/^Call the API/)).toMatchObject({ status: '200' });
    expect(calls).toHaveLength(1);

    const replayed = await ask(/^Send the last request again/);
    expect(replayed.status).toBe('401');
    expect(replayed.challenge).toContain('The DPoP proof has been used before');
    expect(calls.at(-1)?.headers()['dpop']).toBe(calls.at(-2)?.headers()['dpop']);

    const stolen = await ask(/^Send the token alone/);
    expect(stolen.status).toBe('401');
    expect(stolen.challenge).toContain('Bearer error="invalid_token"');
    expect(calls.at(-1)?.headers()['authorization']).toMatch(/^Bearer ey/);
  });

  it('knows its user and its key after it was loaded again', async () => {
    await logIn();
    const { key } = JSON.parse((await ask(/^Call the API/)).body) as { key: string };

    await page.reload();
    await page.getByText(`Logged in as ${dpopUser.name}`).waitFor();
    const again = await ask(/^Call the API/);
    expect(again.status).toBe('200');
    expect(JSON.parse(again.body)).toMatchObject({ key });
  });

  it('logs out', async () => {
    await logIn();
    await page.getByRole('button', { name: 'Log out' }).click();
    await page.getByText('Nobody is logged in.').waitFor();
  });

  // The last one: nobody answers from here on.
  it('says of each request that the API does not answer', async () => {
    await logIn();
    expect(await ask(/^Call the API/)).toMatchObject({ status: '200' });
    await api.process.stop();
    for (const button of [/^Call the API/, /^Send the last request again/, /^Send the token alone/]) {
      const { status, challenge, body } = await ask(button);
      const problem = `The API at ${api.url} does not answer: is it running?`;
      expect({ status, challenge, body }).toEqual({ status: '–', challenge: '', body: problem });
    }
  });
});
