import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenantRoom, type TenantRoom } from '../../support/run-command.js';
import { audience } from '../../support/trial-tenant.js';

let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

/** The id of the API. */
const findId = async (): Promise<string> =>
  (await room.manage<{ id: string }>('GET', `/resource-servers/${encodeURIComponent(audience)}`)).body.id;

describe('auth0 apis open', () => {
  it('prints the page in the Dashboard', async () => {
    const id = await findId();
    expect(await room.run(['apis', 'open', audience])).toEqual({
      code: 0,
      stdout: '',
      stderr: `Open the following URL in a browser: ${room.tenant.domain}/dashboard/apis/${id}/settings\n`,
    });
  });

  it('opens it on a terminal', async () => {
    const id = await findId();
    const browser = room.installBrowser();
    const { code, screen } = await room.runOnTerminal(['apis', 'open', audience], {
      env: browser.env,
      columns: 200,
    });
    const url = `${room.tenant.domain}/dashboard/apis/${id}/settings`;
    expect(code).toBe(0);
    expect(screen).toContain(`Open the following URL in a browser: ${url}\n`);
    expect(await browser.opened()).toBe(url);
  });

  it('only prints it with --no-input', async () => {
    const browser = room.installBrowser();
    const { code } = await room.runOnTerminal(['apis', 'open', audience, '--no-input'], { env: browser.env });
    expect(code).toBe(0);
    expect(browser.isOpened()).toBe(false);
  });
});
