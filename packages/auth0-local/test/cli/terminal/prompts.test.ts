import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTenant } from 'auth0-local';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openStore } from '../../../src/store/store.js';
import {
  announceTenant,
  controlC,
  createCommandRoom,
  createTenantRoom,
  enter,
  type CommandRoom,
  type TenantRoom,
} from '../../support/run-command.js';
import { createTemporaryFolder } from '../../support/temporary-folder.js';

let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

const create = ['roles', 'create', '--json'];

describe('a question', () => {
  it('is on stderr, so that stdout has only what was asked for', async () => {
    const { code, screen } = await room.runOnTerminal(create, {
      redirect: '> role.json',
      answers: [{ after: 'Name', keys: `asked${enter}` }],
    });
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} role created`);
    expect(JSON.parse(readFileSync(join(room.folder, 'role.json'), 'utf8'))).toMatchObject({ name: 'asked' });
  });

  it.each([
    ['stderr', '2> errors.txt'],
    ['stdin', '< /dev/null 2> errors.txt'],
  ])('is not asked where %s is no terminal', async (_stream, redirect) => {
    const { code } = await room.runOnTerminal(create, { redirect });
    expect(code).toBe(1);
    expect(readFileSync(join(room.folder, 'errors.txt'), 'utf8')).toContain('Missing --name');
  });

  it('is given up with Ctrl-C, which changes nothing', async () => {
    const { code, screen } = await room.runOnTerminal(create, {
      answers: [{ after: 'Name', keys: controlC }],
    });
    expect(code).toBe(130);
    expect(screen).toContain(`=== ${room.name} error\n\nCancelled.\n`);
    expect((await room.manage<unknown[]>('GET', '/roles?name_filter=asked')).body).toHaveLength(1);
  });

  it('is not asked where a flag has answered it', async () => {
    const { code, screen } = await room.runOnTerminal([...create, '--name', 'flag']);
    expect(code).toBe(0);
    expect(screen).not.toContain('◆');
  });

  it('shows names that would play with a terminal, in a state that has them, as they are not', async () => {
    const title = '\u001b]0;title\u0007';
    const older = await openRoomWithRole(`evil${title}`);
    const chosen = await older.runOnTerminal(['roles', 'show'], {
      answers: [{ after: 'evil', keys: controlC }],
    });
    const confirmed = await older.runOnTerminal(['roles', 'delete', `evil${title}`], {
      answers: [{ after: 'Are you sure?', keys: enter }],
    });
    for (const { raw } of [chosen, confirmed]) {
      expect(raw).toContain('evil\ufffd]0;title\ufffd');
      expect(raw).not.toContain(title);
    }
  });
});

/** A room with a tenant whose state has a role that it would not take any more. */
async function openRoomWithRole(name: string): Promise<CommandRoom> {
  const dataDir = createTemporaryFolder();
  const start = () => createTenant({ dataDir, port: 0, httpsPort: 0 });
  await (await start()).close();
  const store = openStore(join(dataDir, 'tenant.db'));
  store.roles.put('rol_older', { id: 'rol_older', name, description: '' });
  store.close();
  const tenant = await start();
  onTestFinished(() => tenant.close());
  const place = createCommandRoom();
  onTestFinished(() => place.remove());
  announceTenant(place, { tenant }, dataDir);
  return place;
}
