import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';

let trial: TrialTenant;

beforeAll(async () => (trial = await startTrialTenant()));
afterAll(() => trial.tenant.close());

const forbidden = { statusCode: 403, error: 'Forbidden', message: 'For the owner of this tenant only' };

describe('GET /local/proof', () => {
  it.each([22, 86])(
    'proves to everybody that the tenant knows the secret, with a nonce of %i',
    async (length) => {
      const nonce = '-_aZ09'.repeat(15).slice(0, length);
      const proof = createHmac('sha256', trial.tenant.ownerSecret).update(nonce).digest('base64url');
      expect(await trial.ask('GET', `/local/proof?nonce=${nonce}`)).toMatchObject({
        status: 200,
        body: { proof },
      });
    },
  );

  it.each([
    ['no nonce', ''],
    ['a short one', `?nonce=${'a'.repeat(21)}`],
    ['a long one', `?nonce=${'a'.repeat(87)}`],
    ['one that is no base64url', `?nonce=${'a'.repeat(22)}%3D`],
    ['a line end behind it', `?nonce=${'a'.repeat(22)}%0A`],
    ['two', `?nonce=${'a'.repeat(22)}&nonce=${'b'.repeat(22)}`],
  ])('refuses %s', async (_what, query) => {
    expect(await trial.ask('GET', `/local/proof${query}`)).toMatchObject({
      status: 400,
      body: { message: 'nonce must be 22 to 86 characters of base64url', errorCode: 'invalid_query_string' },
    });
  });

  it('refuses pages of browsers', async () => {
    const headers = { origin: trial.tenant.domain };
    const { status, body } = await trial.ask('GET', `/local/proof?nonce=${'a'.repeat(22)}`, { headers });
    expect([status, body]).toEqual([403, forbidden]);
  });
});

describe.each([
  ['GET', '/local/status'],
  ['POST', '/local/token'],
  ['GET', '/local/export'],
  ['POST', '/local/seed'],
  ['POST', '/local/reset'],
  ['POST', '/local/stop'],
  ['GET', '/local/logs'],
])('%s %s', (method, path) => {
  it('refuses who does not know the secret, and pages of browsers that do', async () => {
    const authorization = `Bearer ${trial.tenant.ownerSecret}`;
    for (const headers of [
      {},
      { authorization: `${authorization}x` },
      { authorization: trial.tenant.ownerSecret },
      { authorization, origin: trial.tenant.domain },
    ]) {
      const { status, body } = await trial.ask(method, path, { headers });
      expect([status, body]).toEqual([403, forbidden]);
    }
  });
});
