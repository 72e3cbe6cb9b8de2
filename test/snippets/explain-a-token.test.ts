import { ApiClient } from '@auth0/auth0-api-js';
import { createTestIssuer } from '@auth0/auth0-api-js/testing';
import { expect, test } from 'vitest';

const { audience, domain, fetch: customFetch, badToken } = await createTestIssuer();
const client = new ApiClient({ domain, audience, customFetch });
const token = badToken('expired');

// #region explain
import { explainAccessToken } from '@auth0/auth0-api-js/explain';

const { verdict, reason, checks } = await explainAccessToken(client, token, { scopes: 'read:messages' });
const failed = checks.find(({ outcome }) => outcome === 'failed');
// verdict: 'refused', reason: 'token_expired'
// failed: name 'expiry', found '2026-11-25T09:00:00Z, 60 minutes ago', fix 'Get a new token; …'
// #endregion

test('an expired token fails the check of its expiry', () => {
  expect([verdict, reason, failed?.name]).toEqual(['refused', 'token_expired', 'expiry']);
  expect(failed?.fix).toMatch(/^Get a new token;/);
  expect(failed?.found).toMatch(/Z, 60 minutes ago$/);
});
