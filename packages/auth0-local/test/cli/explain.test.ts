import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PastedExplanation, SuggestedCheck } from '../../src/explain/explain-pasted-token.js';
import { fixToken, quote } from '../../src/oauth/fixes.js';
import { requestMachineToken } from '../support/flow-requests.js';
import { createFetchWithCa } from '../support/fetch-with-ca.js';
import {
  createTenantRoom,
  enter,
  executable,
  type CommandResult,
  type TenantRoom,
} from '../support/run-command.js';
import { applications, audience } from '../support/trial-tenant.js';

let room: TenantRoom;
let token: string;

beforeAll(async () => {
  room = await createTenantRoom();
  token = (await requestMachineToken(room.ask)).body.access_token;
});
afterAll(async () => room.close());

const marksOf = (stdout: string): string =>
  stdout
    .split('\n')
    .map((line) => line[0] ?? '')
    .filter((mark) => '✓✗·'.includes(mark) && mark !== '')
    .join('');

describe('auth0 explain', () => {
  it('shows each check that a good token passes, and ends with 0', async () => {
    const { code, stdout, stderr } = await room.run(['explain', token, '--audience', audience]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `=== ${room.name} token for ${audience}\n\n` });
    expect(marksOf(stdout)).toBe('✓'.repeat(14));
    expect(stdout).toContain(`\n✓ Issuer                             ${room.tenant.issuer}\n`);
    expect(stdout).toMatch(/\n\nAccepted: an API lets the request pass\.\n$/);
  });

  it('says what the failed check expected and found, what helps, and what an API answers', async () => {
    const { code, stdout } = await room.run(['explain', token, '-a', 'urn:orders']);
    expect(code).toBe(1);
    expect(marksOf(stdout)).toBe('✓✓✓✓✓✓✓✓✗·····');
    expect(stdout).toContain(
      [
        '✗ Audience',
        '    expected  urn:orders',
        `    found     ${audience}`,
        "    fix       The tenant has no API with the identifier 'urn:orders', and gives no tokens for it. Create it, or name one that is there.",
        '    command   auth0 apis create --name urn:orders --identifier urn:orders',
        '· Times are there',
      ].join('\n'),
    );
    expect(stdout).toMatch(
      /\n\nRefused, audience_mismatch: an API answers 401 and says: unexpected "aud" claim value\n$/,
    );
  });

  it.each(['urn:books', '--json'])('proposes commands that work when they are run: for %s', async (name) => {
    const failed = async (pasted: string): Promise<SuggestedCheck | undefined> => {
      const { stdout } = await room.run(['explain', pasted, `--audience=${name}`, '--json']);
      return (JSON.parse(stdout) as PastedExplanation).checks.find(({ outcome }) => outcome === 'failed');
    };
    const first = await failed(token);
    expect(first?.command).toMatch(/^auth0 apis create /);
    await runInShell(first?.command);
    const second = await failed(token);
    expect(second).toMatchObject({
      command: fixToken(name),
      fix: expect.stringContaining('set AUTH0_AUDIENCE to it'),
    });
    expect(
      await failed(await runInShell(`${second?.command} --json | sed -n 's/.*"access_token": //p'`)),
    ).toBe(undefined);
  });

  it('never proposes to accept what is not signed', async () => {
    const header = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
    const { stdout } = await room.run(['explain', token.replace(/^[^.]*/, header), '-a', audience]);
    expect(stdout).toContain('found     none: the token is not signed\n');
    expect(stdout).toContain(`command   ${fixToken(audience)}\n`);
  });

  it('names the scopes that are missing', async () => {
    const args = ['explain', token, '-a', audience, '--scopes', 'read:messages,read:admin'];
    const { code, stdout } = await room.run(args);
    expect(code).toBe(1);
    expect(stdout).toContain(
      '✗ Scopes\n    expected  read:messages read:admin\n    found     Without read:admin;',
    );
    expect(stdout).toContain('Refused, insufficient_scope: an API answers 403 and says: Insufficient scopes');
    expect((await room.run([...args.slice(0, -1), 'read:messages'])).code).toBe(0);
  });

  it.each([['--json'], ['--json-compact']])('prints %s', async (flag) => {
    const { code, stdout } = await room.run(['explain', `Bearer ${token}`, '-a', audience, flag]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      verdict: 'accepted',
      claims: { aud: audience },
      left_out: ['the scheme Bearer'],
    } satisfies Partial<Record<keyof PastedExplanation, unknown>>);
    expect(stdout.trimEnd().includes('\n')).toBe(flag === '--json');
  });

  it.each([[[]], [['-']]])('reads the token from a pipe, with %j as arguments', async (args) => {
    const header = `Authorization: Bearer ${token.slice(0, 70)}\n  ${token.slice(70)}\n`;
    const { code, stdout } = await room.run(['explain', ...args, '-a', audience], { input: header });
    expect(code).toBe(0);
    expect(stdout).toContain(
      'Left out of what was pasted: the name of the header, the scheme Bearer, line breaks in it.\n',
    );
    const plain = await room.run(['explain', ...args, '-a', audience], { input: `${token}\n` });
    expect(plain.stdout).not.toContain('Left out');
  });

  it('asks for the token and the audience on a terminal, and does not show the token', async () => {
    const { code, screen } = await room.runOnTerminal(['explain'], {
      answers: [
        { after: 'Access token', keys: `${token}${enter}` },
        { after: 'Audience', keys: `${audience}${enter}` },
      ],
    });
    expect(code).toBe(0);
    expect(screen).toContain('Accepted');
    expect(screen).not.toContain(token.slice(0, 20));
  });

  it('needs to know the audience', async () => {
    const { code, stdout, stderr } = await room.run(['explain', token]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain('Missing --audience, and there is no terminal to ask on.');
  });

  it('lets the issuer speak where the token is from the other listener of the tenant', async () => {
    const other = await requestSecureToken();
    const { code, stdout } = await room.run(['explain', other, '-a', audience]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      `✗ Issuer\n    expected  ${room.tenant.issuer}\n    found     ${room.tenant.urls.https}/\n`,
    );
  });

  it('takes other algorithms, and names those that are none', async () => {
    const explain = (name: string): ReturnType<TenantRoom['run']> =>
      room.run(['explain', token, '-a', audience, '--algorithms', name]);
    expect((await explain('ES256,RS256')).code).toBe(0);
    expect((await explain('ES256')).stdout).toContain(
      '✗ Algorithm\n    expected  ES256\n    found     RS256\n',
    );
    expect((await explain('HS256')).stderr).toContain('symmetric algorithms are not allowed');
  });

  it('asks the tenant for its metadata and keys, and sends the token to nobody', async () => {
    const { stderr, stdout } = await room.run(['explain', token, '-a', audience, '--debug']);
    const { domain } = room.tenant;
    expect(stderr).toBe(
      [
        `Sending the following request: GET ${domain}/.well-known/openid-configuration`,
        `Sending the following request: GET ${domain}/.well-known/jwks.json`,
        `=== ${room.name} token for ${audience}`,
        '',
        '',
      ].join('\n'),
    );
    for (const part of token.split('.')) expect(stdout + stderr).not.toContain(part);
  });

  it('shows nothing of a token that does something to the terminal', async () => {
    const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    const nasty = `${part({ alg: '\u001b[2J\u0085', typ: 'JWT' })}.${part({})}.AAAA`;
    const { code, stdout } = await room.run(['explain', nasty, '-a', audience]);
    expect(code).toBe(1);
    expect(stdout).toContain('found     "\\u001b[2J\\u0085"\n');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
  });
});

