import { describe, expect, it } from 'vitest';
import { ApiClient } from '@auth0/auth0-api-js';
import { explainAccessToken } from '@auth0/auth0-api-js/explain';
import { badTokens, createTestIssuer, type BadTokenName } from '@auth0/auth0-api-js/testing';
import {
  findRefusalCause as findCause,
  type RefusalCause,
} from '../../../../dashboard/components/refusal-causes.ts';
import { readChallenge } from '../../../../dashboard/pages/apis/test/read-challenge.ts';

const findRefusalCause = (description: string | undefined): RefusalCause =>
  findCause({ ...(description !== undefined && { description }) });
const unknown = findRefusalCause('something else');

describe('findRefusalCause', () => {
  it.each(Object.keys(badTokens) as BadTokenName[])(
    'has words for what the SDK says of the bad token %s',
    async (bad) => {
      const { domain, audience, fetch: customFetch, badToken } = await createTestIssuer();
      const client = new ApiClient({ domain, audience, customFetch });
      const { description = '' } = await explainAccessToken(client, badToken(bad));
      expect(description).not.toBe('');
      expect(findRefusalCause(description)).not.toEqual(unknown);
      // As it stands in the header, where no " can be.
      expect(findRefusalCause(description.replaceAll('"', "'"))).toEqual(findRefusalCause(description));
    },
  );

  it('says what is to be compared', () => {
    expect(findRefusalCause('unexpected "aud" claim value').compare).toBe('audience');
    expect(findRefusalCause('unexpected "iss" claim value').compare).toBe('issuer');
    expect(findRefusalCause('unsupported algorithm').compare).toBe('algorithm');
  });

  it.each([
    ["Missing 'isAdmin' claim", 'the claim isAdmin, which is not in it'],
    ["Unexpected 'it's' value", "another value of the claim it's than is in it"],
    ['Invalid token claims', 'claimCheck, does not accept its claims'],
    ['missing required claim', 'requiredClaims'],
  ])('says of %j that the token is good, and its claims are not', (description, text) => {
    expect(findRefusalCause(description)).toEqual({
      text: expect.stringMatching(/^The token itself is good\./) as string,
      isOfClaims: true,
    });
    expect(findRefusalCause(description).text).toContain(text);
  });

  it('blames no claims where the token itself is refused', () => {
    for (const description of [
      'unexpected "aud" claim value',
      "missing required 'exp' claim",
      undefined,
      'x',
    ]) {
      expect(findRefusalCause(description)).not.toHaveProperty('isOfClaims');
    }
  });

  it('knows what to do where nothing is said, or something else', () => {
    expect(findRefusalCause(undefined).text).toContain('does not say why');
    expect(unknown.text).toContain('Its log');
    expect(findRefusalCause('toString')).toEqual(unknown);
  });

  it('says of an API that takes no bearer tokens that it does not', async () => {
    const { domain, audience, fetch: customFetch, accessToken } = await createTestIssuer();
    const client = new ApiClient({ domain, audience, customFetch, mtls: { mode: 'required' } });
    const { description } = await explainAccessToken(client, accessToken());
    expect(findRefusalCause(description)).toMatchObject({ isOfSender: true });
    expect(findRefusalCause(description).text).toContain(
      'only tokens that are bound to a client certificate',
    );
    expect(findCause({ isForProofs: true }).text).toContain('only tokens that are bound to a key');
    expect(findCause({ isForProofs: true, description: 'x' })).toEqual(unknown);
  });
});

describe('readChallenge', () => {
  it.each<[values: string[], challenge: ReturnType<typeof readChallenge>]>([
    [[], { scopes: [] }],
    [['Bearer'], { scopes: [] }],
    [
      [`Bearer error="invalid_token", error_description="unexpected 'aud' claim value"`],
      { description: "unexpected 'aud' claim value", scopes: [] },
    ],
    [['Bearer error_description="a \\"b\\" \\\\c", realm="x"'], { description: 'a "b" \\c', scopes: [] }],
    [
      ['DPoP algs="ES256"', 'Bearer error_description="Insufficient scopes", scope="a  b"'],
      { description: 'Insufficient scopes', scopes: ['a', 'b'] },
    ],
    [['DPoP algs="ES256"'], { scopes: [], isForProofs: true }],
    [['DPoP algs="bearer"'], { scopes: [], isForProofs: true }],
    [['DPoP algs="ES256", Bearer'], { scopes: [] }],
    [['DPoPer'], { scopes: [] }],
  ])('reads %j', (values, challenge) => {
    const headers = [
      ['date', 'error_description="x"'],
      ...values.map((value) => ['WWW-Authenticate', value]),
    ];
    expect(readChallenge(headers as [string, string][])).toEqual(challenge);
  });
});
