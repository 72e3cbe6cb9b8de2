import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTenantRoom, type TenantRoom } from '../../support/run-command.js';

let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

let count = 0;
const nextIdentifier = (): string => `urn:api:${(count += 1)}`;

describe('a list', () => {
  it('is as wide as the terminal, and has bold labels there', async () => {
    const { code, screen, raw } = await room.runOnTerminal(['apis', 'list'], { columns: 50 });
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} apis (`);
    expect(Math.max(...screen.split('\n').map((line) => line.length))).toBe(50);
    expect(screen).toContain('…');
    expect(raw).toContain('\u001b[1mID ');
  });

  it('reads as many pages as it takes', async () => {
    const identifiers = Array.from({ length: 105 }, nextIdentifier);
    await room.tenant.seed({
      resourceServers: identifiers.map((identifier) => ({ identifier, name: 'Page' })),
    });
    const { stdout, stderr } = await room.run(['apis', 'list', '-n', '1000', '--json']);
    const apis = JSON.parse(stdout) as { identifier: string }[];
    expect(apis.filter(({ identifier }) => identifiers.includes(identifier))).toHaveLength(105);
    expect(stderr).toBe(`=== ${room.name} apis (${apis.length})\n\n`);
  });
});
