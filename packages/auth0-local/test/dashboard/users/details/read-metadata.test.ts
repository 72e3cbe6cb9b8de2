import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMetadata } from '../../../../dashboard/pages/users/details/read-metadata.js';
import { startTrialTenant, type TrialTenant } from '../../../support/trial-tenant.js';

const nest = (levels: number): string => `{"a":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;

describe('metadata as they are typed', () => {
  let trial: TrialTenant;
  let path = '';
  beforeAll(async () => {
    trial = await startTrialTenant();
    const { body } = await trial.manage<{ user_id: string }>('POST', '/users', {
      connection: 'Username-Password-Authentication',
      email: 'metadata@example.com',
      password: 'secret',
    });
    path = `/users/${body.user_id}`;
  });
  afterAll(() => trial.tenant.close());
  const store = async (text: string): Promise<number> =>
    (await trial.manage('PATCH', path, { user_metadata: JSON.parse(text) as object })).status;

  it.each([
    ['{ "__proto__": {} }', 'Leave out the name __proto__: it cannot be stored.'],
    [String.raw`{ "a": [{ "\u005f_proto__": 1 }] }`, 'Leave out the name __proto__: it cannot be stored.'],
    [String.raw`{ "a\u0000": 1 }`, /^Leave out \\u0000/],
    [String.raw`{ "a": "\ud83d" }`, /^Leave out \\u0000/],
    [nest(101), 'At most 100 levels.'],
  ])('are not sent where the tenant does not take them: %s', async (text, problem) => {
    expect(readMetadata(text)).toEqual({
      problem: typeof problem === 'string' ? problem : (expect.stringMatching(problem) as string),
    });
    expect(await store(text)).toBe(400);
  });

  it.each(['{}', '{ "proto": "__proto__" }', String.raw`{ "a": "\ud83d\ude00" }`, nest(99), nest(100)])(
    'are sent where it does: %s',
    async (text) => {
      expect(readMetadata(text)).toEqual({ value: JSON.parse(text) as object });
      expect(await store(text)).toBe(200);
    },
  );
});
