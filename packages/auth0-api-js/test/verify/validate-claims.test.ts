import { describe, expect, it, vi } from 'vitest';
import {
  ApiClient,
  AuthError,
  InvalidRequestError,
  TemporarilyUnavailableError,
  VerifyAccessTokenError,
  type ApiClientOptions,
  type Auth0ApiEvent,
  type ValidateClaims,
} from '@auth0/auth0-api-js';
import { authenticate } from '@auth0/auth0-api-js/adapter';
import { issuer, audience } from '../support/bench.js';
import { parseChallenge } from '../support/parse-challenge.js';
import { reasonOf } from '../support/reason-of.js';
import { edKey, tokenBy } from '../support/several-issuers.js';

const good = tokenBy(issuer);

function createTrial(validate: unknown, options: Partial<ApiClientOptions> = {}) {
  const events: Auth0ApiEvent[] = [];
  const client = new ApiClient({
    audience,
    algorithms: ['Ed25519'],
    issuers: [{ issuer, jwks: { keys: [edKey.publicJwk] } }],
    onEvent: (event) => events.push(event),
    validate: validate as ValidateClaims,
    ...options,
  });
  return { client, events };
}

/** The function itself, and one that does the same later. */
const both = (decide: () => unknown): readonly unknown[] => [decide, async () => decide()];

async function errorOf(client: ApiClient): Promise<AuthError> {
  const error: unknown = await client
    .verifyAccessToken({ accessToken: good })
    .catch((refused: unknown) => refused);
  if (error instanceof AuthError) return error;
  throw new Error('it was not refused', { cause: error });
}

