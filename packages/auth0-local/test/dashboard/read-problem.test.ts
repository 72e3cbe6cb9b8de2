import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProblem } from '../../dashboard/components/read-problem.js';
import { startTrialTenant, type TrialTenant } from '../support/trial-tenant.js';

/** What a body has beyond what is looked at. */
const others: Readonly<Record<string, object>> = {
  '/resource-servers': { identifier: 'urn:new' },
  '/users': { connection: 'Username-Password-Authentication', password: 'secret' },
};

describe('readProblem', () => {
  let trial: TrialTenant;
  beforeAll(async () => {
    trial = await startTrialTenant();
  });
  afterAll(() => trial.tenant.close());

  it.each([
    ['/resource-servers', { identifier: '' }, 'identifier', 'It cannot be empty.'],
    ['/resource-servers', { signing_secret: 'short' }, 'signing_secret', 'At least 16 characters.'],
    ['/resource-servers', { name: 'x'.repeat(202) }, 'name', 'At most 200 characters: leave out 2.'],
    ['/resource-servers', { name: 'a\u202eb' }, 'name', /^Leave out line breaks/],
    ['/resource-servers', { token_lifetime: -1 }, 'token_lifetime', '0 is the least.'],
    ['/resource-servers', { token_lifetime: 2_592_001 }, 'token_lifetime', '2592000 is the most.'],
    [
      '/resource-servers',
      { scopes: [{ value: 'a', description: 'x'.repeat(501) }] },
      'description',
      'At most 500 characters: leave out one.',
    ],
    [
      '/resource-servers',
      { scopes: Array.from({ length: 1001 }, (_, index) => ({ value: `s${index}` })) },
      'scopes',
      'At most 1000 of them.',
    ],
    ['/clients', { name: '<b>' }, 'name', 'Leave out < and >.'],
    ['/clients', { name: 'x', callbacks: ['http://localhost', ''] }, 'callbacks', 'It cannot be empty.'],
    ['/users', { email: 'jane' }, 'email', /^Write a whole email address/],
    ['/roles', { name: 7 }, 'name', /^Expected type string .*\.$/],
  ] as const)('says as a form does what the tenant refuses at %s', async (path, body, field, text) => {
    const sent = { ...others[path], ...body };
    const { message } = (await trial.manage<{ message: string }>('POST', path, sent)).body;
    expect(readProblem(message)).toEqual({
      field,
      text: typeof text === 'string' ? text : expect.stringMatching(text),
    });
  });

  it('finds nothing in what is about no property', () => {
    expect(readProblem("Scope 'openid' is reserved by OpenID Connect")).toBeUndefined();
    expect(readProblem("Payload validation error: 'Missing required property: name'.")).toBeUndefined();
  });
});
