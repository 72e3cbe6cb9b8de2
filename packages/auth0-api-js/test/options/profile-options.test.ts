import { describe, expect, it } from 'vitest';
import { readPolicy } from '../../src/options/profile-options.js';
import { configurationError } from '../support/configuration-error.js';

const domain = 'tenant.example.com';
const issuer = 'https://partner.example.com/';

/** What a client says about an option: given for all issuers, and for one, which it then names. */
function errorsOf(options: object): string[] {
  const one = configurationError({ issuers: [{ issuer: 'https://a.test/' }, { issuer, ...options }] });
  expect(one).toMatch(/^Invalid issuers\[1\] configuration: /);
  const all = configurationError({ domain, ...options });
  expect(all).toMatch(new RegExp(`^Invalid ${Object.keys(options)[0]} configuration: `));
  return [all, one];
}

const withoutPlace = (message: string): string => message.replace(/^Invalid .* configuration: /, '');

describe('the options of the profile', () => {
  it.each([
    [{ audience: [] }, 'Invalid audience configuration: "audience" must not be empty'],
    [{ audience: 7 }, 'Invalid audience configuration: "audience" must be a string, or a list of strings'],
    [{ audience: {} }, '"audience" must be a string, or a list of strings'],
    [{ audience: null }, '"audience" must be a string, or a list of strings'],
    [{ audience: ['a', ''] }, '"audience" must be a string, or a list of strings'],
    [{ audience: [['a']] }, '"audience" must be a string, or a list of strings'],
    [{ audience: ' a' }, '"audience" begins or ends with white space'],
    [{ audience: ['a', 'b\n'] }, '"audience" begins or ends with white space'],
    [{ algorithms: [] }, 'Invalid algorithms configuration: "algorithms" must be a non-empty array'],
    [{ algorithms: 'RS256' }, '"algorithms" must be a non-empty array'],
    [{ algorithms: new Set(['RS256']) }, '"algorithms" must be a non-empty array'],
    [{ algorithms: ['RS256', ''] }, 'each "algorithms" entry must be a non-empty string'],
    [{ algorithms: ['rs256'] }, '"rs256" is not supported. Choose from RS256, RS384'],
    [{ algorithms: ['toString'] }, '"toString" is not supported'],
    [
      { requiredClaims: 'sub' },
      'Invalid requiredClaims configuration: "requiredClaims" must be an array of names',
    ],
    [{ requiredClaims: null }, '"requiredClaims" must be an array of names'],
    [{ requiredClaims: ['sub', ''] }, '"requiredClaims" must be an array of names'],
    [{ requiredClaims: [7] }, '"requiredClaims" must be an array of names'],
    [
      { tokenTypes: [] },
      `Invalid tokenTypes configuration: "tokenTypes" must be a non-empty array of types, like ['at+jwt']`,
    ],
    [{ tokenTypes: 'JWT' }, '"tokenTypes" must be a non-empty array of types'],
    [{ tokenTypes: [null] }, '"tokenTypes" must be a non-empty array of types'],
    [
      { profile: 'RFC9068' },
      `Invalid profile configuration: "profile" must be 'rfc9068'; leave it out for JWT access tokens of any kind`,
    ],
    [{ profile: null }, `"profile" must be 'rfc9068'`],
    [{ profile: true }, `"profile" must be 'rfc9068'`],
    [
      { profile: 'rfc9068', tokenTypes: ['at+jwt'] },
      `Invalid profile configuration: "profile: 'rfc9068'" and "tokenTypes" contradict each other: RFC 9068 has the type at+jwt. Give one`,
    ],
    [
      { claims: [] },
      'Invalid claims configuration: "claims" must be a plain object: a name and its value, or values, for each claim',
    ],
    [{ claims: 'plan' }, '"claims" must be a plain object'],
    [{ claims: null }, '"claims" must be a plain object'],
    [{ claims: new Map([['plan', 'gold']]) }, '"claims" must be a plain object'],
    [{ claims: new (class Claims {})() }, '"claims" must be a plain object'],
    [{ clockToleranceSeconds: '5' }, '"clockToleranceSeconds" must be a number'],
    [{ maxTokenAgeSeconds: -1 }, '"maxTokenAgeSeconds" must be a non-negative number'],
    [
      { claims: { plan: [] } },
      'Invalid claims configuration: "plan" must be a string, number, boolean or null, or a list of them. Decide anything else in validate()',
    ],
    [{ claims: { plan: /gold/g } }, '"plan" must be a string, number, boolean or null'],
    [{ claims: { plan: () => true } }, '"plan" must be a string, number, boolean or null'],
    [{ claims: { plan: {} } }, '"plan" must be a string, number, boolean or null'],
    [{ claims: { plan: undefined } }, '"plan" must be a string, number, boolean or null'],
    [{ claims: { level: Number.NaN } }, '"level" must be a string, number, boolean or null'],
    [
      { claims: { level: [1, Number.POSITIVE_INFINITY] } },
      '"level" must be a string, number, boolean or null',
    ],
    [{ claims: { level: [[1]] } }, '"level" must be a string, number, boolean or null'],
    [{ validate: true }, 'Invalid validate configuration: "validate" must be a function'],
    [{ validate: null }, '"validate" must be a function'],
    [{ validate: [() => true] }, '"validate" must be a function'],
  ])('E14 E15 refuse %o, for all issuers and for one', (options, message) => {
    for (const error of errorsOf(options)) expect(error).toContain(withoutPlace(message));
  });

  it.each([
    'maxTokenAgeSeconds',
    'maxTokenLifetimeSeconds',
    'requiredClaims',
    'tokenTypes',
    'profile',
    'claims',
    'validate',
  ])('are not switched off by an undefined %s', (name) => {
    expect(configurationError({ domain, [name]: undefined })).toBe(
      `Invalid ${name} configuration: "${name}" is undefined. Leave it out, or give it a value`,
    );
  });

  it.each(['HS256', 'HS384', 'HS512', 'hs256', 'HSx'])('D4 refuse the algorithm %s', (name) => {
    for (const error of errorsOf({ algorithms: ['RS256', name] }))
      expect(withoutPlace(error)).toBe(
        'symmetric algorithms are not allowed. A secret is for one issuer: issuers: [{ issuer, secret }], which needs no "algorithms"',
      );
  });

  it.each(['none', 'None', 'NONE', 'nOnE'])('D2 refuse the algorithm %s', (name) => {
    for (const error of errorsOf({ algorithms: [name] }))
      expect(error).toContain('is not supported. Choose from');
  });

  it.each([
    [{ plan: 'gold' }, { plan: 'silver' }],
    [
      { plan: ['gold', 'free'], org: 'a' },
      { org: 'a', plan: ['silver', null] },
    ],
    [{ plan: 1 }, { plan: '1' }],
  ])('ask for no claim that has to be two things: %j and %j', (claims, own) => {
    expect(configurationError({ claims, issuers: [{ issuer, claims: own }] })).toBe(
      'Invalid issuers[0] configuration: "claims.plan" here and "claims.plan" for all issuers contradict each other: both are asked for, and they have no value in common',
    );
  });

  it.each([
    [{ plan: ['gold', 'silver'] }, { plan: ['silver', 'free'] }],
    [{ plan: 'gold' }, { org: 'gold' }],
    [{}, { plan: 'gold' }],
  ])('may ask for more of one issuer: %j and %j', (claims, own) => {
    expect(configurationError({ claims, issuers: [{ issuer, claims: own }] })).toBe('none');
  });

  it('may hold claims without a prototype', () => {
    const claims: object = Object.assign(Object.create(null), { plan: 'gold' });
    expect(configurationError({ domain, claims })).toBe('none');
  });
});