describe('validate', () => {
  it('accepts with true, at once or later', async () => {
    for (const validate of both(() => true)) {
      const { client, events } = createTrial(validate);
      expect(await reasonOf(client, good)).toBe('accepted');
      expect(events).toEqual([]);
    }
  });

  it('takes a promise of any make', async () => {
    const thenable = (value: unknown) => ({ then: (resolve: (value: unknown) => void) => resolve(value) });
    expect(await reasonOf(createTrial(() => thenable(true)).client, good)).toBe('accepted');
    expect(await reasonOf(createTrial(() => thenable(false)).client, good)).toBe('claims_rejected');
  });

  it('refuses with false, and nobody is told but by the refusal', async () => {
    for (const validate of both(() => false)) {
      const { client, events } = createTrial(validate);
      const error = await errorOf(client);
      expect(error).toBeInstanceOf(VerifyAccessTokenError);
      expect(error).toMatchObject({
        statusCode: 401,
        reason: 'claims_rejected',
        message: 'Invalid token claims',
      });
      expect(events).toEqual([{ type: 'refusal', reason: 'claims_rejected', statusCode: 401, issuer }]);
    }
  });

  it('refuses with a reason of its own', async () => {
    for (const validate of both(() => ({
      reason: 'tenant_suspended',
      description: 'The tenant is suspended',
    }))) {
      const { client, events } = createTrial(validate);
      const error = await errorOf(client);
      expect(error).toMatchObject({
        statusCode: 401,
        reason: 'tenant_suspended',
        message: 'The tenant is suspended',
      });
      expect(events).toEqual([{ type: 'refusal', reason: 'tenant_suspended', statusCode: 401, issuer }]);
      expect(parseChallenge(String(error.headers['www-authenticate']?.[0])).parameters).toMatchObject({
        error: 'invalid_token',
        error_description: 'The tenant is suspended',
      });
    }
  });

  it.each(['a', 'a_1', 'toString'.toLowerCase(), 'x'.repeat(64)])(
    'takes the reason %s without words',
    async (reason) => {
      const { client } = createTrial(() => ({ reason }));
      expect(await errorOf(client)).toMatchObject({ reason, message: 'Invalid token claims' });
    },
  );

  it('gets no description into a header that does not belong there', async () => {
    const description = 'a "b"\r\nX-Evil: 1\0é';
    const error = await errorOf(createTrial(() => ({ reason: 'r', description })).client);
    const [header = ''] = error.headers['www-authenticate'] ?? [];
    expect(parseChallenge(header).parameters).toMatchObject({ error_description: "a 'b'X-Evil: 1" });
  });

  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['one', 1],
    ['zero', 0],
    ['a text', 'true'],
    ['an empty text', ''],
    ['an object', {}],
    ['a list', []],
    ['a list with true', [true]],
    ['a function', () => true],
    ['a wrapped true', Object(true)],
    ['a reason that is no text', { reason: 7 }],
    ['an empty reason', { reason: '' }],
    ['a reason with capitals', { reason: 'Tenant_suspended' }],
    ['a reason with spaces', { reason: 'tenant suspended' }],
    ['a reason with a line end', { reason: 'tenant\n' }],
    ['a reason that begins with a digit', { reason: '1st' }],
    ['a reason of 65 letters', { reason: 'x'.repeat(65) }],
    ['an empty description', { reason: 'r', description: '' }],
    ['a description of spaces', { reason: 'r', description: ' \n' }],
    ['a description that is no text', { reason: 'r', description: {} }],
    ['words without a reason', { description: 'no' }],
  ])('E15 refuses with %s, and the programmer is told', async (_what, value) => {
    for (const validate of both(() => value)) {
      const { client, events } = createTrial(validate);
      expect(await errorOf(client)).toMatchObject({ reason: 'claims_rejected', statusCode: 401 });
      expect(events).toEqual([
        {
          type: 'misuse',
          reason: 'validate_result',
          message: expect.stringContaining(
            'neither a boolean nor { reason, description }. Only true lets a request pass',
          ),
        },
        { type: 'refusal', reason: 'claims_rejected', statusCode: 401, issuer },
      ]);
    }
  });

  it.each<[string, unknown, string]>([
    ['an error', new TypeError('sEcReT'), 'TypeError'],
    ['a text', 'sEcReT', 'string'],
    ['nothing', undefined, 'undefined'],
    ['a refusal', new VerifyAccessTokenError('sEcReT', { reason: 'own' }), 'VerifyAccessTokenError'],
    ['another refusal', new InvalidRequestError('sEcReT'), 'InvalidRequestError'],
  ])('E15 refuses when it throws %s, and tells only the programmer', async (_what, thrown, name) => {
    const fail = (): never => {
      throw thrown;
    };
    for (const validate of both(fail)) {
      const { client, events } = createTrial(validate);
      expect(await errorOf(client)).toMatchObject({
        reason: 'claims_rejected',
        message: 'Invalid token claims',
      });
      expect(events).toEqual([
        {
          type: 'misuse',
          reason: 'validate_threw',
          message: expect.stringContaining(`validate() threw (${name}`),
        },
        { type: 'refusal', reason: 'claims_rejected', statusCode: 401, issuer },
      ]);
      expect(JSON.stringify(events)).not.toContain('sEcReT');
    }
  });

  it('is an outage where it says so, and no refusal', async () => {
    const fail = (): never => {
      throw new TemporarilyUnavailableError('database_away', 7);
    };
    for (const validate of both(fail)) {
      const { client, events } = createTrial(validate);
      const error = await errorOf(client);
      expect(error).toMatchObject({ statusCode: 503, reason: 'database_away', retryAfterSeconds: 7 });
      expect(error.headers).toEqual({ 'retry-after': ['7'] });
      expect(events).toEqual([]);
    }
  });

  it('does not make a request wait that it answers at once', () => {
    const request = { authorization: [`Bearer ${good}`] };
    expect(authenticate(createTrial(() => true).client, request)).not.toBeInstanceOf(Promise);
    expect(authenticate(createTrial(async () => true).client, request)).toBeInstanceOf(Promise);
    expect(() => authenticate(createTrial(() => false).client, request)).toThrow('Invalid token claims');
  });

  it('is asked on every request, about a token it has seen, too', async () => {
    const validate = vi.fn<ValidateClaims>(() => true);
    const { client } = createTrial(validate);
    expect(await reasonOf(client, good)).toBe('accepted');
    validate.mockReturnValue(false);
    expect(await reasonOf(client, good)).toBe('claims_rejected');
    expect(validate).toHaveBeenCalledTimes(2);
  });

  it.each<[string, string, string]>([
    ['forged', `${good.slice(0, -86)}${'A'.repeat(86)}`, 'signature_invalid'],
    ['expired', tokenBy(issuer, edKey, { exp: 1 }), 'token_expired'],
    ['of another issuer', tokenBy('https://other.test/'), 'issuer_mismatch'],
    ['for another audience', tokenBy(issuer, edKey, { aud: 'other' }), 'audience_mismatch'],
    ['bound', tokenBy(issuer, edKey, { cnf: { jkt: 'x' } }), 'dpop_bound_token'],
    ['without a claim that is asked for', good, 'claim_missing'],
  ])('E16 is not asked about a token that is %s', async (_what, accessToken, reason) => {
    const validate = vi.fn<ValidateClaims>(() => true);
    const { client } = createTrial(validate);
    const requiredClaims = reason === 'claim_missing' ? ['org_id'] : [];
    expect(await reasonOf(client, accessToken, { requiredClaims })).toBe(reason);
    expect(validate).not.toHaveBeenCalled();
  });
});

