import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { applications, audience } from '../../support/trial-tenant.js';
import { isInSight } from '../support/is-in-sight.js';
import { useDashboard } from '../support/open-dashboard.js';

describe('the settings of an application', () => {
  const dashboard = useDashboard();

  it('are saved, and only those that were changed', async () => {
    const { trial } = dashboard;
    const { body: before } = await trial.manage<Record<string, unknown>>('GET', '/clients/web-client');
    const page = await dashboard.open('/applications/web-client/settings');
    await page.getByLabel('Description').fill('The shop');
    await page
      .getByLabel('Allowed callback URLs')
      .fill('http://localhost:3000/callback\n\n https://shop.example/back ');
    await page.getByLabel('Implicit').check();
    await page.getByLabel('Require token sender-constraining').check();
    await page.getByLabel('Rotate refresh tokens').check();
    await page.getByLabel('End when not used').check();
    await page.getByLabel('Idle lifetime').fill('600');
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The settings are saved.').waitFor();

    const changes = {
      description: 'The shop',
      require_proof_of_possession: true,
      callbacks: ['http://localhost:3000/callback', 'https://shop.example/back'],
      grant_types: [...(before['grant_types'] as string[]), 'implicit'].toSorted(),
      refresh_token: {
        rotation_type: 'rotating',
        expiration_type: 'expiring',
        idle_token_lifetime: 600,
        infinite_idle_token_lifetime: false,
      },
    };
    expect((await sent).postDataJSON()).toEqual(changes);
    const { body: after } = await trial.manage('GET', '/clients/web-client');
    expect(after).toEqual({
      ...before,
      ...changes,
      refresh_token: { ...(before['refresh_token'] as object), ...changes.refresh_token },
    });
  });

  it('are refused beside the field where something is no URL, and nothing typed is lost', async () => {
    const page = await dashboard.open('/applications/spa-client/settings');
    await page.getByLabel('Allowed callback URLs').fill('http://localhost:3000/\nlocalhost:3000/callback');
    await page.getByLabel('Allowed web origins').fill('http://localhost:3000/page');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('localhost:3000/callback is no URL').waitFor();
    await page.getByText('http://localhost:3000/page is more than an origin').waitFor();
    await page.getByRole('link', { name: 'Credentials' }).click();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    expect(await page.getByLabel('Allowed web origins').inputValue()).toBe('http://localhost:3000/page');

    await page.getByLabel('Allowed callback URLs').fill('com.example.app:/callback');
    await page.getByLabel('Allowed web origins').fill('http://localhost:5173');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The settings are saved.').waitFor();
    const { body } = await dashboard.trial.manage('GET', '/clients/spa-client');
    expect(body).toMatchObject({
      callbacks: ['com.example.app:/callback'],
      web_origins: ['http://localhost:5173'],
    });
  });

  it('say of all fields at once what is wrong, and lead to the first of them', async () => {
    const page = await dashboard.open('/applications/web-client/settings');
    await page.getByLabel('Name').fill('<b>Web</b>');
    await page.getByLabel('Description').fill('x'.repeat(142));
    await page.getByLabel('Allowed logout URLs').fill(`http://localhost/${'x'.repeat(2000)}`);
    await page.getByLabel('Rotate refresh tokens').check();
    await page.getByLabel('Leeway').fill('-1');
    await page.getByRole('button', { name: 'Save changes' }).click();
    await expect
      .poll(() => page.locator('.field-error').allTextContents())
      .toEqual([
        'Leave out < and >.',
        'At most 140 characters: leave out 2.',
        `http://localhost/${'x'.repeat(43)}…: At most 2000 characters: leave out 17.`,
        'Write a whole number of seconds; 0 is none.',
      ]);
    await expect.poll(() => page.evaluate('document.activeElement.value')).toBe('<b>Web</b>');
    expect(await isInSight(page.getByText('Leave out < and >.'))).toBe(true);
  });

  it('take away what needs a secret with the secret', async () => {
    const { trial } = dashboard;
    const { body } = await trial.manage<{ client_id: string }>('POST', '/clients', { name: 'Both' });
    const page = await dashboard.open(`/applications/${body.client_id}/settings`);
    await page.getByLabel('Authentication').selectOption('none');
    expect(await page.getByLabel('Client credentials').isDisabled()).toBe(true);
    await page.getByRole('button', { name: 'Save changes' }).click();
    await page.getByText('The settings are saved.').waitFor();
    expect((await trial.manage('GET', `/clients/${body.client_id}`)).body).toMatchObject({
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'implicit', 'refresh_token'],
    });
  });

  it('end with the way to delete it, which leads back to the list', async () => {
    const { trial } = dashboard;
    const { body } = await trial.manage<{ client_id: string }>('POST', '/clients', { name: 'Brief' });
    const page = await dashboard.open(`/applications/${body.client_id}/settings`);
    await page.getByRole('button', { name: 'Delete application' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete application' }).click();
    await page.waitForURL(/\/applications$/);
    await page.getByText('Brief is deleted.').waitFor();
    expect((await trial.manage('GET', `/clients/${body.client_id}`)).status).toBe(404);
  });
});

describe('the credentials of an application', () => {
  const dashboard = useDashboard();

  const takeToken = (secret: string) =>
    dashboard.trial.ask<{ access_token?: string }>('POST', '/oauth/token', {
      body: {
        grant_type: 'client_credentials',
        client_id: applications.machine.client_id,
        client_secret: secret,
        audience,
      },
    });

  it('show the secret when it is asked for, also in the command that takes a token, and rotate it', async () => {
    const old = applications.machine.client_secret;
    const page = await dashboard.open('/applications/machine-client/credentials');
    const command = page.getByLabel('curl command', { exact: true });
    expect(await command.textContent()).toContain('client_secret=YOUR_CLIENT_SECRET');
    expect(await page.content()).not.toContain(old);
    await page.getByRole('button', { name: 'Show client secret' }).click();
    expect(await command.textContent()).toContain(`client_secret=${old}`);
    expect((await takeToken(old)).status).toBe(200);

    await page.getByRole('button', { name: 'Rotate secret' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Rotate secret' }).click();
    await page.getByText('The secret is rotated').waitFor();
    await page.getByText(old).first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Copy client secret' }).click();
    const secret = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(await command.textContent()).toContain(`client_secret=${secret}`);
    expect((await takeToken(old)).status).toBe(401);
    expect((await takeToken(secret)).body.access_token).toBeDefined();
  });

  it('say that a public application has no secret', async () => {
    const page = await dashboard.open('/applications/spa-client/credentials');
    await page.getByText('It runs where its users could read a secret.').waitFor();
    expect(await page.getByRole('button', { name: 'Rotate secret' }).count()).toBe(0);
  });

  it('list the keys of an application that authenticates with these', async () => {
    const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = publicKey.export({ type: 'spki', format: 'pem' });
    const { body } = await dashboard.trial.manage<{ client_id: string }>('POST', '/clients', {
      name: 'Signer',
      app_type: 'non_interactive',
      client_authentication_methods: {
        private_key_jwt: { credentials: [{ credential_type: 'public_key', pem, alg: 'ES256', kid: 'k-1' }] },
      },
    });
    const page = await dashboard.open(`/applications/${body.client_id}/credentials`);
    const row = page.getByRole('row', { name: 'k-1' });
    await row.getByText('ES256').waitFor();
    await row.getByText('In use').waitFor();
    expect(await page.getByRole('button', { name: 'Rotate secret' }).count()).toBe(0);
  });
});
