import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { arrowDown, createTenantRoom, enter, type TenantRoom } from '../../support/run-command.js';
import { applications, audience } from '../../support/trial-tenant.js';

const { machine, stranger } = applications;
let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

interface Token {
  readonly access_token: string;
  readonly token_type: string;
  readonly expires_in: number;
  readonly scope?: string;
}

interface WireClient {
  readonly name: string;
  readonly client_id: string;
}

const listClients = async (): Promise<WireClient[]> =>
  (await room.manage<WireClient[]>('GET', '/clients')).body;

describe('auth0 test token, without an application', () => {
  const args = ['test', 'token', '--identifier', audience];

  it('creates the test application of the API with a grant of all scopes, as the Dashboard does', async () => {
    const { code, stdout, stderr } = await room.run(args);
    expect(code).toBe(0);
    const name = 'My Express API (Test Application)';
    const { client_id: id = '' } = (await listClients()).find((client) => client.name === name) ?? {};
    expect(stderr).toBe(
      [
        `Created the application '${name}', with a grant of all scopes of the API.`,
        `Domain: ${room.name}`,
        `Client ID: ${id}`,
        'Type: Machine to Machine',
        '',
        `=== ${room.name} token for ${audience}`,
        '',
        '',
      ].join('\n'),
    );
    const [, token = ''] =
      /^TOKEN TYPE {4}Bearer\nEXPIRES IN {4}1440 minute\(s\)\nSCOPES {8}read:messages write:messages read:admin\nACCESS TOKEN {2}(\S+)\n$/.exec(
        stdout,
      ) ?? [];
    expect(decodeJwt(token)).toMatchObject({
      aud: audience,
      sub: `${id}@clients`,
      scope: 'read:messages write:messages read:admin',
    });
    const grants = await room.manage('GET', `/client-grants?client_id=${id}`);
    expect(grants.body).toMatchObject([{ audience, allow_all_scopes: true }]);
  });

  it('says which scopes the tenant did not grant', async () => {
    const { code, stderr } = await room.run([...args, '--scopes', 'read:messages,no:such', '--json']);
    expect(code).toBe(0);
    expect(stderr).toContain(
      'Without no:such: the tenant did not grant it. The log says why: auth0 local logs\n',
    );
    expect((await room.run([...args, '--scopes', 'read:messages'])).stderr).not.toContain('Without');
  });

  it('uses it the next time', async () => {
    const before = await listClients();
    const { code, stdout, stderr } = await room.run([...args, '--json']);
    expect(code).toBe(0);
    expect(stderr).not.toContain('Created');
    expect(await listClients()).toEqual(before);
    expect(JSON.parse(stdout)).toMatchObject({ token_type: 'Bearer', expires_in: 86_400 });
  });

  it('gives it its grant back, without which it is of no use', async () => {
    const [{ id }] = (
      await room.manage<[{ id: string }]>('GET', '/client-grants?subject_type=client')
    ).body.slice(-1) as [{ id: string }];
    await room.manage('DELETE', `/client-grants/${id}`);
    const { code, stderr } = await room.run(args);
    expect(code).toBe(0);
    expect(stderr).toContain(
      "Created a grant of all scopes of the API for 'My Express API (Test Application)'.",
    );
  });

  it('asks for the scopes it is told to, by either name of the flag', async () => {
    const flags = ['--audience', audience, '--scopes', 'read:messages', '--json-compact'];
    const { stdout } = await room.run(['test', 'token', ...flags]);
    const token = JSON.parse(stdout) as Token;
    expect(token.scope).toBe('read:messages');
    expect(decodeJwt(token.access_token)).toMatchObject({ scope: 'read:messages' });
  });

  it('shows the same on a terminal, and never cuts a token', async () => {
    const { code, screen } = await room.runOnTerminal(args, { columns: 60 });
    expect(code).toBe(0);
    expect(screen).toContain(`=== ${room.name} token for ${audience}`);
    const [, token = ''] = /^ACCESS TOKEN {2}(\S+)$/m.exec(screen) ?? [];
    expect(decodeJwt(token)).toMatchObject({ aud: audience });
  });

  it('lets one choose the API on a terminal, and names the flag elsewhere', async () => {
    const [shown, piped] = await Promise.all([
      room.runOnTerminal(['test', 'token'], { answers: [{ after: 'API', keys: arrowDown + enter }] }),
      room.run(['test', 'token']),
    ]);
    expect(shown.code).toBe(0);
    expect(shown.screen).toMatch(/^ACCESS TOKEN/m);
    expect(piped).toMatchObject({ code: 1, stdout: '' });
    expect(piped.stderr).toContain('Missing --identifier, and there is no terminal to ask on.');
  });

  it('names the command that creates an API that is not there', async () => {
    const { code, stdout, stderr } = await room.run(['test', 'token', '--identifier', 'urn:nothing']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      [
        `=== ${room.name} error`,
        '',
        "There is no API with the identifier 'urn:nothing'. This helps:",
        'auth0 apis create --name urn:nothing --identifier urn:nothing',
        '',
      ].join('\n'),
    );
  });
});

