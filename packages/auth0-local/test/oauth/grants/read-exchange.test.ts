import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lastLog } from '../../support/flow-requests.js';
import type { OpenTenant } from '../../support/open-tenant.js';
import {
  accessTokenType,
  exchange,
  gateway,
  getSubjectToken,
  openChain,
} from '../../support/token-exchange.js';

describe('readExchange', () => {
  let open: OpenTenant;
  let subject: string;

  beforeAll(async () => {
    open = await openChain();
    subject = await getSubjectToken(open);
  });
  afterAll(() => open.close());

  it.each([
    ['no token', { subject_token: undefined }, 'Missing required parameter: subject_token'],
    [
      'no type of the token',
      { subject_token_type: undefined },
      'Missing required parameter: subject_token_type',
    ],
    ['no audience', { audience: undefined }, 'Missing required parameter: audience'],
    [
      'an ID token by its type',
      { subject_token_type: 'urn:ietf:params:oauth:token-type:id_token' },
      'Invalid subject_token_type and requested_token_type combination.',
    ],
    [
      'a type of a custom profile',
      { subject_token_type: 'urn:acme:legacy-token' },
      'Invalid subject_token_type and requested_token_type combination.',
    ],
    [
      'the wish for a refresh token',
      { requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' },
      'Invalid subject_token_type and requested_token_type combination.',
    ],
    [
      'no wish',
      { requested_token_type: undefined },
      'Invalid subject_token_type and requested_token_type combination.',
    ],
    [
      'offline_access',
      { scope: 'read:events offline_access' },
      'Refresh tokens (offline_access scope) are not supported for on-behalf-of token exchange',
    ],
    [
      'an actor token',
      { actor_token: 'x', actor_token_type: accessTokenType },
      'actor_token is not supported: the client that exchanges the token is the one who acts',
    ],
    [
      'the type of an actor token',
      { actor_token_type: accessTokenType },
      'actor_token_type is not supported: the client that exchanges the token is the one who acts',
    ],
  ])('refuses %s', async (_, parameters, description) => {
    const { status, body } = await exchange(open.ask, subject, parameters);
    expect([status, body]).toEqual([400, { error: 'invalid_request', error_description: description }]);
    expect(lastLog(open)).toMatchObject({
      type: 'failed_on_behalf_of_token_exchange',
      client_id: gateway.client_id,
    });
  });

  it('says which types go together', async () => {
    await exchange(open.ask, subject, { requested_token_type: undefined });
    expect(lastLog(open).description).toBe(
      `Access tokens are exchanged for access tokens: both types must be ${accessTokenType}`,
    );
  });
});
