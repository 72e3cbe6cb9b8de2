import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { fixToken } from '../../../src/oauth/fixes.js';
import { requestMachineToken } from '../../support/flow-requests.js';
import { audience } from '../../support/trial-tenant.js';
import { useDashboard } from '../support/open-dashboard.js';

const hourMs = 3600 * 1000;
const check = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });

describe('the token inspector', () => {
  let movedMs = 0;
  const dashboard = useDashboard({ now: () => Date.now() + movedMs });
  const takeToken = async (): Promise<string> =>
    (await requestMachineToken(dashboard.trial.ask)).body.access_token;
  const paste = async (text: string): Promise<Page> => {
    const page = await dashboard.open('/inspector');
    await page.getByLabel('Token', { exact: true }).fill(text);
    return page;
  };

  it('shows that a good token passes every check, for the API that it names', async () => {
    const { trial } = dashboard;
    await trial.manage('POST', '/resource-servers', { name: 'Orders', identifier: 'urn:orders' });
    const grant = { client_id: 'machine-client', audience: 'urn:orders', allow_all_scopes: true };
    await trial.manage('POST', '/client-grants', grant);
    const { body } = await requestMachineToken(trial.ask, { audience: 'urn:orders' });
    const page = await paste(body.access_token);
    await page.getByText('Accepted').waitFor();
    await page.getByText('200 OK').waitFor();
    const verdict = page.locator('.verdict');
    expect(await verdict.textContent()).toContain(
      `By this tenant’s settings, for an API with AUTH0_AUDIENCE=urn:orders and AUTH0_DOMAIN=${trial.tenant.domain}. An API that is set up with these accepts it`,
    );
    expect(await page.getByLabel('API that gets it').inputValue()).toBe('urn:orders');
    expect(await page.getByText('Passed').count()).toBe(await page.getByRole('listitem').count());
    await page.getByLabel('claims').getByText('"sub": "machine-client@clients"').waitFor();

    await page.getByLabel('API that gets it').selectOption(audience);
    await check(page, 'Audience').getByText('Failed').waitFor();
    await check(page, 'Audience').getByText('urn:orders', { exact: true }).waitFor();
    expect(await verdict.textContent()).toContain(`AUTH0_AUDIENCE=${audience} and`);
    expect(await verdict.textContent()).not.toContain('accepts it');
    await check(page, 'Not expired').getByText('Not reached').waitFor();
  });

  it('shows which check an expired token fails, that the later ones are not reached, and what helps', async () => {
    const token = await takeToken();
    movedMs = 27 * hourMs;
    const page = await paste(`Authorization: Bearer ${token}`);
    await page.getByText('401 Unauthorized').waitFor();
    await page.getByText('token_expired').waitFor();
    await page.getByText('the name of the header, the scheme Bearer').waitFor();
    const failed = check(page, 'Not expired');
    await failed.getByText('Failed').waitFor();
    await failed.getByText('3 hours ago').waitFor();
    await check(page, 'Signature').getByText('Passed').waitFor();
    await check(page, 'Sender constraint').getByText('Not reached').waitFor();
    await failed.getByRole('button', { name: 'Copy command' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(fixToken(audience));
    movedMs = 0;
    await page.getByRole('button', { name: 'Inspect' }).click();
    await page.getByText('Accepted').waitFor();
  });

  it('asks for permissions, as the API does', async () => {
    const page = await paste(await takeToken());
    await page.getByText('Accepted').waitFor();
    await page.getByLabel('read:admin').check();
    await page.getByText('403 Forbidden').waitFor();
    await page.getByText('insufficient_scope').waitFor();
    await page.getByLabel('read:admin').uncheck();
    await page.getByText('Accepted').waitFor();
  });

  it('judges by the issuer of the other listener if it is told to', async () => {
    const page = await paste(await takeToken());
    await page.getByText('Accepted').waitFor();
    await page.getByLabel('Issuer that it trusts').selectOption(`${dashboard.trial.tenant.urls.https}/`);
    await check(page, 'Issuer').getByText('Failed').waitFor();
    await page.getByText('issuer_mismatch').waitFor();
  });

  it('says of garbage that it is no token, and keeps nothing of what was pasted', async () => {
    const token = await takeToken();
    const requests: string[] = [];
    const page = await paste('a-secret-that-was-pasted');
    page.on('request', (request) => requests.push(`${request.url()} ${request.postData() ?? ''}`));
    await page.getByText('token_opaque').waitFor();
    await check(page, 'The token is a JWT of three parts').getByText('Failed').waitFor();
    await page.getByText('There is nothing to read in this token').waitFor();
    await page.getByLabel('Token', { exact: true }).fill(token);
    await page.getByText('Accepted').waitFor();

    await page.getByRole('button', { name: 'Clear' }).click();
    await page.getByText('Accepted').waitFor({ state: 'detached' });
    await expect.poll(() => page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA');
    expect(await page.getByLabel('Token', { exact: true }).inputValue()).toBe('');
    expect(
      requests.filter((request) => request.includes(token)).map((request) => request.split(' ')[0]),
    ).toEqual([`${dashboard.trial.tenant.domain}/dashboard/api/explain`]);
    const stored = await page.evaluate<string>(
      'JSON.stringify([localStorage, sessionStorage, history.state, location.href])',
    );
    const { body: logs } = await dashboard.trial.manage('GET', '/logs?per_page=100');
    for (const kept of [stored, JSON.stringify(logs)]) {
      expect(kept).not.toContain(token.slice(-40));
      expect(kept).not.toContain('a-secret-that-was-pasted');
    }
    await page.getByRole('link', { name: 'Activity' }).click();
    await page.getByRole('heading', { name: 'Activity' }).waitFor();
    await page.goBack();
    expect(await page.getByLabel('Token', { exact: true }).inputValue()).toBe('');
  });
});
