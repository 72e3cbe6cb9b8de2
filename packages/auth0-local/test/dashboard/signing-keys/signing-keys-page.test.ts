import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import type { SigningKey } from '../../../src/tenant/signing-keys.js';
import { requestMachineToken } from '../../support/flow-requests.js';
import { expectComplaint, useDashboard } from '../support/open-dashboard.js';

describe('the page of the signing keys', () => {
  const dashboard = useDashboard();

  const takeToken = async (): Promise<string> =>
    (await requestMachineToken(dashboard.trial.ask)).body.access_token;
  /** As an API that has never seen the tenant. */
  const verify = (token: string): Promise<unknown> =>
    jwtVerify(token, createRemoteJWKSet(new URL('/.well-known/jwks.json', dashboard.trial.tenant.domain)));

  it('rotates: old tokens stay good, new ones are signed by the key that was next', async () => {
    const token = await takeToken();
    const { kid = '' } = decodeProtectedHeader(token);
    const page = await dashboard.open('/signing-keys');
    const section = (title: string) =>
      page.locator('section').filter({ has: page.getByRole('heading', { name: title }) });
    await section('Current key').getByText(kid).waitFor();
    const next = (await section('Next key').locator('code').first().textContent()) ?? '';

    await page.getByRole('button', { name: 'Rotate keys' }).click();
    const dialog = page.getByRole('dialog', { name: 'Rotate the signing keys?' });
    await dialog.getByText('stay good').waitFor();
    await dialog.getByRole('button', { name: 'Rotate', exact: true }).click();
    await section('Current key').getByText(next).waitFor();
    await section('Previous keys').getByRole('heading', { name: kid }).waitFor();

    expect(decodeProtectedHeader(await takeToken()).kid).toBe(next);
    await verify(token);
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe('Rotate keys');
  });

  it('revokes a key that signed before: what it signed is good no longer', async () => {
    const token = await takeToken();
    const { kid = '' } = decodeProtectedHeader(token);
    await dashboard.trial.manage('POST', '/keys/signing/rotate');
    const page = await dashboard.open('/signing-keys');
    await page.getByRole('button', { name: `Revoke ${kid}` }).click();
    await verify(token);
    const dialog = page.getByRole('dialog', { name: 'Revoke this key?' });
    await dialog.getByText('are refused from now on').waitFor();
    await dialog.getByRole('button', { name: 'Revoke key' }).click();
    await dialog.waitFor({ state: 'detached' });

    const item = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: kid }) });
    await item.getByText('Revoked', { exact: true }).first().waitFor();
    expect(await item.getByRole('button', { name: /^Revoke/ }).count()).toBe(0);
    await expect.poll(() => page.evaluate('document.activeElement.textContent')).toBe(kid);
    await expect(verify(token)).rejects.toThrow('no applicable key found');
    const { body } = await dashboard.trial.manage<SigningKey>('GET', `/keys/signing/${kid}`);
    expect(body).toMatchObject({ revoked: true });
  });

  it('has the certificate of each, to copy, and leads to the JWKS', async () => {
    const { body: keys } = await dashboard.trial.manage<SigningKey[]>('GET', '/keys/signing');
    const page = await dashboard.open('/signing-keys');
    await page.getByText('Certificate', { exact: true }).first().click();
    await page
      .getByRole('button', { name: /^Copy certificate/ })
      .first()
      .click();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toContain('-----BEGIN CERTIFICATE-----');
    expect(keys.map(({ cert }) => cert)).toContain(copied);
    // The browser looks for the picture of a page that is no page.
    expectComplaint(page, /favicon\.ico/);
    await page.getByRole('link', { name: 'Open the JWKS' }).click();
    await page.waitForURL('**/.well-known/jwks.json');
  });
});
