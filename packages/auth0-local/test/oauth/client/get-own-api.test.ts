import { beforeEach, describe, expect, it } from 'vitest';
import { deleteApi } from '../../../src/tenant/apis.js';
import { updateApplication } from '../../../src/tenant/applications.js';
import { lastLog } from '../../support/flow-requests.js';
import type { OpenTenant } from '../../support/open-tenant.js';
import { exchange, gateway, getSubjectToken, openChain } from '../../support/token-exchange.js';
import { applications, audience } from '../../support/trial-tenant.js';

const { machine } = applications;

describe('getOwnApi', () => {
  let open: OpenTenant;
  let subject: string;

  beforeEach(async () => {
    open = await openChain();
    subject = await getSubjectToken(open);
    return () => open.close();
  });

  const refused = {
    error: 'unauthorized_client',
    error_description:
      "Grant type 'urn:ietf:params:oauth:grant-type:token-exchange' not allowed for the client.",
    error_uri: 'https://auth0.com/docs/clients/client-grant-types',
  };
  const update = (body: object) => updateApplication(open.tenant, gateway.client_id, body);

  it.each<[string, () => unknown, string, Record<string, unknown>?]>([
    [
      'is of another type',
      () => update({ app_type: 'regular_web' }),
      `auth0 apps create --name Gateway --type resource_server --resource-server-identifier ${audience} --allow-any-profile-of-type on_behalf_of_token_exchange`,
    ],
    [
      'is no API, whatever its grant types are',
      () =>
        updateApplication(open.tenant, machine.client_id, {
          app_type: 'resource_server',
          grant_types: ['urn:ietf:params:oauth:grant-type:token-exchange'],
          token_exchange: { allow_any_profile_of_type: ['on_behalf_of_token_exchange'] },
        }),
      "auth0 apps create --name Machine --type resource_server --resource-server-identifier '<identifier>' --allow-any-profile-of-type on_behalf_of_token_exchange",
      machine,
    ],
    [
      'is not allowed to exchange tokens',
      () => update({ token_exchange: null }),
      'auth0 apps update gateway-client --allow-any-profile-of-type on_behalf_of_token_exchange',
    ],
    [
      'may exchange other tokens',
      () => update({ token_exchange: { allow_any_profile_of_type: ['custom_authentication'] } }),
      'auth0 apps update gateway-client --allow-any-profile-of-type custom_authentication,on_behalf_of_token_exchange',
    ],
    [
      'is public',
      () => update({ token_endpoint_auth_method: 'none' }),
      'auth0 apps update gateway-client --auth-method Post',
      { client_secret: undefined },
    ],
    [
      'is an API that is gone',
      () => deleteApi(open.tenant, audience),
      `auth0 apis create --name ${audience} --identifier ${audience}`,
    ],
  ])('is refused if it %s', async (_, change, fix, parameters) => {
    change();
    const { status, body } = await exchange(open.ask, subject, parameters);
    expect([status, body]).toEqual([403, refused]);
    expect(lastLog(open)).toMatchObject({ type: 'failed_on_behalf_of_token_exchange', fix });
  });

  it('needs no grant type for it', () => {
    expect(open.tenant.store.applications.get(gateway.client_id)?.grant_types).toEqual([]);
  });
});
