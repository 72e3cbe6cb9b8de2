import { beforeEach, describe, expect, it } from 'vitest';
import { getApi, updateApi } from '../../../src/tenant/apis.js';
import { createClientGrant, findClientGrant } from '../../../src/tenant/client-grants.js';
import { logTypes } from '../../../src/log/log-types.js';
import { lastLog, requestMachineToken, requestPasswordToken } from '../../support/flow-requests.js';
import { openTenant, type OpenTenant } from '../../support/open-tenant.js';
import { applications, audience, users } from '../../support/trial-tenant.js';

const { machine, web } = applications;

describe('explainDroppedScopes', () => {
  let open: OpenTenant;

  beforeEach(async () => {
    open = await openTenant();
    return () => open.close();
  });

  const grantId = (clientId: string, subjectType: 'client' | 'user'): string | undefined =>
    findClientGrant(open.tenant, clientId, getApi(open.tenant, audience), subjectType)?.id;

  it('has nothing to say where everything was given', async () => {
    await requestMachineToken(open.ask, { scope: 'read:messages' });
    expect(lastLog(open)).toMatchObject({ type: 'seccft', description: logTypes.seccft.description });
    expect(lastLog(open)).not.toHaveProperty('fix');
    await requestPasswordToken(open.ask, { scope: 'openid profile read:admin offline_access' });
    expect(lastLog(open)).toMatchObject({ type: 'sepft', description: logTypes.sepft.description });
    expect(lastLog(open)).not.toHaveProperty('fix');
  });

  it('names scopes that the API does not define, with a command that keeps those it has', async () => {
    await requestMachineToken(open.ask, { scope: 'read:messages fly swim' });
    expect(lastLog(open)).toMatchObject({
      scope: 'read:messages',
      description: 'An access token without fly swim: the API does not define them',
      fix: `auth0 apis update ${audience} --scopes read:messages,write:messages,read:admin,fly,swim`,
    });
  });

  it('has no command for the Management API: what it defines is fixed', async () => {
    const identifier = `${open.site.issuer}api/v2/`;
    createClientGrant(open.tenant, {
      client_id: machine.client_id,
      audience: identifier,
      scope: ['read:users'],
    });
    await requestMachineToken(open.ask, { audience: identifier, scope: 'read:users fly' });
    expect(lastLog(open).description).toContain('without fly');
    expect(lastLog(open)).not.toHaveProperty('fix');
  });

  it('names scopes that the grant of the application does not have', async () => {
    await requestMachineToken(open.ask, { scope: 'read:messages read:admin' });
    expect(lastLog(open)).toMatchObject({
      description: 'An access token without read:admin: the client grant does not have it',
      fix: `auth0 client-grants update ${grantId(machine.client_id, 'client')} --scopes read:messages,write:messages,read:admin`,
    });
  });

  it('names scopes that the grant for users does not have, where the API wants one', async () => {
    updateApi(open.tenant, audience, {
      subject_type_authorization: { user: { policy: 'require_client_grant' } },
    });
    createClientGrant(open.tenant, {
      client_id: web.client_id,
      audience,
      subject_type: 'user',
      scope: ['read:messages'],
    });
    await requestPasswordToken(open.ask, { scope: 'read:messages read:admin' });
    expect(lastLog(open)).toMatchObject({
      scope: 'read:messages',
      description: 'An access token without read:admin: the client grant does not have it',
      fix: `auth0 client-grants update ${grantId(web.client_id, 'user')} --scopes read:messages,read:admin`,
    });
  });

  it('names permissions that the user does not have, where the API enforces them', async () => {
    updateApi(open.tenant, audience, { enforce_policies: true });
    const { email: username, password } = users.admin;
    await requestPasswordToken(open.ask, { username, password, scope: 'read:admin write:messages' });
    const permissions = [{ resource_server_identifier: audience, permission_name: 'write:messages' }];
    expect(lastLog(open)).toMatchObject({
      scope: 'read:admin',
      description:
        'An access token without write:messages: the API enforces permissions, and the user does not have it',
      fix: `auth0 api post users/auth0%7Cadmin/permissions --data '${JSON.stringify({ permissions })}'`,
    });
  });

  it('says of each scope what is in its way, and fixes that of the first', async () => {
    updateApi(open.tenant, audience, {
      enforce_policies: true,
      subject_type_authorization: { user: { policy: 'require_client_grant' } },
    });
    createClientGrant(open.tenant, {
      client_id: web.client_id,
      audience,
      subject_type: 'user',
      scope: ['write:messages'],
    });
    const { email: username, password } = users.admin;
    const scope = 'fly swim read:admin read:messages write:messages';
    await requestPasswordToken(open.ask, { username, password, scope });
    expect(lastLog(open)).toMatchObject({
      description: [
        'An access token without fly swim: the API does not define them',
        'without read:admin read:messages: the client grant does not have them',
        'without write:messages: the API enforces permissions, and the user does not have it',
      ].join('; '),
      fix: expect.stringMatching(/^auth0 apis update .*,fly,swim$/),
    });
  });

  it('has nothing to say of the profile alone', async () => {
    await requestPasswordToken(open.ask, { audience: undefined, scope: 'openid fly' });
    expect(lastLog(open)).toMatchObject({ scope: 'openid', description: logTypes.sepft.description });
  });
});
