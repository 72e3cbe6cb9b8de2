import { describe, expect, it } from 'vitest';
import { ApiClient, MissingRequiredArgumentError } from '@auth0/auth0-api-js';
import { resolveOptions } from '../../src/options.js';
import { createTestKey } from '../../src/testing/create-test-key.js';
import { audience, rsaKey } from '../support/bench.js';
import { configurationError } from '../support/configuration-error.js';

const issuer = 'https://partner.example.com/';
const jwks = { keys: [rsaKey.publicJwk] };
const publicKey = rsaKey.publicJwk;
const secret = 'x'.repeat(32);
const jwksUri = 'https://keys.example.com/jwks.json';

/** What a client says about the options of one issuer. */
const errorOf = (options: object): string => configurationError({ issuers: [{ issuer, ...options }] });

describe('the option issuers', () => {
  it.each([[[]], [{}], [null], ['https://a.example.com/'], [7]])(
    'F1 is a list that is not empty: %j',
    (issuers) => {
      expect(configurationError({ issuers })).toBe(
        'Invalid issuers configuration: "issuers" must be a non-empty array of { issuer, … }',
      );
    },
  );

  it('F1 says how an issuer is written that is given as a text', () => {
    expect(configurationError({ issuers: [{ issuer }, 'https://a.example.com/'] })).toBe(
      "Invalid issuers[1] configuration: an issuer is an object: write { issuer: 'https://partner.example.com/' }",
    );
  });

  it.each([[null], [undefined], [[]], [7]])('F1 holds objects, not %j', (item) => {
    expect(configurationError({ issuers: [{ issuer }, item] })).toBe(
      'issuers[1]: the options must be an object',
    );
  });

  it.each([undefined, null, '', 7, [], ' https://a.example.com/', 'https://a.example.com/\n'])(
    'F1 needs an identifier for each: %j is none',
    (named) => {
      expect(configurationError({ issuers: [{ issuer }, { issuer: named, jwks }] })).toBe(
        'Invalid issuers[1] configuration: "issuer" must be the identifier that tokens name in "iss"',
      );
    },
  );

  it.each([
    ['http://a.example.com/'],
    ['ftp://a.example.com/'],
    ['https://user@a.example.com/'],
    ['https://user:pass@a.example.com/'],
    ['https://a.example.com/?tenant=1'],
    ['https://a.example.com/#x'],
    ['https://a.exa\tmple.com/'],
    ['https:\\\\a.example.com'],
    ['a.example.com'],
    ['urn:issuer'],
    ['https://'],
  ])('F1 fetches no keys of %s', (named) => {
    expect(configurationError({ issuers: [{ issuer: named }] })).toBe(
      'Invalid issuers[0] configuration: "issuer" must be an https:// URL without credentials, query and fragment; http:// works for localhost, 127.0.0.1 and [::1] only',
    );
  });

  it.each(['https://a.example.com/path/', 'http://localhost:4400/', 'http://127.0.0.1/', 'http://[::1]:80/'])(
    'fetches keys of %s',
    (named) => expect(configurationError({ issuers: [{ issuer: named }] })).toBe('none'),
  );

  it.each(['urn:issuer', 'a', 'http://a.example.com/', 'https://a.example.com/?tenant=1'])(
    'takes any identifier where keys are given: %s',
    (named) => {
      for (const keys of [{ jwks }, { publicKey }, { secret }, { jwksUri }])
        expect(configurationError({ issuers: [{ issuer: named, ...keys }] })).toBe('none');
    },
  );

  it.each([
    7,
    null,
    '',
    'keys',
    'http://keys.example.com/',
    'https://u@keys.example.com/',
    'https://keys.example.com/#x',
  ])('fetches no keys from %j', (uri) => {
    expect(errorOf({ jwksUri: uri })).toBe(
      'Invalid issuers[0] configuration: "jwksUri" must be an https:// URL without credentials and fragment; http:// works for localhost, 127.0.0.1 and [::1] only',
    );
  });

  it('takes a query in jwksUri', () => {
    expect(errorOf({ jwksUri: `${jwksUri}?tenant=1` })).toBe('none');
  });

  it.each([
    [{ jwks, publicKey }, '"jwks" and "publicKey"'],
    [{ jwks, secret }, '"jwks" and "secret"'],
    [{ publicKey, secret }, '"publicKey" and "secret"'],
    [{ jwks, publicKey, secret }, '"jwks" and "publicKey" and "secret"'],
    [{ jwks, publicKey, jwksUri }, '"jwksUri" and "jwks" and "publicKey"'],
    [{ jwksUri, jwks }, '"jwksUri" and "jwks"'],
    [{ jwksUri, publicKey }, '"jwksUri" and "publicKey"'],
    [{ jwksUri, secret }, '"jwksUri" and "secret"'],
  ])('names all that contradict each other, case %$', (keys, names) => {
    expect(errorOf(keys)).toBe(`Invalid issuers[0] configuration: ${names} contradict each other. Give one`);
  });

  it.each([
    [{ publicKey }, ['ES256', 'PS256']],
    [{ jwks }, ['EdDSA']],
  ])('names algorithms that no key given fits', (keys, algorithms) => {
    expect(errorOf({ ...keys, algorithms })).toBe(
      `Invalid issuers[0] configuration: "algorithms" (${algorithms.join(', ')}) and the keys given here (for RS256) contradict each other. Give "algorithms" that the keys are for`,
    );
  });

  it('asks for algorithms where the keys are not for RS256', () => {
    const key = createTestKey('ES256').publicJwk;
    expect(errorOf({ publicKey: key })).toContain('"algorithms" (RS256) and the keys given here (for ES256)');
    expect(errorOf({ publicKey: key, algorithms: ['ES256'] })).toBe('none');
    expect(errorOf({ jwks: { keys: [key, rsaKey.publicJwk] } })).toBe('none');
  });

  it.each([
    [{ domain: 'partner.example.com' }],
    [{ domain: 'https://partner.example.com/' }],
    [{ domains: ['a.example.com', 'PARTNER.example.com'] }],
  ])('names no issuer again that %j names', (tenant) => {
    expect(configurationError({ ...tenant, issuers: [{ issuer, jwks }] })).toBe(
      'Invalid issuers configuration: "https://partner.example.com/" is named twice, in "domain", "domains" or "issuers". Its keys and rules must be said once',
    );
  });

  it('names no issuer twice', () => {
    expect(
      configurationError({
        issuers: [
          { issuer, jwks },
          { issuer, publicKey },
        ],
      }),
    ).toContain('is named twice');
  });

  it('takes identifiers that differ by a slash for different ones', () => {
    expect(
      configurationError({
        issuers: [
          { issuer, jwks },
          { issuer: issuer.slice(0, -1), jwks },
        ],
      }),
    ).toBe('none');
  });

  it('needs an audience, for all or for each', () => {
    const create = (options: object) => (): ApiClient => new ApiClient(options);
    expect(create({ issuers: [{ issuer }, { issuer: 'https://b.example.com/', audience }] })).toThrow(
      'Invalid issuers[0] configuration: "audience" is missing: give it here, or for all issuers',
    );
    expect(create({ domain: 'a.example.com', issuers: [{ issuer, audience }] })).toThrow(
      MissingRequiredArgumentError,
    );
    expect(create({ domains: () => [], issuers: [{ issuer, audience }] })).toThrow("'audience' is required");
    expect(create({ issuers: [{ issuer, audience }] })).not.toThrow();
    expect(create({ audience })).toThrow("'domain' is required");
  });

  it.each([
    'secret',
    'jwks',
    'publicKey',
    'jwksUri',
    'audience',
    'algorithms',
    'clockToleranceSeconds',
    'maxTokenAgeSeconds',
    'maxTokenLifetimeSeconds',
    'requiredClaims',
    'tokenTypes',
    'profile',
    'claims',
    'validate',
  ])('does not take an undefined %s for none', (name) => {
    expect(errorOf({ [name]: undefined })).toBe(
      `Invalid issuers[0] configuration: "${name}" is undefined. Leave it out, or give it a value`,
    );
  });

  it('says what is misspelt, and where', () => {
    expect(errorOf({ jwksUrl: jwksUri })).toBe(
      "issuers[0]: unknown option 'jwksUrl'. Did you mean 'jwksUri'?",
    );
    expect(errorOf({ keys: {} })).toContain("issuers[0]: unknown option 'keys'");
    expect(configurationError({ domain: 'a.example.com', issuer })).toContain("unknown option 'issuer'");
  });

  it.each([
    ['issuerBaseURL', "'domain', or issuers: [{ issuer }] for an address with a path"],
    ['tokenSigningAlg', "'algorithms', a list"],
    ['validators', "'claims' or 'validate'"],
    ['strict', "profile: 'rfc9068'"],
    ['mcd', "'domains' or 'issuers'"],
    ['clockTolerance', "'clockToleranceSeconds'"],
    ['maxTokenAge', "'maxTokenAgeSeconds'"],
    ['authRequired', 'requiresAuth() on the routes that need a token, and nothing on the others'],
    ['cooldownDuration', "'keys.unknownKeyCooldownSeconds', in seconds (milliseconds there)"],
    ['timeoutDuration', "'keys.deadlineSeconds', in seconds (milliseconds there)"],
    ['cacheMaxAge', "'keys.freshSeconds', in seconds (milliseconds there)"],
    ['agent', "'customFetch'"],
    ['cache', "'keys.freshSeconds' or 'discoveryCache', in seconds (milliseconds there)"],
    ['getCertificate', "'mtls.getCertificate'"],
  ])('says what stands here for %s of express-oauth2-jwt-bearer', (name, here) => {
    const cure = `unknown option '${name}'. Here it is ${here}: see docs/migration.md.`;
    expect(configurationError({ domain: 'a.example.com', [name]: 1 })).toBe(`ApiClient: ${cure}`);
    expect(errorOf({ [name]: 1 })).toBe(`issuers[0]: ${cure}`);
  });

  it.each([
    ['issuer', "'domain', or issuers: [{ issuer }]"],
    ['jwksUri', 'issuers: [{ issuer, jwksUri }], without domain for that issuer'],
    ['secret', 'issuers: [{ issuer, secret }], without domain for that issuer'],
    ['publicKey', 'issuers: [{ issuer, publicKey }], without domain for that issuer'],
  ])('says where %s belongs', (name, here) => {
    expect(configurationError({ domain: 'a.example.com', [name]: 'x' })).toBe(
      `ApiClient: unknown option '${name}'. Here it is ${here}: see docs/migration.md.`,
    );
  });

  it('stands beside the tenant, each with rules of its own', () => {
    const settings = resolveOptions({
      domain: 'a.example.com',
      audience,
      requiredClaims: ['sub'],
      issuers: [
        { issuer, jwksUri, audience: 'other', algorithms: ['ES256'] },
        { issuer: 'urn:batch', secret },
      ],
    });
    const [tenant, partner, batch] = settings.issuers;
    expect(tenant).toEqual({ issuer: 'https://a.example.com/', policy: settings.policy });
    expect(partner).toMatchObject({ issuer, jwksUri, keySet: undefined, policy: { audiences: ['other'] } });
    expect(partner?.policy.algorithms).toEqual(new Set(['ES256']));
    expect(partner?.policy.requiredClaims).toEqual(['sub']);
    expect(batch?.policy.algorithms).toEqual(new Set(['HS256']));
    expect(batch?.policy.audiences).toEqual([audience]);
    expect(settings.policy.algorithms).toEqual(new Set(['RS256']));
  });
});
