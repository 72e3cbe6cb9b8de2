import { describe, expect, it } from 'vitest';
import type { Api } from '../../../src/tenant/apis.js';
import { useDashboard } from '../support/open-dashboard.js';

describe('the settings of an API', () => {
  const dashboard = useDashboard();
  const createApi = async (identifier: string, more: object = {}): Promise<Api> => {
    const body = { name: identifier, identifier, ...more };
    return (await dashboard.trial.manage<Api>('POST', '/resource-servers', body)).body;
  };
  const readApi = async ({ id }: Api): Promise<Api> =>
    (await dashboard.trial.manage<Api>('GET', `/resource-servers/${id}`)).body;

  it('keeps what was typed when one leaves and comes back, and sends only that', async () => {
    const api = await createApi('urn:draft');
    const page = await dashboard.open(`/apis/${api.id}/settings`);
    await page.getByLabel('Token lifetime', { exact: true }).fill('600');
    await page.getByRole('link', { name: 'APIs', exact: true }).first().click();
    await page.getByRole('link', { name: 'urn:draft' }).click();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByText('There are changes that are not saved.').waitFor();
    expect(await page.getByLabel('Token lifetime', { exact: true }).inputValue()).toBe('600');

    // Somebody else's change is not undone by what this form has not touched.
    await dashboard.trial.manage('PATCH', `/resource-servers/${api.id}`, { allow_offline_access: true });
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect(await readApi(api)).toMatchObject({ token_lifetime: 600, allow_offline_access: true });
    expect(await page.getByRole('button', { name: 'Save changes' }).isDisabled()).toBe(true);
  });

  it('says beside the field what a lifetime can be, and sends nothing', async () => {
    const api = await createApi('urn:lifetime');
    const page = await dashboard.open(`/apis/${api.id}/settings`);
    await page.getByLabel('Token lifetime', { exact: true }).fill('2592001');
    await page.getByLabel('Token lifetime for browser flows').fill('0.5');
    await page.getByLabel('Name').fill(' ');
    await page.keyboard.press('Enter');
    await page.getByText('Give it a name.').waitFor();
    expect(await page.getByText('A whole number of seconds from 0 to 2592000').count()).toBe(2);
    await expect.poll(() => page.evaluate('document.activeElement.ariaInvalid')).toBe('true');
    expect(await readApi(api)).toEqual(api);
    await page.getByRole('button', { name: 'Discard' }).click();
    expect(await page.getByLabel('Name').inputValue()).toBe('urn:lifetime');
    expect(await page.getByText('Give it a name.').count()).toBe(0);
  });

  it('adds permissions to the access token only with RBAC, in either profile', async () => {
    const api = await createApi('urn:rbac');
    const page = await dashboard.open(`/apis/${api.id}/settings`);
    const rbac = page.getByLabel('Enable RBAC');
    const inToken = page.getByLabel('Add permissions in the access token');
    const save = async (): Promise<Api> => {
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByText('The settings are saved.').last().waitFor();
      await page.getByRole('button', { name: 'Save changes', disabled: true }).waitFor();
      return readApi(api);
    };
    await page.getByText('Takes RBAC: enable it first.').waitFor();
    expect(await inToken.isDisabled()).toBe(true);
    await rbac.check();
    await inToken.check();
    expect(await save()).toMatchObject({ enforce_policies: true, token_dialect: 'access_token_authz' });
    await page.getByLabel('JWT profile').selectOption('RFC 9068');
    expect(await save()).toMatchObject({ token_dialect: 'rfc9068_profile_authz' });
    await rbac.uncheck();
    expect(await inToken.isChecked()).toBe(false);
    expect(await save()).toMatchObject({ enforce_policies: false, token_dialect: 'rfc9068_profile' });
  });

  it('sets the access policies and what users are asked', async () => {
    const api = await createApi('urn:policies');
    const page = await dashboard.open(`/apis/${api.id}/settings`);
    await page.getByRole('group', { name: 'In the name of users' }).getByLabel('Authorised only').check();
    await page.getByRole('group', { name: 'In their own name' }).getByLabel('None').check();
    await page.getByLabel('Allow offline access').check();
    await page.getByLabel('Skip consent for first-party applications').check();
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect(await readApi(api)).toMatchObject({
      subject_type_authorization: {
        user: { policy: 'require_client_grant' },
        client: { policy: 'deny_all' },
      },
      allow_offline_access: true,
      skip_consent_for_verifiable_first_party_clients: true,
    });
  });

  it('binds tokens to keys or certificates, and requires it of whom it says', async () => {
    const api = await createApi('urn:bound');
    const page = await dashboard.open(`/apis/${api.id}/settings`);
    const method = page.getByRole('group', { name: 'Method' });
    const requirement = page.getByLabel('Require sender-constraining');
    const save = async (): Promise<Api['proof_of_possession']> => {
      await page.getByRole('button', { name: 'Save changes' }).click();
      await page.getByRole('button', { name: 'Save changes', disabled: true }).waitFor();
      return (await readApi(api)).proof_of_possession;
    };
    expect(await method.getByLabel('None').isChecked()).toBe(true);
    expect(await requirement.isDisabled()).toBe(true);
    await method.getByLabel('DPoP').check();
    expect(await save()).toEqual({ mechanism: 'dpop', required: false });
    await requirement.selectOption('For public applications');
    expect(await save()).toEqual({ mechanism: 'dpop', required: true, required_for: 'public_clients' });
    await page.reload();
    expect(await requirement.inputValue()).toBe('public_clients');
    // Public applications have no certificates: with mutual TLS it is all or none.
    await method.getByLabel('Mutual TLS').check();
    expect(await requirement.locator('option').allTextContents()).toEqual(['Never', 'Always']);
    expect(await save()).toEqual({ mechanism: 'mtls', required: true });
    await method.getByLabel('None').check();
    expect(await requirement.inputValue()).toBe('never');
    expect(await save()).toBeNull();
  });

  it('shows the secret of HS256 when it is asked for, and copies it without', async () => {
    const secret = 'a-secret-that-both-sides-know';
    const api = await createApi('urn:hs256', { signing_alg: 'HS256', signing_secret: secret });
    const page = await dashboard.open(`/apis/${api.id}/settings`);
    await page.getByRole('button', { name: 'Copy signing secret' }).click();
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(secret);
    expect(await page.getByText(secret).count()).toBe(0);
    await page.getByRole('button', { name: 'Show signing secret' }).click();
    await page.getByText(secret).waitFor();
  });

  it('deletes the API, and leads back to the list', async () => {
    const api = await createApi('urn:gone');
    const page = await dashboard.open(`/apis/${api.id}/settings`);
    await page.getByRole('button', { name: 'Delete API' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Type urn:gone to confirm').fill('urn:gone');
    await dialog.getByRole('button', { name: 'Delete API' }).click();
    await page.waitForURL(/\/apis$/);
    await page.getByText('urn:gone is deleted.').waitFor();
    expect((await dashboard.trial.manage('GET', `/resource-servers/${api.id}`)).status).toBe(404);
  });
});