describe('validate, of the client and of an issuer', () => {
  /** A client with a function for all issuers and one for this issuer. */
  function createPair(first: unknown, second: unknown) {
    const own = { issuer, jwks: { keys: [edKey.publicJwk] }, validate: second as ValidateClaims };
    return createTrial(first, { issuers: [own] });
  }

  const decide = (calls: string[], name: string, result: unknown, isLater: boolean): (() => unknown) => {
    const answer = (): unknown => {
      calls.push(name);
      return result;
    };
    if (!isLater) return answer;
    return async () => {
      calls.push(`${name} begins`);
      await new Promise(setImmediate);
      return answer();
    };
  };

  it.each([
    [false, false],
    [false, true],
    [true, false],
    [true, true],
  ])('are asked in this order, until one refuses (later: %s, %s)', async (isFirstLater, isSecondLater) => {
    const judge = async (first: unknown, second: unknown): Promise<[string, string[]]> => {
      const calls: string[] = [];
      const { client } = createPair(
        decide(calls, 'client', first, isFirstLater),
        decide(calls, 'issuer', second, isSecondLater),
      );
      return [await reasonOf(client, good), calls.filter((call) => !call.endsWith('begins'))];
    };
    expect(await judge(true, true)).toEqual(['accepted', ['client', 'issuer']]);
    expect(await judge(false, true)).toEqual(['claims_rejected', ['client']]);
    expect(await judge({ reason: 'a' }, { reason: 'b' })).toEqual(['a', ['client']]);
    expect(await judge(true, { reason: 'b' })).toEqual(['b', ['client', 'issuer']]);
  });

  it('do not begin before the one before has decided', async () => {
    const calls: string[] = [];
    const { client } = createPair(decide(calls, 'client', true, true), decide(calls, 'issuer', true, true));
    expect(await reasonOf(client, good)).toBe('accepted');
    expect(calls).toEqual(['client begins', 'client', 'issuer begins', 'issuer']);
  });

  it('get claims of their own each, and so does the caller, whatever is changed and when', async () => {
    const token = tokenBy(issuer, edKey, { deep: { list: [1] } });
    const kept: Record<string, unknown>[] = [];
    const spoil = (claims: Record<string, unknown>): boolean => {
      expect(claims).toMatchObject({ sub: 'auth0|abc', deep: { list: [1] } });
      (claims['deep'] as { list: number[] }).list.push(2);
      claims['sub'] = 'admin';
      claims['scope'] = 'everything';
      kept.push(claims);
      return true;
    };
    const { client, events } = createPair(spoil, async (claims: Record<string, unknown>) => spoil(claims));
    for (let time = 0; time < 2; time++) {
      const claims = await client.verifyAccessToken({ accessToken: token });
      for (const late of kept) delete late['deep'];
      expect(claims).toMatchObject({ sub: 'auth0|abc', deep: { list: [1] } });
      expect(claims).not.toHaveProperty('scope');
      expect(kept).not.toContain(claims);
    }
    expect(events).toEqual([]);
    expect(new Set(kept).size).toBe(4);
  });

  it('learn the issuer, the header and the request, as far as the caller tells', async () => {
    const validate = vi.fn<ValidateClaims>(() => true);
    const { client } = createPair(validate, () => true);
    const httpUrl = 'https://api.test/a?b';
    const headers = { host: 'api.test', 'x-many': ['1', '2'] };
    await reasonOf(client, good, { httpUrl, headers });
    await reasonOf(client, good);
    const header = { alg: 'Ed25519', typ: 'at+jwt', kid: edKey.kid };
    expect(validate.mock.calls.map(([, context]) => context)).toEqual([
      { issuer, header, request: { url: httpUrl, headers } },
      { issuer, header, request: {} },
    ]);
  });

  it('cannot change the header of a token that is remembered', async () => {
    const { client } = createPair(
      (_claims: unknown, { header }: { header: Record<string, unknown> }) => {
        header['alg'] = 'none';
        delete header['kid'];
        return true;
      },
      () => true,
    );
    for (let time = 0; time < 3; time++) expect(await reasonOf(client, good)).toBe('accepted');
  });
});
