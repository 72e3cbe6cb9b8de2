import express from 'express';
import { createRemoteJWKSet, jwtVerify, type JWTPayload } from 'jose';
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createAuth0Api, requiresAuth } from '@auth0/auth0-express-api';
import { audience, users } from '../../../support/trial-tenant.js';
import { expectComplaint, useDashboard } from '../../support/open-dashboard.js';
import { serveApiForTest } from '../../support/serve-api.js';

describe('the Test tab', () => {
  const dashboard = useDashboard();
  let path = '';

  beforeAll(async () => {
    if (dashboard.trial === undefined) return;
    const { body } = await dashboard.trial.manage<{ id: string }>(
      'GET',
      `/resource-servers/${encodeURIComponent(audience)}`,
    );
    path = `/apis/${body.id}/test`;
  });

  /** Copies the token, as a person does, and returns what a verifier finds in it. */
  async function verifyToken(page: Page): Promise<JWTPayload & { readonly scope?: string }> {
    await page.locator('.test-token[aria-busy=false]').waitFor();
    await page.getByRole('button', { name: 'Copy access token' }).click();
    const token = await page.evaluate<string>('navigator.clipboard.readText()');
    const { domain } = dashboard.trial.tenant;
    const keys = createRemoteJWKSet(new URL(`${domain}/.well-known/jwks.json`));
    const { payload } = await jwtVerify(token, keys, { issuer: `${domain}/`, audience });
    return payload;
  }

  describe('as an application', () => {
    it('has a live token at once, whose claims stand beside it', async () => {
      const page = await dashboard.open(path);
      const claims = await verifyToken(page);
      expect(claims).toMatchObject({
        sub: 'machine-client@clients',
        scope: 'read:messages write:messages',
      });
      await page.getByText('Expires in 24 hours, with 2 scopes').waitFor();
      const shown = await page.getByLabel('claims', { exact: true }).textContent();
      expect(shown).toContain('"sub": "machine-client@clients"');
      expect(shown).toMatch(/"exp": \d{10}, +\w+ \d+, \d{4}, /);
      expect(await page.getByLabel('header', { exact: true }).textContent()).toContain('"alg": "RS256"');
    });

    it('takes another when what is asked for changes, and when it is told to', async () => {
      const page = await dashboard.open(path);
      await verifyToken(page);
      await page.getByLabel('write:messages').uncheck();
      expect((await verifyToken(page)).scope).toBe('read:messages');
      expect(await page.getByLabel('All permissions').isChecked()).toBe(false);
      await page.getByLabel('All permissions').check();
      expect((await verifyToken(page)).scope).toBe('read:messages write:messages');

      const before = await countTokens();
      await page.getByRole('button', { name: 'New token' }).click();
      await verifyToken(page);
      expect(await countTokens()).toBe(before + 1);
    });

    it('keeps what was chosen while another page is shown', async () => {
      const page = await dashboard.open(path);
      await page.getByLabel('write:messages').uncheck();
      await page.getByLabel('read:admin').uncheck();
      await page.getByRole('textbox', { name: 'URL' }).fill('http://localhost:9/typed');
      await page.getByRole('link', { name: 'Permissions', exact: true }).click();
      await page.getByRole('link', { name: 'Test', exact: true }).click();
      expect((await verifyToken(page)).scope).toBe('read:messages');
      expect(await page.getByRole('textbox', { name: 'URL' }).inputValue()).toBe('http://localhost:9/typed');
    });

    it('says which scopes are missing, and what gives them', async () => {
      const page = await dashboard.open(path);
      await page.getByLabel('write:messages').uncheck();
      await page.getByText('An access token without read:admin').waitFor();
      await page.getByRole('button', { name: 'Copy command' }).click();
      expect(await page.evaluate('navigator.clipboard.readText()')).toMatch(
        /^auth0 client-grants update cgr_\w+ --scopes .*read:admin$/,
      );
    });

    it('shows a refusal with the command that fixes it, and no token', async () => {
      const page = await dashboard.open(path);
      expectComplaint(page, /status of 403/);
      await verifyToken(page);
      await page.getByLabel('Application', { exact: true }).selectOption('Stranger (no grant for this API)');
      const alert = page.getByRole('alert');
      await alert.getByText('is not authorized to access resource server').waitFor();
      expect(await page.getByRole('button', { name: 'Copy access token' }).count()).toBe(0);
      await alert.getByRole('button', { name: 'Copy command' }).click();
      expect(await page.evaluate('navigator.clipboard.readText()')).toBe(
        `auth0 client-grants create --client-id stranger-client --audience ${audience} --allow-all-scopes`,
      );
      expect(await page.getByRole('button', { name: 'Send to my API' }).isDisabled()).toBe(true);
      await alert.getByRole('link', { name: 'See it in Activity' }).click();
      await page.waitForURL(/\/activity\?event=\w+$/);
    });

    it('shows no token any more when another is refused', async () => {
      const { trial } = dashboard;
      const grant = { client_id: 'stranger-client', audience, allow_all_scopes: true };
      const { body: created } = await trial.manage<{ id: string }>('POST', '/client-grants', grant);
      const page = await dashboard.open(path);
      expectComplaint(page, /status of 403/);
      await page.getByLabel('Application', { exact: true }).selectOption('Stranger');
      await page.getByText('with 3 scopes').waitFor();
      await trial.manage('DELETE', `/client-grants/${created.id}`);
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByRole('button', { name: 'Copy access token' }).count()).toBe(0);
    });

    it('moves nothing below the token when another comes', async () => {
      const page = await dashboard.open(path);
      const measure = async (): Promise<number> => {
        const [token, call] = await Promise.all(
          ['Access token', 'Call your API'].map((name) => page.getByRole('heading', { name }).boundingBox()),
        );
        return (call?.y ?? 0) - (token?.y ?? 0);
      };
      await verifyToken(page);
      const before = await measure();
      await page.getByLabel('write:messages').uncheck();
      await page.getByText('An access token without read:admin').waitFor();
      expect(await measure()).toBe(before);
      // It has other claims, and more or fewer of them.
      await page.getByLabel('As a user').check();
      await page.getByText(`"${users.plain.user_id}"`).waitFor();
      expect(await measure()).toBe(before);
    });
  });

  describe('as a user', () => {
    it('takes a token as after a login, with what the roles of the user allow', async () => {
      const page = await dashboard.open(path);
      await page.getByLabel('As a user').check();
      await page.getByLabel('User', { exact: true }).selectOption(users.admin.email);
      await page.getByText('with 3 scopes').waitFor();
      expect(await verifyToken(page)).toMatchObject({ sub: users.admin.user_id, azp: 'web-client' });

      await dashboard.trial.manage('PATCH', `/resource-servers/${encodeURIComponent(audience)}`, {
        enforce_policies: true,
        token_dialect: 'access_token_authz',
      });
      await page.getByRole('button', { name: 'New token' }).click();
      await page.getByText('with 1 scope').waitFor();
      expect(await verifyToken(page)).toMatchObject({ scope: 'read:admin', permissions: ['read:admin'] });

      await page.getByLabel('User', { exact: true }).selectOption(users.plain.email);
      await page.getByText('with no scopes').waitFor();
      expect(await verifyToken(page)).toMatchObject({ sub: users.plain.user_id, permissions: [] });
      await dashboard.trial.manage('PATCH', `/resource-servers/${encodeURIComponent(audience)}`, {
        enforce_policies: false,
        token_dialect: 'access_token',
      });
    });
  });

  describe('Send to my API', () => {
    /** The quickstart's API, for the trial tenant. */
    async function serveProtectedApi(): Promise<string> {
      const app = express();
      app.use(createAuth0Api({ domain: dashboard.trial.tenant.domain, audience }));
      app.get('/api/messages', requiresAuth({ scopes: ['read:messages'] }), (_req, res) => {
        res.json({ messages: ['Hello!', 'World!'] });
      });
      return `http://localhost:${await serveApiForTest(app)}`;
    }

    it('shows 200 with the scope and 403 without it, and which token that was', async () => {
      const url = `${await serveProtectedApi()}/api/messages`;
      const page = await dashboard.open(path);
      await verifyToken(page);
      await page.getByRole('textbox', { name: 'URL' }).fill(url);
      await page.keyboard.press('Enter');
      const answer = page.getByRole('group', { name: 'Answer' });
      await answer.getByText('200 OK').waitFor();
      await answer.getByText('"Hello!"').waitFor();
      const earlier = answer.getByText('With an earlier token');
      expect(await earlier.count()).toBe(0);

      await page.getByLabel('read:messages').uncheck();
      await earlier.waitFor();
      await page.getByRole('button', { name: 'Send to my API' }).click();
      await answer.getByText('403 Forbidden').waitFor();
      expect(await earlier.count()).toBe(0);
      expect(await answer.locator('dt').first().textContent()).toBe('WWW-Authenticate');
      expect(await answer.locator('dd').first().textContent()).toMatch(
        /^Bearer error="insufficient_scope".*scope="read:messages"$/,
      );
      await answer.getByText('read:messages: ask for it above.').waitFor();
    });

    it('leads from a 401 to the inspector, with the token in no address', async () => {
      const app = express();
      app.use(
        createAuth0Api({ domain: dashboard.trial.tenant.domain, audience: 'urn:another' }),
        requiresAuth(),
      );
      const page = await dashboard.open(path);
      await verifyToken(page);
      await page
        .getByRole('textbox', { name: 'URL' })
        .fill(`http://localhost:${await serveApiForTest(app)}/`);
      await page.getByRole('button', { name: 'Send to my API' }).click();
      const answer = page.getByRole('group', { name: 'Answer' });
      await answer.getByText('401 Unauthorized').waitFor();
      await answer.getByRole('link', { name: 'Inspect this token' }).click();
      await page.waitForURL(/\/inspector$/);
      expect(await page.getByRole('textbox', { name: 'Token' }).inputValue()).toMatch(/^eyJ/);
    });

    it('says beside the URL what is in the way', async () => {
      const page = await dashboard.open(path);
      expectComplaint(page, /status of (502|400)/);
      await verifyToken(page);
      const url = page.getByRole('textbox', { name: 'URL' });
      const send = page.getByRole('button', { name: 'Send to my API' });
      await url.fill(await serveProtectedApi());
      await send.click();
      await page.getByText('404 Not Found').waitFor();
      await url.fill('http://localhost:1/api/private');
      await send.click();
      await page.getByText('Nothing listens on http://localhost:1. Start your API').waitFor();
      expect(await page.getByRole('group', { name: 'Answer' }).count()).toBe(0);
      await expect.poll(() => page.evaluate('document.activeElement.ariaInvalid')).toBe('true');
      await url.fill('https://api.example.com/');
      await send.click();
      await page.getByText('Requests go to this machine only').waitFor();
    });

    it('sends a body where the method has one, and gives the same call as code', async () => {
      const app = express();
      app.use(express.json()).put('/api/messages', (req, res) => {
        res.status(201).json({ got: req.body as unknown, as: req.headers['content-type'] });
      });
      const url = `http://localhost:${await serveApiForTest(app)}/api/messages`;
      const page = await dashboard.open(path);
      await verifyToken(page);
      await page.getByLabel('Method').selectOption('PUT');
      await page.getByRole('textbox', { name: 'URL' }).fill(url);
      await page.getByLabel('Body (JSON)').fill('{"text":"Hello!"}');
      await page.getByRole('button', { name: 'Send to my API' }).click();
      const answer = page.getByRole('group', { name: 'Answer' });
      await answer.getByText('201 Created').waitFor();
      await answer.getByText('"as": "application/json"').waitFor();

      await page.getByRole('radio', { name: 'Node' }).check();
      await page.getByRole('button', { name: 'Copy Node code' }).click();
      const code = await page.evaluate<string>('navigator.clipboard.readText()');
      expect(code).toContain(`await fetch("${url}", {\n  method: "PUT"`);
      expect(code).toMatch(/Bearer eyJ[\w-]+\.[\w-]+\.[\w-]+"/);
    });
  });

  async function countTokens(): Promise<number> {
    const { body } = await dashboard.trial.manage<{ total: number }>(
      'GET',
      '/logs?q=type:seccft&include_totals=true',
    );
    return body.total;
  }
});
