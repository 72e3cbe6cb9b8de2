import express from 'express';
import type { Locator, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { claimEquals, createAuth0Api, requiresAuth, type Auth0ApiOptions } from '@auth0/auth0-express-api';
import { requestMachineToken } from '../../../support/flow-requests.js';
import { audience, users } from '../../../support/trial-tenant.js';
import { useDashboard } from '../../support/open-dashboard.js';
import { serveApiForTest } from '../../support/serve-api.js';

describe('a refusal of "Send to my API"', () => {
  const dashboard = useDashboard();
  let apiPath = '';

  beforeAll(async () => {
    if (dashboard.trial === undefined) return;
    const { body } = await dashboard.trial.manage<{ id: string }>(
      'GET',
      `/resource-servers/${encodeURIComponent(audience)}`,
    );
    apiPath = `/apis/${body.id}`;
  });

  /** An API that wants scopes, and is set up as it is said. */
  async function serveApi(options: Partial<Auth0ApiOptions>, scopes?: string): Promise<string> {
    const app = express();
    const { domain } = dashboard.trial.tenant;
    app.use(
      createAuth0Api({ domain, audience, ...options }),
      requiresAuth(scopes === undefined ? {} : { scopes }),
      (_req, res) => {
        res.json({});
      },
    );
    return `http://localhost:${await serveApiForTest(app)}/`;
  }

  async function send(page: Page, url: string): Promise<Locator> {
    await page.locator('.test-token[aria-busy=false]').waitFor();
    await page.getByRole('textbox', { name: 'URL' }).fill(url);
    await page.getByRole('button', { name: 'Send to my API' }).click();
    return page.getByRole('group', { name: 'Answer' });
  }

  const fact = async (answer: Page | Locator, name: string): Promise<string | null> =>
    answer.locator('dt', { hasText: name }).locator('+ dd').textContent();

  it('with 401 says that the audience is another one, and which one it takes', async () => {
    const page = await dashboard.open(`${apiPath}/test`);
    const answer = await send(page, await serveApi({ audience: 'urn:another' }));
    await answer.getByText('Your API expects another audience than this token carries').waitFor();
    await answer.getByText("unexpected 'aud' claim value", { exact: true }).waitFor();
    expect(await fact(answer, 'aud of this token')).toBe(audience);
    expect(await fact(answer, 'AUTH0_AUDIENCE that takes it')).toBe(audience);
  });

  it('with 401 is never an acceptance in the inspector, which trusts the issuer of the tenant', async () => {
    const { urls } = dashboard.trial.tenant;
    const page = await dashboard.open(`${apiPath}/test`);
    const answer = await send(page, await serveApi({ domain: urls.https }));
    await answer.getByText('Your API expects another issuer than this token carries').waitFor();
    expect(await fact(answer, 'iss of this token')).toBe(`${urls.http}/`);
    expect(await fact(answer, 'AUTH0_DOMAIN that takes it')).toBe(urls.http);
    await answer.getByRole('link', { name: 'Inspect this token' }).click();
    await page.waitForURL(/\/inspector$/);

    const verdict = page.locator('.verdict');
    await verdict.getByText('Refused by your API').waitFor();
    expect(await verdict.textContent()).toContain(
      "This tenant’s settings would accept it. Your API refused it with unexpected 'iss' claim value: it is set up differently (AUTH0_DOMAIN, AUTH0_AUDIENCE, algorithms, an old process).",
    );
    expect(await page.getByText('Accepted').count()).toBe(0);
    expect(await fact(page, 'iss of this token')).toBe(`${urls.http}/`);

    await page.getByLabel('Issuer that it trusts').selectOption(`${urls.https}/`);
    await verdict.getByText('issuer_mismatch').waitFor();
    expect(await fact(page, 'What your API said')).toBe("unexpected 'iss' claim value");

    // The refusal is that of the token, whatever stands around it.
    await page.getByLabel('Issuer that it trusts').selectOption(`${urls.http}/`);
    const token = page.getByLabel('Token', { exact: true });
    const text = await token.inputValue();
    for (const typed of [`${text} `, text, `Authorization: Bearer ${text}`, '', text]) {
      const isAnswered =
        typed === '' ? undefined : page.waitForResponse((response) => response.url().endsWith('/explain'));
      await token.fill(typed);
      await isAnswered;
      if (typed !== '') await verdict.getByText('Refused by your API').waitFor();
      expect(await page.getByText('Accepted').count()).toBe(0);
    }
    expect(await fact(page, 'iss of this token')).toBe(`${urls.http}/`);

    // Of another token it has said nothing.
    const { body } = await requestMachineToken(dashboard.trial.ask);
    await token.fill(body.access_token);
    await page.getByText('Accepted').waitFor();
    expect(await page.getByText('What your API said').count()).toBe(0);
  });

  it('with 401 says which algorithm is not taken', async () => {
    const page = await dashboard.open(`${apiPath}/test`);
    const answer = await send(page, await serveApi({ algorithms: ['PS256'] }));
    await answer.getByText('compare its option algorithms').waitFor();
    expect(await fact(answer, 'alg of this token')).toBe('RS256');
  });

  it('with 401 after the end of the token says so, also where nothing is said', async () => {
    const page = await dashboard.open(`${apiPath}/test`);
    const answer = await send(page, await serveApi({ now: () => Date.now() + 48 * 3600 * 1000 }));
    await answer.getByText('The token has expired: take a new one.').waitFor();
    const mute = express().use((_req, res) => {
      res.status(401).set('www-authenticate', 'Bearer').end();
    });
    await send(page, `http://localhost:${await serveApiForTest(mute)}/`);
    await answer.getByText('It does not say why.').waitFor();
    await answer.getByRole('link', { name: 'Inspect this token' }).click();
    await page.getByText('Your API refused it without a word: it is set up differently').waitFor();
  });

  it('with 401 says that the API takes no bearer tokens, and so does the inspector', async () => {
    const page = await dashboard.open(`${apiPath}/test`);
    const answer = await send(page, await serveApi({ dpop: { mode: 'required' } }));
    await answer.getByText('Your API takes only tokens that are bound to a key').waitFor();
    await answer.getByRole('link', { name: 'Inspect this token' }).click();
    await page.getByText('Your API refused it without a word: it takes no bearer tokens.').waitFor();
  });

  it('with 401 for a claim says where that comes from, and the inspector blames no setting', async () => {
    const app = express();
    const { domain } = dashboard.trial.tenant;
    app.use(createAuth0Api({ domain, audience }), requiresAuth(), claimEquals('isAdmin', true));
    const url = `http://localhost:${await serveApiForTest(app)}/`;
    const page = await dashboard.open(`${apiPath}/test`);
    const answer = await send(page, url);
    await answer.getByText('This route asks for the claim isAdmin, which is not in it.').waitFor();
    await answer.getByText('this token is an application’s: take one as a user').waitFor();

    await page.getByLabel('As a user').check();
    await page.getByLabel('User', { exact: true }).selectOption(users.plain.email);
    await answer.getByText('With an earlier token').waitFor();
    await send(page, url);
    const link = answer.getByRole('link', { name: 'Metadata of the user' });
    expect(await link.getAttribute('href')).toBe('/dashboard/users/auth0%7Cplain/details');
    await answer.getByRole('link', { name: 'Inspect this token' }).click();
    const verdict = page.locator('.verdict');
    await verdict.getByText('once it had verified it: the claims are not what it asks for.').waitFor();
    expect(await verdict.textContent()).not.toContain('AUTH0_');
    await verdict.getByRole('link', { name: 'Metadata of the user' }).click();
    await page.waitForURL(/\/users\/auth0%7Cplain\/details$/);
  });

  it('with 503 says that the API cannot have the keys of its tenant, and what it takes over https', async () => {
    const { urls } = dashboard.trial.tenant;
    const page = await dashboard.open(`${apiPath}/test`, { origin: urls.https });
    // It does not know the tenant's certificate authority.
    const answer = await send(page, await serveApi({ domain: urls.https, onEvent: () => {} }));
    await answer
      .getByText(`503: your API cannot fetch the keys of ${urls.https}/, its AUTH0_DOMAIN`)
      .waitFor();
    await answer.getByText(`AUTH0_DOMAIN=${urls.http}`, { exact: true }).waitFor();
    expect(await answer.getByLabel('command', { exact: true }).textContent()).toBe(
      'auth0 local exec -- node server.js',
    );
    // Of somebody else's 503 nothing is known.
    const other = express().use((_req, res) => {
      res.status(503).json({ error: 'maintenance' });
    });
    await send(page, `http://localhost:${await serveApiForTest(other)}/`);
    await answer.getByText('maintenance').waitFor();
    expect(await answer.getByText('503: your API').count()).toBe(0);
  });

  it('with 403 asks for what was not asked for, and for a permission that there is not', async () => {
    const page = await dashboard.open(`${apiPath}/test`);
    await page.getByLabel('write:messages').uncheck();
    const answer = await send(page, await serveApi({}, 'write:messages no:such'));
    await answer.getByText('write:messages: ask for it above.').waitFor();
    await answer.getByText('no:such: this API does not define it.').waitFor();
    await answer.getByText('It takes all or any of: write:messages no:such, as the route decides.').waitFor();
    await answer.getByRole('link', { name: 'Add it in Permissions' }).click();
    await page.waitForURL(new RegExp(`${apiPath}/permissions$`));
  });

  it('with 403 says why an application did not get what it asked for', async () => {
    const page = await dashboard.open(`${apiPath}/test`);
    await page.getByLabel('write:messages').uncheck();
    const answer = await send(page, await serveApi({}, 'read:admin'));
    await answer.getByText('read:admin: asked for, and not given.').waitFor();
    await answer.getByText('without read:admin: the client grant does not have it').waitFor();
    expect(await answer.getByText('ask for it above').count()).toBe(0);
    expect(await answer.getByLabel('command', { exact: true }).textContent()).toMatch(
      /^auth0 client-grants update .*read:admin$/,
    );
    await answer.getByRole('link', { name: 'Application Access of this API' }).click();
    await page.waitForURL(new RegExp(`${apiPath}/access$`));
  });

  it('with 403 gives the reason and the command also to an application that asks for all and was granted nothing', async () => {
    const { trial } = dashboard;
    const application = { name: 'Bare', app_type: 'non_interactive' };
    const { body: bare } = await trial.manage<{ client_id: string }>('POST', '/clients', application);
    await trial.manage('POST', '/client-grants', { client_id: bare.client_id, audience, scope: [] });
    const page = await dashboard.open(`${apiPath}/test`);
    await page.getByLabel('Application', { exact: true }).selectOption('Bare');
    await page.getByText('with no scopes').waitFor();
    await page.locator('.test-token').getByText('the client grant does not have them').waitFor();
    const answer = await send(page, await serveApi({}, 'read:messages'));
    await answer.getByText('read:messages: asked for, and not given.').waitFor();
    await answer.getByText('the client grant does not have them').waitFor();
    // Of all that was asked for, what this request takes.
    expect(await answer.getByLabel('command', { exact: true }).textContent()).toMatch(
      /^auth0 client-grants update \w+ --scopes read:messages$/,
    );
  });

  it('with 403 says why a user did not get it, and leads to the roles', async () => {
    const path = `/resource-servers/${encodeURIComponent(audience)}`;
    await dashboard.trial.manage('PATCH', path, { enforce_policies: true });
    const page = await dashboard.open(`${apiPath}/test`);
    await page.getByLabel('As a user').check();
    await page.getByLabel('User', { exact: true }).selectOption(users.plain.email);
    await page.getByText('with no scopes').waitFor();
    const answer = await send(page, await serveApi({}, 'read:admin'));
    await answer.getByText('and the user does not have them').waitFor();
    const command = (await answer.getByLabel('command', { exact: true }).textContent()) ?? '';
    expect(command).toContain('"permission_name":"read:admin"');
    expect(command).not.toContain('read:messages');
    await answer.getByRole('link', { name: 'Roles of the user' }).click();
    await page.waitForURL(/\/users\/[^/]+\/roles$/);
    await dashboard.trial.manage('PATCH', path, { enforce_policies: false });
  });

  it('with 403 though the token has the scopes says that something else is in the way', async () => {
    const app = express().use((_req, res) => {
      res.status(403).set('www-authenticate', 'Bearer scope="read:messages"').end();
    });
    const page = await dashboard.open(`${apiPath}/test`);
    const answer = await send(page, `http://localhost:${await serveApiForTest(app)}/`);
    await answer.getByText('The token has that.').waitFor();
  });
});
