import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createTestIssuer, type TestIssuer } from '@auth0/auth0-api-js/testing';
import { explainPastedToken, type PastedExplanation } from '../../src/explain/explain-pasted-token.js';
import type { FindApi } from '../../src/explain/suggest-help.js';
import { fixMissingApi, fixSigningAlgorithm, fixToken } from '../../src/oauth/fixes.js';

let issuer: TestIssuer;
beforeAll(async () => (issuer = await createTestIssuer()));

const explain = async (
  pasted: string,
  findApi: FindApi = async () => 'unknown',
): Promise<PastedExplanation> => {
  const { domain, audience, fetch } = issuer;
  return explainPastedToken({ pasted, domain, audience, fetch, findApi });
};
const findFailed = ({ checks }: PastedExplanation) => checks.find(({ outcome }) => outcome === 'failed');

describe('explainPastedToken', () => {
  it('answers whatever is pasted', async () => {
    const token = issuer.accessToken();
    const anything = fc.string({ unit: 'binary', maxLength: 60 });
    const edited = fc
      .tuple(fc.nat(token.length), fc.nat(3), fc.constantFrom('', '.', '"', ' ', '\n', '=', 'é', '{'))
      .map(([at, drop, insert]) => token.slice(0, at) + insert + token.slice(at + drop));
    const wrapped = fc
      .tuple(fc.oneof(anything, edited), fc.constantFrom('"', "'", '`', 'Bearer ', '{"access_token":"'))
      .map(([text, around]) => around + text + around);
    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(fc.oneof(anything, edited, wrapped), async (pasted) => {
        const { verdict, checks } = await explain(pasted);
        expect(checks.some(({ outcome }) => outcome === 'failed')).toBe(verdict !== 'accepted');
        seen.add(verdict);
      }),
      { numRuns: 500, seed: 6750 },
    );
    expect([...seen].sort()).toEqual(['accepted', 'refused']);
  });

  it('looks the API up only where that helps', async () => {
    const asked: string[] = [];
    const findApi: FindApi = async () => {
      asked.push('asked');
      return 'unknown';
    };
    await explain(issuer.accessToken(), findApi);
    const token = issuer.accessToken();
    expect(findFailed(await explain(`${token}.x`, findApi))).not.toHaveProperty('command');
    expect(asked).toEqual([]);
    await explain('opaque', findApi);
    expect(asked).toEqual(['asked']);
  });

  it('proposes to create an API that the tenant does not have', async () => {
    const failed = findFailed(await explain('opaque', async () => 'missing'));
    expect(failed).toMatchObject({
      fix: expect.stringContaining(`no API with the identifier '${issuer.audience}'`),
      command: fixMissingApi(issuer.audience),
    });
  });

  it('proposes a new algorithm for an API whose tokens are symmetric, and a new token for others', async () => {
    const header = Buffer.from('{"alg":"HS256"}').toString('base64url');
    const token = issuer.accessToken().replace(/^[^.]*/, header);
    const propose = async (findApi?: FindApi) => findFailed(await explain(token, findApi))?.command;
    const newAlgorithm = fixSigningAlgorithm(issuer.audience, 'RS256');
    expect(await propose()).toBe(newAlgorithm);
    expect(await propose(async () => ({ signing_alg: 'HS256' }))).toBe(newAlgorithm);
    expect(await propose(async () => ({ signing_alg: 'PS256' }))).toBe(fixToken(issuer.audience));
  });
});