describe('auth0 explain, for an issuer with a name of its own', () => {
  it('asks where the tenant listens', async () => {
    const named = await createTenantRoom({ issuer: 'https://tenant.test:4443' });
    try {
      const { body } = await requestMachineToken(named.ask);
      const { code, stdout } = await named.run(['explain', body.access_token, '-a', audience]);
      expect(stdout).toContain('✓ Issuer                             https://tenant.test:4443/\n');
      expect(code).toBe(0);
    } finally {
      await named.close();
    }
  });
});

describe('auth0 explain, inside auth0 local exec', () => {
  const explainWith = async (authority: string): Promise<CommandResult> => {
    const env = { AUTH0_DOMAIN: new URL(room.tenant.urls.https).host, NODE_EXTRA_CA_CERTS: authority };
    return room.run(['explain', await requestSecureToken(), '-a', audience], { env });
  };

  it('explains against the https listener', async () => {
    const file = join(room.folder, 'ca.pem');
    writeFileSync(file, room.tenant.ca);
    const { code, stdout } = await explainWith(file);
    expect(stdout).toContain(`✓ Issuer                             ${room.tenant.urls.https}/\n`);
    expect(code).toBe(0);
  });

  it('is undecided while the keys cannot be had, and says which address failed, and how', async () => {
    const { code, stdout } = await explainWith(join(room.folder, 'nothing.pem'));
    expect(code).toBe(1);
    expect(stdout).toContain(
      `✗ Signing key\n    expected  A key that the issuer publishes\n    found     No keys: the issuer could not be reached. ${room.tenant.urls.https}/.well-known/openid-configuration could not be fetched (UNABLE_TO_VERIFY_LEAF_SIGNATURE).`,
    );
    expect(stdout).toContain(
      'Undecided, issuer_unreachable: an API answers 503 and says: Access tokens cannot be verified at the moment\n',
    );
  });
});

/** Runs a line as somebody does who has copied it. */
async function runInShell(line = ''): Promise<string> {
  const script = `auth0() { ${[process.execPath, executable].map(quote).join(' ')} "$@"; }\n${line}`;
  const { stdout } = await promisify(execFile)('sh', ['-c', script], { cwd: room.folder, env: room.env });
  return stdout;
}

/** A token of the https listener. */
async function requestSecureToken(): Promise<string> {
  const { ca, urls } = room.tenant;
  const response = await createFetchWithCa(ca)(`${urls.https}/oauth/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ grant_type: 'client_credentials', ...applications.machine, audience }),
  });
  return ((await response.json()) as { access_token: string }).access_token;
}
