import { describe, expect, it } from 'vitest';
import { useDashboard } from '../../support/open-dashboard.js';

const identifier = 'urn:orders';

describe('the Test tab of a tenant that has nothing but an API', () => {
  const dashboard = useDashboard({
    seed: { resourceServers: [{ name: 'Orders', identifier, scopes: [{ value: 'read:orders' }] }] },
  });
  const readApi = async () =>
    (
      await dashboard.trial.manage<{ id: string }>(
        'GET',
        `/resource-servers/${encodeURIComponent(identifier)}`,
      )
    ).body;

  it('creates what it takes to have a token, as an application and as a user', async () => {
    const { trial } = dashboard;
    const page = await dashboard.open(`/apis/${(await readApi()).id}/test`);
    await page.getByText('No application takes tokens in its own name').waitFor();
    await page.getByRole('button', { name: 'Create a test application' }).click();
    await page.getByText('with 1 scope').waitFor();
    await expect
      .poll(() => page.evaluate('document.activeElement.selectedOptions[0].text'))
      .toBe('Orders (Test Application)');
    const { body: grants } = await trial.manage('GET', '/client-grants');
    expect(grants).toEqual([expect.objectContaining({ audience: identifier, allow_all_scopes: true })]);

    await page.getByLabel('As a user').check();
    await page.getByText('There are no users yet').waitFor();
    await page.getByText('Users have nothing to log in to').waitFor();
    await page.getByRole('button', { name: 'Create a test application' }).click();
    await page.getByText('Users have nothing to log in to').waitFor({ state: 'detached' });
    const { body: clients } = await trial.manage('GET', '/clients');
    expect(clients).toContainEqual(
      expect.objectContaining({ name: 'Orders (Test App for Users)', app_type: 'regular_web' }),
    );
    expect(await page.getByRole('link', { name: 'Create a user' }).getAttribute('href')).toBe(
      '/dashboard/users',
    );
  });

  it('finds one user among many, by keyboard', async () => {
    const { trial } = dashboard;
    const people = Array.from({ length: 25 }, (_, index) => `person-${index}@example.com`);
    await Promise.all(
      people.map((email) =>
        trial.manage('POST', '/users', {
          email,
          password: 'local-password',
          connection: 'Username-Password-Authentication',
        }),
      ),
    );
    await trial.manage('POST', '/clients', { name: 'Shop', app_type: 'regular_web' });
    const page = await dashboard.open(`/apis/${(await readApi()).id}/test`);
    await page.getByLabel('As a user').check();
    await page.getByLabel('Find a user by email or name').fill('person-24@');
    await page.getByText('1 found. Enter chooses the first.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByLabel('claims', { exact: true }).waitFor();
    expect(
      await page
        .getByLabel('User', { exact: true })
        .evaluate(
          (select) => (select as unknown as { selectedOptions: { text: string }[] }).selectedOptions[0]?.text,
        ),
    ).toBe('person-24@example.com');
  });
});
