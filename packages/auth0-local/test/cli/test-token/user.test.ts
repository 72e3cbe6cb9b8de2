import { createServer } from 'node:http';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { findFreePort } from '../../../../../test/support/free-port.js';
import { createBrowser } from '../../support/browser.js';
import { createTenantRoom, enter, readResult, type TenantRoom } from '../../support/run-command.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { web, spa } = applications;
const { plain } = users;
let room: TenantRoom;
beforeAll(async () => (room = await createTenantRoom()));
afterAll(async () => room.close());

interface Token {
  readonly access_token: string;
  readonly id_token: string;
}

describe('auth0 test token --user', () => {
  const args = ['test', 'token', web.client_id, '--identifier', audience, '--user', plain.email];

  it('gets a token in the name of the user, with all scopes there are', async () => {
    const { code, stdout, stderr } = await room.run([...args, '--password', plain.password, '--json']);
    expect(code).toBe(0);
    expect(stderr).toContain('Type: Regular Web Application\n');
    const token = JSON.parse(stdout) as Token;
    expect(decodeJwt(token.access_token)).toMatchObject({
      sub: plain.user_id,
      azp: web.client_id,
      scope: 'openid profile email read:messages write:messages read:admin',
    });
    expect(decodeJwt(token.id_token)).toMatchObject({ email: plain.email });
  });

  it('asks on a terminal for the password, and hides it', async () => {
    const { code, screen, raw } = await room.runOnTerminal([...args, '--scopes', 'read:messages'], {
      answers: [{ after: 'Password', keys: plain.password + enter }],
    });
    expect(code).toBe(0);
    expect(screen).toMatch(/^SCOPES {8}read:messages$/m);
    expect(screen).toMatch(/^ACCESS TOKEN {2}eyJ/m);
    expect(raw).not.toContain(plain.password);
  });

  it('names --password where nobody can be asked', async () => {
    const { code, stderr } = await room.run(args);
    expect(code).toBe(1);
    expect(stderr).toContain('Missing --password, and there is no terminal to ask on.');
  });

  it('reports a wrong password', async () => {
    const { code, stdout, stderr } = await room.run([...args, '--password', 'wrong']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Failed to get a token: Wrong email or password.');
    expect(stderr).not.toContain('wrong\n');
  });

  it('names the command that lets the application have the grant', async () => {
    const flags = ['--identifier', audience, '--user', plain.email, '--password', plain.password];
    const { code, stderr } = await room.run(['test', 'token', spa.client_id, ...flags]);
    expect(code).toBe(1);
    expect(stderr).toContain("Grant type 'password' not allowed for the client.");
    expect(stderr).toMatch(/This helps:\nauth0 apps update spa-client --grants \S+,password\n/);
  });
});

describe('auth0 test token, with a browser', () => {
  let port: number;
  let args: string[];
  beforeEach(async () => {
    port = await findFreePort();
    args = ['test', 'token', spa.client_id, '--identifier', audience, '--callback-port', String(port)];
    await room.manage('PATCH', `/clients/${spa.client_id}`, { callbacks: [`http://localhost:${port}`] });
  });

  /** Starts the command and waits until it says where to log in. */
  const start = async (...flags: string[]) => {
    const child = room.start([...args, ...flags]);
    let said = '';
    child.stderr.on('data', (text: string) => (said += text));
    const result = readResult(child);
    const url = await vi.waitFor(
      () => {
        const [, found] = /^Log in at this address:\n(\S+)$/m.exec(said) ?? [];
        if (found === undefined) throw new Error(`No address: ${said}`);
        return new URL(found);
      },
      { timeout: 10_000 },
    );
    return { url, result };
  };

  /** Logs in and consents; returns where the browser is sent. */
  const logIn = async (url: URL): Promise<URL> => {
    const browser = createBrowser(room.tenant.domain);
    const { email, password } = plain;
    const page = await browser.submit(await browser.open(url), { email, password });
    return page.forms.length === 0 ? page.url : (await browser.submit(page, { action: 'accept' })).url;
  };

  it('waits for the browser, and gets a token in the name of the user', async () => {
    const { url, result } = await start('--json');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      client_id: spa.client_id,
      audience,
      scope: 'openid profile email read:messages write:messages read:admin',
      code_challenge_method: 'S256',
      redirect_uri: `http://localhost:${port}`,
    });
    const page = await fetch(await logIn(url));
    expect(page.status).toBe(200);
    expect(await page.text()).toBe('You are logged in. You can close this page.\n');
    const { code, stdout } = await result;
    expect(code).toBe(0);
    expect(decodeJwt((JSON.parse(stdout) as Token).access_token)).toMatchObject({ sub: plain.user_id });
  });

  it('opens the address on a terminal', async () => {
    const browser = room.installBrowser();
    const running = room.runOnTerminal(args, { env: browser.env });
    await fetch(await logIn(new URL(await browser.opened())));
    const { code, screen } = await running;
    expect(code).toBe(0);
    expect(screen).toMatch(/^ACCESS TOKEN {2}eyJ/m);
  });

  it('takes no answer but that to its own question', async () => {
    const { url, result } = await start('--json');
    const forged = await fetch(`http://localhost:${port}/?code=stolen&state=guessed`);
    expect(forged.status).toBe(404);
    expect((await fetch(`http://localhost:${port}/favicon.ico`)).status).toBe(404);
    await fetch(await logIn(url));
    expect(await result).toMatchObject({ code: 0 });
  });

  it('reports a login that failed', async () => {
    const { url, result } = await start();
    const { searchParams } = url;
    const answer = new URLSearchParams({
      error: 'access_denied',
      error_description: 'User did not authorize the request',
      state: searchParams.get('state') ?? '',
    });
    expect((await fetch(`http://localhost:${port}/?${answer.toString()}`)).status).toBe(400);
    const { code, stdout, stderr } = await result;
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('The login failed: User did not authorize the request.');
  });

  it('sends the parameters of --params and --organization', async () => {
    const { url, result } = await start('--params', 'prompt=login,ui_locales=de', '--organization', 'org_1');
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      prompt: 'login',
      ui_locales: 'de',
      organization: 'org_1',
    });
    const state = url.searchParams.get('state') ?? '';
    await fetch(`http://localhost:${port}/?error=access_denied&state=${state}`);
    expect(await result).toMatchObject({ code: 1 });
  });

  it('names the command that allows the callback', async () => {
    const { code, stdout, stderr } = await room.run([...args.slice(0, -1), '8484']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(
      `auth0 apps update spa-client --callbacks http://localhost:${port},http://localhost:8484\n`,
    );
  });

  it('says that its port is taken', async () => {
    const server = createServer().listen(port, 'localhost');
    const { code, stderr } = await room.run(args);
    expect(code).toBe(1);
    expect(stderr).toContain(`The browser is to come back to port ${port}, which is taken (EADDRINUSE).`);
    server.close();
  });

  it('needs a browser, and with --no-input there is none', async () => {
    const { code, stderr } = await room.run([...args, '--no-input']);
    expect(code).toBe(1);
    expect(stderr).toContain(
      'A user has to log in with a browser. Leave out --no-input, or give --user and --password.',
    );
  });
});
