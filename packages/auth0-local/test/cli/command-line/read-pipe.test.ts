import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { requestMachineToken } from '../../support/flow-requests.js';
import { createTenantRoom, readResult, type TenantRoom } from '../../support/run-command.js';
import { audience } from '../../support/trial-tenant.js';

let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

/** More than a pipe holds: it is taken only by a command that reads already. */
const space = ' '.repeat(600_000);

/** Writes what a command reads before it has all of it. */
async function writeUntilRead(child: ChildProcessWithoutNullStreams): Promise<void> {
  await new Promise((resolve, reject) => {
    child.stdin.on('error', reject);
    child.stdin.write(space, resolve);
  });
}

describe('what is piped into a command', () => {
  it('may come slowly, to auth0 explain', async () => {
    const { body } = await requestMachineToken(room.ask);
    const child = room.start(['explain', '--audience', audience]);
    const result = readResult(child);
    await writeUntilRead(child);
    child.stdin.end(body.access_token);
    expect(await result).toMatchObject({ code: 0, stdout: expect.stringContaining('Accepted') });
  });

  it('may come slowly, to auth0 api', async () => {
    const child = room.start(['api', 'post', 'roles']);
    const result = readResult(child);
    await writeUntilRead(child);
    child.stdin.end('{"name":"slow"}');
    const { code, stdout } = await result;
    expect({ code, role: JSON.parse(stdout) as unknown }).toMatchObject({ code: 0, role: { name: 'slow' } });
  });

  it.each([[['explain', '--audience', audience]], [['api', 'post', 'roles']]])(
    'may be 1 MiB long, and the end of more is not waited for: auth0 %j',
    async (args) => {
      const child = room.start(args);
      const result = readResult(child);
      child.stdin.on('error', () => {});
      child.stdin.write(' '.repeat(1024 * 1024 + 1));
      const { code, stderr } = await result;
      expect(code).toBe(1);
      expect(stderr).toContain('More than 1 MiB was piped in');
      const most = `${' '.repeat(1024 * 1024 - 1)}x`;
      expect((await room.run(args, { input: most })).stderr).not.toContain('MiB');
    },
  );

  it('must be something, where it is to be a token', async () => {
    const { code, stderr } = await room.run(['explain', '--audience', audience], { input: ' \n' });
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing was piped in. The token can also be the first argument.');
  });
});

describe('a command on a terminal, where nothing is piped in', () => {
  it('asks for the token', async () => {
    const { code, screen } = await room.runOnTerminal(['explain', '-', '--audience', audience], {
      answers: [{ after: 'Access token', keys: '\u0003' }],
    });
    expect({ code, screen }).toMatchObject({ code: 130, screen: expect.stringContaining('Cancelled') });
  });

  it('says how to give the token if it may not ask', async () => {
    const { code, screen } = await room.runOnTerminal(['explain', '--no-input', '--audience', audience]);
    expect(code).toBe(1);
    expect(screen).toContain('Missing <token>, and there is no terminal to ask on.');
  });

  it('sends a request without a body', async () => {
    const { code, screen } = await room.runOnTerminal(['api', 'post', 'roles']);
    expect(code).toBe(1);
    expect(screen).toContain('POST roles failed with 400');
  });
});