describe('auth0 test token, for an API that takes no bearer tokens', () => {
  it.each([
    ['dpop', 'as auth0-spa-js does with useDpop: true.'],
    ['mtls', 'to the https address, with a client certificate.'],
  ])('creates nothing, and says what the client does, by %s', async (mechanism, cure) => {
    const identifier = `urn:bound:${mechanism}`;
    const api = { name: identifier, identifier, proof_of_possession: { mechanism, required: true } };
    await room.manage('POST', '/resource-servers', api);
    const before = await listClients();
    for (const id of [[], [machine.client_id]]) {
      const { code, stdout, stderr } = await room.run(['test', 'token', ...id, '-a', identifier]);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(
        `The API "${identifier}" requires proof of possession, and this command sends`,
      );
      expect(stderr).toContain(
        `${cure} If the API is to give bearer tokens as well, this helps:\nauth0 apis update ${identifier} --proof-of-possession-required=false\n`,
      );
    }
    expect(await listClients()).toEqual(before);
  });
});

describe('auth0 test token, for a machine', () => {
  it('gets what its grant allows', async () => {
    const { code, stdout, stderr } = await room.run(
      [['test', 'token', machine.client_id, '-a', audience, '--json']].flat(),
    );
    expect(code).toBe(0);
    expect(stderr).toContain(`Client ID: ${machine.client_id}\nType: Machine to Machine\n`);
    const token = JSON.parse(stdout) as Token;
    expect(decodeJwt(token.access_token)).toMatchObject({ scope: 'read:messages write:messages' });
  });

  it('authenticates as the application does', async () => {
    await room.manage('PATCH', `/clients/${machine.client_id}`, {
      token_endpoint_auth_method: 'client_secret_basic',
    });
    const { code } = await room.run(['test', 'token', machine.client_id, '-a', audience]);
    expect(code).toBe(0);
  });

  it('reports a refusal in the words of the tenant, with the command that helps, and prints nothing', async () => {
    const { code, stdout, stderr } = await room.run(['test', 'token', stranger.client_id, '-a', audience]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      [
        `=== ${room.name} error`,
        '',
        `Failed to get a token: Client "${stranger.client_id}" is not authorized to access resource server "${audience}". You need to create a "client-grant" associated to this API.`,
        'This helps:',
        `auth0 client-grants create --client-id ${stranger.client_id} --audience ${audience} --allow-all-scopes`,
        '',
      ].join('\n'),
    );
  });

  it('works after the command that helps', async () => {
    const { stderr } = await room.run(['test', 'token', stranger.client_id, '-a', audience]);
    const [, fix = ''] = /This helps:\nauth0 (.+)\n/.exec(stderr) ?? [];
    expect(await room.run(fix.split(' '))).toMatchObject({ code: 0 });
    expect(await room.run(['test', 'token', stranger.client_id, '-a', audience])).toMatchObject({ code: 0 });
  });

  it('wants an API', async () => {
    const { code, stderr } = await room.run(['test', 'token', machine.client_id]);
    expect(code).toBe(1);
    expect(stderr).toContain('Missing --identifier: a machine gets tokens for an API only.');
  });

  it('reports an application that is not there', async () => {
    const { code, stderr } = await room.run(['test', 'token', 'nobody', '-a', audience]);
    expect(code).toBe(1);
    expect(stderr).toContain("Failed to read the application 'nobody': The client does not exist.");
  });
});
