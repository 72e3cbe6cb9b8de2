import { describe, expect, it } from 'vitest';
import { audience } from '../../support/trial-tenant.js';
import { useDashboard } from '../support/open-dashboard.js';

describe('the dialog that deletes an API', () => {
  const dashboard = useDashboard();

  /** Creates an API of this name with its test application, and returns the client id of that. */
  async function createTested(name: string, identifiers: readonly string[]): Promise<string> {
    const { trial } = dashboard;
    const { body } = await trial.manage<{ client_id: string }>('POST', '/clients', {
      name: `${name} (Test Application)`,
      app_type: 'non_interactive',
      grant_types: ['client_credentials'],
    });
    for (const identifier of identifiers) {
      const grant = { client_id: body.client_id, audience: identifier, allow_all_scopes: true };
      await trial.manage('POST', '/client-grants', grant);
    }
    return body.client_id;
  }

  it.each<[string, readonly string[], boolean]>([
    ['deletes its test application with it', [], true],
    ['keeps one that is authorised for another API', [audience], false],
  ])('%s', async (_fact, further, isTicked) => {
    const { trial } = dashboard;
    const name = `Tested ${String(isTicked)}`;
    const identifier = `urn:tested:${String(isTicked)}`;
    await trial.manage('POST', '/resource-servers', { name, identifier });
    const clientId = await createTested(name, [identifier, ...further]);
    const page = await dashboard.open('/apis');
    await page.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const dialog = page.getByRole('dialog');
    const box = dialog.getByRole('checkbox', { name: 'Delete its test application too' });
    await box.waitFor();
    expect(await box.isChecked()).toBe(isTicked);
    await dialog.getByLabel(`Type ${identifier} to confirm`).fill(identifier);
    await dialog.getByRole('button', { name: 'Delete API' }).click();
    await dialog.waitFor({ state: 'detached' });
    expect((await trial.manage('GET', `/resource-servers/${identifier}`)).status).toBe(404);
    expect((await trial.manage('GET', `/clients/${clientId}`)).status).toBe(isTicked ? 404 : 200);
  });

  it('offers none of another API with the same name', async () => {
    const { trial } = dashboard;
    const name = 'Twice there';
    for (const identifier of ['urn:twin:1', 'urn:twin:2']) {
      await trial.manage('POST', '/resource-servers', { name, identifier });
    }
    await createTested(name, ['urn:twin:1']);
    const own = await createTested(name, ['urn:twin:2', audience]);
    const page = await dashboard.open('/apis');
    const row = page.getByRole('row').filter({ hasText: 'urn:twin:2' });
    await row.getByRole('button', { name: `Actions for ${name}` }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    const boxes = page.getByRole('dialog').getByRole('checkbox');
    await boxes.first().waitFor();
    expect(await boxes.count()).toBe(1);
    await boxes.first().check();
    await page.getByLabel('Type urn:twin:2 to confirm').fill('urn:twin:2');
    await page.getByRole('button', { name: 'Delete API' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect((await trial.manage('GET', `/clients/${own}`)).status).toBe(404);
  });
});
