import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTenantRoom, enter, type TenantRoom } from '../../support/run-command.js';

let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

let count = 0;
const nextIdentifier = (): string => `urn:api:${(count += 1)}`;
const find = async (identifier: string): Promise<{ readonly id?: string }> =>
  (await room.manage<{ id?: string }>('GET', `/resource-servers/${encodeURIComponent(identifier)}`)).body;

describe('auth0 apis delete', () => {
  let identifier: string;
  beforeEach(async () => {
    identifier = nextIdentifier();
    await room.tenant.seed({ resourceServers: [{ identifier }] });
  });
  const isThere = async (): Promise<boolean> => 'id' in (await find(identifier));

  it('refuses where nobody can confirm it, and names --force', async () => {
    const { code, stdout, stderr } = await room.run(['apis', 'delete', identifier]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`This deletes the API '${identifier}'.`);
    expect(stderr).toContain('Add --force');
    expect(await isThere()).toBe(true);
  });

  it('deletes several with --force', async () => {
    const other = nextIdentifier();
    await room.tenant.seed({ resourceServers: [{ identifier: other }] });
    const { code, stdout, stderr } = await room.run(['apis', 'rm', identifier, other, '--force']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe(
      `=== ${room.name} api ${identifier} deleted\n\n=== ${room.name} api ${other} deleted\n\n`,
    );
    expect(await isThere()).toBe(false);
  });

  it('says that there is none of that name, though the API does not mind', async () => {
    const { code, stderr } = await room.run(['apis', 'delete', 'urn:misspelt', '--force']);
    expect(code).toBe(1);
    expect(stderr).toContain("Failed to read the API 'urn:misspelt': The resource server does not exist.");
  });

  it('deletes what it can, and reports what it cannot', async () => {
    const system = `${room.tenant.issuer}api/v2/`;
    const { code, stderr } = await room.run(['apis', 'delete', system, identifier, '--force']);
    expect(code).toBe(1);
    expect(stderr).toContain(`=== ${room.name} api ${identifier} deleted`);
    expect(stderr).toContain(
      `Failed to delete the API '${system}': System resource servers cannot be deleted.`,
    );
    expect(await isThere()).toBe(false);
  });

  it.each([
    ['y', false, 'deleted'],
    ['n', true, 'Nothing was deleted.'],
    [enter, true, 'Nothing was deleted.'],
  ])('asks on a terminal: with the key %j it is there: %s', async (keys, isLeft, text) => {
    const { code, screen } = await room.runOnTerminal(['apis', 'delete', identifier], {
      answers: [{ after: 'Are you sure?', keys }],
    });
    expect(code).toBe(0);
    expect(screen).toContain(text);
    expect(await isThere()).toBe(isLeft);
  });
});
