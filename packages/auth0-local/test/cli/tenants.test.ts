import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  announceTenant,
  arrowDown,
  createCommandRoom,
  enter,
  type CommandRoom,
} from '../support/run-command.js';
import { startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';

let room: CommandRoom;
let trials: readonly [TrialTenant, TrialTenant];
/** Sorted: the first is the first in every list. */
let names: readonly [string, string];

beforeAll(async () => {
  room = createCommandRoom();
  const started = await Promise.all([startTrialTenant(), startTrialTenant()]);
  trials = started.toSorted(({ tenant: a }, { tenant: b }) => (a.domain < b.domain ? -1 : 1)) as never;
  mkdirSync(join(room.folder, 'project', '.auth0-local'), { recursive: true });
  names = [
    announceTenant(room, trials[0]),
    announceTenant(room, trials[1], join(room.folder, 'project', '.auth0-local')),
  ];
});

afterAll(async () => {
  await Promise.all(trials.map(({ tenant }) => tenant.close()));
  room.remove();
});

describe('auth0 tenants list', () => {
  it('is a table on stdout below a heading on stderr', async () => {
    const { code, stdout, stderr } = await room.run(['tenants', 'list']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '=== tenants (2)\n\n' });
    const [labels, ...rows] = stdout.trimEnd().split('\n');
    expect(labels).toMatch(/^NAME +URL +KIND +DATA +CHOSEN$/);
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatch(new RegExp(`^${names[0]} +http://${names[0]} +this machine$`));
    expect(rows[1]).toContain(join('project', '.auth0-local'));
  });

  it('is JSON and CSV, too', async () => {
    const [json, csv] = await Promise.all([
      room.run(['tenants', 'ls', '--json']),
      room.run(['tenants', 'list', '--csv']),
    ]);
    expect(JSON.parse(json.stdout)).toMatchObject([
      { name: names[0], url: `http://${names[0]}`, kind: 'this machine', active: false },
      { name: names[1] },
    ]);
    expect(csv.stdout).toContain(
      `NAME,URL,KIND,DATA,CHOSEN\n${names[0]},http://${names[0]},this machine,,\n`,
    );
  });

  it('shows the same on a terminal', async () => {
    const { code, screen } = await room.runOnTerminal(['tenants', 'list'], { columns: 200 });
    expect(code).toBe(0);
    expect(screen).toMatch(new RegExp(`=== tenants \\(2\\)\n\nNAME.*\n${names[0]}.*\n${names[1]}`));
  });

  it('does not show a tenant that has died, nor a process that is none', async () => {
    const other = createCommandRoom();
    const trial = await startTrialTenant();
    announceTenant(other, trial);
    await trial.tenant.close();
    const { code, stdout, stderr } = await other.run(['tenants', 'list']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toContain(
      "No tenants available. Use 'auth0 local start' to start one, or 'auth0 login' to add a real one.",
    );
    other.remove();
  });
});

describe('auth0 tenants use', () => {
  const show = async (...args: string[]): Promise<string> => {
    const { stderr } = await room.run(['api', 'get', 'nothing', ...args]);
    return /^=== (\S+)/.exec(stderr)?.[1] ?? stderr;
  };
  const clear = async (): Promise<void> => void (await room.run(['tenants', 'use', '--clear']));

  it('chooses the tenant of all commands, in a file only the user can read', async () => {
    expect(await room.run(['tenants', 'use', names[0]])).toEqual({
      code: 0,
      stdout: '',
      stderr: `=== ${names[0]} is the tenant of all commands\n\n`,
    });
    expect(await show()).toBe(names[0]);
    expect((await room.run(['tenants', 'list'])).stdout).toMatch(new RegExp(`${names[0]}.*✓\n`));
    const file = join(room.folder, 'config', 'auth0-local', 'config.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ logins: [], tenant: names[0] });
    await clear();
  });

  it('chooses for the commands about the process, too', async () => {
    for (const name of names) {
      await room.run(['tenants', 'use', name]);
      const { stderr } = await room.run(['local', 'status'], { cwd: join(room.folder, 'project') });
      expect(stderr).toBe(`=== ${name} status\n\n`);
    }
    await clear();
  });

  it('yields to --tenant, before or behind the command', async () => {
    await room.run(['tenants', 'use', names[0]]);
    expect(await show('--tenant', names[1])).toBe(names[1]);
    const { stderr } = await room.run(['--tenant', `http://${names[1]}/`, 'api', 'get', 'nothing']);
    expect(stderr).toContain(`=== ${names[1]} error`);
    await clear();
  });

  it('--clear takes the choice back', async () => {
    await room.run(['tenants', 'use', names[0]]);
    expect(await room.run(['tenants', 'use', '--clear'])).toEqual({
      code: 0,
      stdout: '',
      stderr: 'No tenant is chosen.\n',
    });
    expect(await show()).toBe('auth0');
  });

  it('asks on a terminal', async () => {
    const { code, screen } = await room.runOnTerminal(['tenants', 'use'], {
      answers: [{ after: 'Tenant', keys: `${arrowDown}${enter}` }],
    });
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${names[1]} is the tenant of all commands`);
    await clear();
  });

  it('without a terminal names the argument', async () => {
    const { code, stderr } = await room.run(['tenants', 'use']);
    expect(code).toBe(1);
    expect(stderr).toBe('=== auth0 error\n\nMissing <name>, and there is no terminal to ask on.\n');
  });

  it('refuses a tenant that is not there, and names those that are', async () => {
    const { code, stdout, stderr } = await room.run(['tenants', 'use', 'localhost:1']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(`There is no tenant 'localhost:1'. There are ${names.join(', ')}.`);
  });

  it('does not fall back to another tenant when the chosen one has stopped', async () => {
    const other = createCommandRoom();
    const trial = await startTrialTenant();
    const stopped = announceTenant(other, trial);
    await other.run(['tenants', 'use', stopped]);
    await trial.tenant.close();
    announceTenant(other, trials[0]);
    const { code, stderr } = await other.run(['apis', 'list']);
    expect(code).toBe(1);
    expect(stderr).toContain(`The tenant '${stopped}', which 'auth0 tenants use' has chosen, does not run.`);
    other.remove();
  });
});

describe('a command where several tenants run', () => {
  it('names them and --tenant', async () => {
    const { code, stdout, stderr } = await room.run(['apis', 'list']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `=== auth0 error\n\nThere are several tenants: ${names.join(', ')}. Name one with --tenant, or choose one with 'auth0 tenants use'.\n`,
    );
  });

  it('takes the one whose data is in the working directory, or above it', async () => {
    const deep = join(room.folder, 'project', 'deep', 'down');
    mkdirSync(deep, { recursive: true });
    for (const cwd of [join(room.folder, 'project'), deep]) {
      const { stderr } = await room.run(['api', 'get', 'nothing'], { cwd });
      expect(stderr).toContain(`=== ${names[1]} error`);
    }
  });
});
