import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCommandRoom, enter, type CommandRoom } from '../support/run-command.js';
import { applications, startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';

const { client_id: clientId, client_secret: secret } = applications.machine;
let room: CommandRoom;
let trial: TrialTenant;
/** The https listener stands for a real tenant: the commands know nothing of it but its domain. */
let domain: string;
let env: Record<string, string>;

beforeAll(async () => {
  room = createCommandRoom();
  trial = await startTrialTenant();
  const { tenant } = trial;
  domain = new URL(tenant.urls.https).host;
  await tenant.seed({
    clientGrants: [{ client_id: clientId, audience: `${tenant.issuer}api/v2/`, allow_all_scopes: true }],
  });
  const ca = join(room.folder, 'ca.pem');
  writeFileSync(ca, tenant.ca);
  env = { NODE_EXTRA_CA_CERTS: ca };
});

afterAll(async () => {
  await trial.tenant.close();
  room.remove();
});

const logIn = (...flags: string[]): string[] => [
  'login',
  '--domain',
  domain,
  '--client-id',
  clientId,
  ...flags,
];
const configFile = (): string => join(room.folder, 'config', 'auth0-local', 'config.json');

describe('auth0 login', () => {
  it('remembers the credentials where only the user can read them, and shows no secret', async () => {
    const { code, stdout, stderr } = await room.run(logIn('--client-secret', secret), { env });
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe(
      `=== logged in to ${domain}\n\nThe other commands go there from now on. 'auth0 tenants use' chooses another.\n`,
    );
    expect(statSync(configFile()).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(configFile(), 'utf8'))).toMatchObject({
      logins: [{ domain, client_id: clientId, client_secret: secret }],
      tenant: domain,
    });
  });

  it('asks for what is missing on a terminal, and hides the secret', async () => {
    const { code, screen, raw } = await room.runOnTerminal(['login'], {
      env,
      answers: [
        { after: 'Domain of the tenant', keys: `https://${domain}/${enter}` },
        { after: 'Client id', keys: clientId + enter },
        { after: 'Client secret', keys: secret + enter },
      ],
    });
    expect(code).toBe(0);
    expect(screen).toContain(`=== logged in to ${domain}`);
    expect(raw).not.toContain(secret);
  });

  it.each([
    ['--domain', ['login', '--client-id', 'x']],
    ['--client-id', ['login', '--domain', 'example.auth0.com']],
    ['--client-secret', ['login', '--domain', 'example.auth0.com', '--client-id', 'x']],
  ])('names %s where nobody can be asked', async (flag, args) => {
    const { code, stderr } = await room.run(args, { env });
    expect(code).toBe(1);
    expect(stderr).toBe(`=== auth0 error\n\nMissing ${flag}, and there is no terminal to ask on.\n`);
  });

  it('reports the refusal of the tenant, and remembers nothing', async () => {
    const before = readFileSync(configFile(), 'utf8');
    const { code, stdout, stderr } = await room.run(logIn('--client-secret', 'wrong'), { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `=== ${domain} error\n\nThe tenant ${domain} gives no token of its Management API: Unauthorized.\n`,
    );
    expect(readFileSync(configFile(), 'utf8')).toBe(before);
  });

  it('says what helps where the certificate is not trusted', async () => {
    const { code, stderr } = await room.run(logIn('--client-secret', secret));
    expect(code).toBe(1);
    expect(stderr).toContain(`The certificate of ${domain} is not one that is trusted here`);
    expect(stderr).toContain('NODE_EXTRA_CA_CERTS');
  });

  it.each([
    ['http://localhost:4400', 'A login needs https, and http://localhost:4400 is http.'],
    ['example.com/path', '"example.com/path" is no domain.'],
    ['user@example.com', '"user@example.com" is no domain.'],
  ])('refuses the domain %s', async (given, sentence) => {
    const { code, stderr } = await room.run(['login', '--domain', given]);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
  });

  it('says that nobody is there', async () => {
    const gone = await startTrialTenant();
    await gone.tenant.close();
    const { host } = new URL(gone.tenant.urls.https);
    const args = ['login', '--domain', host, '--client-id', 'x', '--client-secret', 'y'];
    const { code, stderr } = await room.run(args);
    expect(code).toBe(1);
    expect(stderr).toBe(`=== ${host} error\n\nThe tenant ${host} does not answer (ECONNREFUSED).\n`);
  });
});

describe('a command for a tenant that was logged in to', () => {
  it('works as for one on this machine, over https', async () => {
    const { code, stdout, stderr } = await room.run(['apis', 'list', '--json'], { env });
    expect(stderr).toBe(`=== ${domain} apis (2)\n\n`);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toHaveLength(2);
  });

  it('takes the token that is there, and shows neither it nor the secret with --debug', async () => {
    const { access_token: token } = readLogin();
    const { stderr } = await room.run(['apis', 'list', '--debug'], { env });
    expect(stderr).toContain(`Sending the following request: GET https://${domain}/api/v2/resource-servers`);
    expect(stderr).not.toContain('/oauth/token');
    expect(stderr).not.toContain(token);
    expect(stderr).not.toContain(secret);
  });

  it('gets a new token when the tenant no longer takes the one that is there', async () => {
    const config = JSON.parse(readFileSync(configFile(), 'utf8')) as { logins: [object] };
    Object.assign(config.logins[0], { access_token: 'void' });
    writeFileSync(configFile(), JSON.stringify(config));
    const { code } = await room.run(['apis', 'list'], { env });
    expect(code).toBe(0);
    expect(readLogin().access_token).toMatch(/^eyJ/);
  });

  it('opens the pages of the real Dashboard', async () => {
    const { stderr } = await room.run(['apps', 'open', clientId], { env });
    expect(stderr).toBe('Open the following URL in a browser: https://manage.auth0.com/dashboard\n');
  });
});

describe('auth0 logout', () => {
  it('refuses a domain without a login', async () => {
    const { code, stderr } = await room.run(['logout', 'example.com']);
    expect(code).toBe(1);
    expect(stderr).toBe(`=== auth0 error\n\nThere is no login to 'example.com'. There are ${domain}.\n`);
  });

  it('forgets the login and that it was chosen', async () => {
    await room.run(['tenants', 'use', domain]);
    expect(await room.run(['logout'])).toEqual({
      code: 0,
      stdout: '',
      stderr: `=== logged out of ${domain}\n\n`,
    });
    expect(JSON.parse(readFileSync(configFile(), 'utf8'))).toEqual({ logins: [] });
  });

  it('on a terminal, too; and without a login says so', async () => {
    const { code, screen } = await room.runOnTerminal(['logout']);
    expect(code).toBe(1);
    expect(screen).toContain('=== auth0 error\n\nThere is no login.\n');
  });
});

function readLogin(): { readonly access_token: string } {
  const { logins } = JSON.parse(readFileSync(configFile(), 'utf8')) as {
    readonly logins: readonly [{ readonly access_token: string }];
  };
  return logins[0];
}
