import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeEach, describe, expect, it } from 'vitest';
import { startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';

const run = promisify(execFile);
const script = fileURLToPath(new URL('support/use-management-client.mjs', import.meta.url));

describe('auth0 7.1, the published client, over https', () => {
  let trial: TrialTenant;
  let folder: string;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'auth0-local-'));
    trial = await startTrialTenant();
    const { tenant } = trial;
    writeFileSync(join(folder, 'ca.pem'), tenant.ca);
    await tenant.seed({
      clients: [{ client_id: 'manager', client_secret: 'manager-secret', name: 'Manager' }],
      clientGrants: [
        { client_id: 'manager', audience: `${tenant.urls.https}/api/v2/`, allow_all_scopes: true },
      ],
    });
    return async () => {
      await tenant.close();
      rmSync(folder, { recursive: true });
    };
  });

  const manage = async (env: Record<string, string> = {}): Promise<unknown> => {
    const { host } = new URL(trial.tenant.urls.https);
    const { stdout } = await run(process.execPath, [script], {
      env: { AUTH0_DOMAIN: host, NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'), ...env },
    });
    return JSON.parse(stdout);
  };

  const expected = {
    useResourceServers: {
      created: 'RS256',
      found: [true, true, true],
      updated: ['Orders', 60],
      listed: [false, false, true, true],
      failures: [
        ['ConflictError', 409, 'resource_server_conflict'],
        ['BadRequestError', 400, 'invalid_body'],
        ['NotFoundError', 404, 'inexistent_resource_server'],
      ],
    },
    useClients: {
      created: [32, ['authorization_code', 'implicit', 'refresh_token', 'client_credentials']],
      some: ['client_id', 'name'],
      updated: ['https://shop.example.com/cb'],
      rotated: true,
      listed: ['Machine', 'Stranger', 'Web', 'Single page', 'Manager', 'Shop'],
      credentials: [1, true, '2099-01-01T00:00:00.000Z', 0],
      failures: [
        ['NotFoundError', 404, 'inexistent_client'],
        ['BadRequestError', 400, 'invalid_body'],
      ],
    },
    useClientGrants: {
      created: ['https://orders.example.com/', ['read:orders'], true],
      updated: [],
      listed: [3, 1, 0],
      failures: [['NotFoundError', 404, 'inexistent_client_grant']],
    },
    useRolesAndUsers: {
      role: ['tenant', 'chief editor', 'Edits'],
      listedRoles: ['chief editor'],
      rolePermissions: ['read:orders'],
      roleUsers: ['jane@example.com', 'plain@example.com'],
      user: ['jane@example.com', 'JD', { colour: 'blue' }, false],
      found: ['jane@example.com', 1, 1, 3],
      userRoles: ['chief editor'],
      userPermissions: [2],
      left: [0, 0, 0],
      failures: [
        ['ConflictError', 409, 'auth0_idp_error'],
        ['NotFoundError', 404, 'inexistent_role'],
        ['NotFoundError', 404, 'inexistent_user'],
        ['NotFoundError', 404, 'inexistent_role'],
      ],
    },
    useTheRest: {
      connection: ['Username-Password-Authentication', 'auth0'],
      logs: [true, 'fapi'],
      settings: 'Local tenant',
      failures: [
        ['UnauthorizedError', 401, 'Invalid token'],
        ['BadRequestError', 400, 'invalid_query_string'],
      ],
    },
    useKeys: { before: 2, rotated: true, revoked: true },
  };

  it('creates, reads, updates, deletes and lists everything, with client credentials', async () => {
    // The key that signed its token is gone, and so is what the token was good for.
    const useKeys = { ...expected.useKeys, after: expect.arrayContaining([401]) as unknown };
    expect(await manage()).toEqual({ ...expected, useKeys });
  });

  it('does so with a token of the http listener', async () => {
    const answer = await manage({ MANAGEMENT_TOKEN: await trial.tenant.managementToken() });
    expect(answer).toMatchObject(expected);
  });

  it('does not without the tenant’s certificate authority', async () => {
    await expect(manage({ NODE_EXTRA_CA_CERTS: '' })).rejects.toThrow(
      /SELF_SIGNED_CERT|UNABLE_TO_VERIFY|certificate/i,
    );
  });
});