describe('readPolicy', () => {
  const validate = (): boolean => true;
  const base = readPolicy({
    audience: ['a', 'b'],
    algorithms: ['RS256', 'ES256'],
    clockToleranceSeconds: 1,
    maxTokenAgeSeconds: 2,
    maxTokenLifetimeSeconds: 3,
    requiredClaims: ['sub'],
    tokenTypes: ['JWT'],
    claims: { plan: 'gold' },
    validate,
  });

  it('reads everything', () => {
    expect(base).toEqual({
      audiences: ['a', 'b'],
      algorithms: new Set(['RS256', 'ES256']),
      types: new Set(['jwt', 'application/jwt']),
      clockToleranceSeconds: 1,
      maxTokenAgeSeconds: 2,
      maxTokenLifetimeSeconds: 3,
      requiredClaims: ['sub'],
      isRfc9068: false,
      claimRules: [{ name: 'plan', values: ['gold'] }],
      validate: [validate],
      now: undefined,
    });
  });

  it('takes over what an issuer says nothing about', () => {
    expect(readPolicy({}, base)).toEqual(base);
  });

  it('lets an issuer say everything instead, and ask for more claims and decisions beyond', () => {
    const own = (): boolean => false;
    const policy = readPolicy(
      {
        audience: 'c',
        algorithms: ['EdDSA'],
        clockToleranceSeconds: 0,
        maxTokenAgeSeconds: 20,
        maxTokenLifetimeSeconds: 30,
        requiredClaims: ['jti'],
        tokenTypes: ['', 'Application/AT+JWT'],
        claims: { plan: ['gold', 'silver'], level: 1 },
        validate: own,
      },
      base,
    );
    expect(policy).toEqual({
      audiences: ['c'],
      algorithms: new Set(['EdDSA']),
      types: new Set(['', 'at+jwt', 'application/at+jwt']),
      clockToleranceSeconds: 0,
      maxTokenAgeSeconds: 20,
      maxTokenLifetimeSeconds: 30,
      requiredClaims: ['sub', 'jti'],
      isRfc9068: false,
      claimRules: [
        { name: 'plan', values: ['gold'] },
        { name: 'plan', values: ['gold', 'silver'] },
        { name: 'level', values: [1] },
      ],
      validate: [validate, own],
      now: undefined,
    });
  });

  it('makes RFC 9068 of the types and claims of an issuer, whatever types the client takes', () => {
    expect(readPolicy({ profile: 'rfc9068' }, base)).toMatchObject({
      isRfc9068: true,
      types: new Set(['at+jwt', 'application/at+jwt']),
    });
  });

  it('lets the types of an issuer replace the one of RFC 9068, and asks for its claims all the same', () => {
    const strict = readPolicy({ profile: 'rfc9068' });
    expect(readPolicy({ tokenTypes: ['JWT'] }, strict)).toMatchObject({
      isRfc9068: true,
      types: new Set(['jwt', 'application/jwt']),
    });
  });

  it('keeps nothing that can change later', () => {
    const audience = ['a'];
    const plans = ['gold'];
    const requiredClaims = ['sub'];
    const policy = readPolicy({ audience, claims: { plan: plans }, requiredClaims });
    for (const list of [audience, plans, requiredClaims]) list.push('x');
    expect(policy).toMatchObject({
      audiences: ['a'],
      claimRules: [{ name: 'plan', values: ['gold'] }],
      requiredClaims: ['sub'],
    });
  });
});
