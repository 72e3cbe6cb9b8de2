import { afterEach, describe, expect, it } from 'vitest';
import {
  ApiClient,
  InvalidConfigurationError,
  memoryReplayStore,
  type DpopOptions,
} from '@auth0/auth0-api-js';
import { dpopOff } from '@auth0/auth0-api-js/adapter';
import { readDpop, type DpopSettings } from '../../src/options/dpop-options.js';
import { audience } from '../support/bench.js';
import { configurationError } from '../support/configuration-error.js';
import { usedProof } from '../support/used-proof.js';

/** What a client says about the option `dpop`. */
const errorOf = (dpop: unknown): string => configurationError({ domain: 'a.test', dpop });

const supported = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'];
const edwards = ['Ed25519', 'EdDSA'];
const secret = 'a secret of thirty-two bytes....';
const names = ['mode', 'iatOffset', 'iatLeeway', 'algorithms', 'replay', 'nonce', 'baseUrl'] as const;

const defaults: Omit<DpopSettings, 'replay'> = {
  mode: 'allowed',
  algorithms: new Set(['ES256']),
  iatOffset: 300,
  iatLeeway: 30,
  nonce: undefined,
  baseUrl: undefined,
};

describe('the option dpop', () => {
  it.each([undefined, {}, { mode: 'allowed' as const }, Object.create(null) as DpopOptions])(
    'allows DPoP, with the defaults of the documentation: %j',
    (given) => {
      const { replay, ...others } = readDpop(given);
      expect(others).toEqual(defaults);
      expect(replay).toMatchObject({ onFailure: 'refuse', deadlineMilliseconds: 50 });
      const proof = usedProof('one');
      expect([replay?.store.register(proof), replay?.store.register(proof)]).toEqual([true, false]);
    },
  );

  it('remembers proofs for each client by itself', () => {
    const [one, other] = [readDpop({}), readDpop({})];
    expect(one.replay?.store.register(usedProof('one'))).toBe(true);
    expect(other.replay?.store.register(usedProof('one'))).toBe(true);
  });

  it('takes all of it', () => {
    const store = memoryReplayStore();
    const baseUrl = (): string => 'https://api.test';
    const { nonce, algorithms, ...others } = readDpop({
      mode: 'required',
      iatOffset: 60,
      iatLeeway: 5,
      algorithms: ['ES384', 'EdDSA'],
      replay: { store, onFailure: 'allow', deadlineMilliseconds: 100 },
      nonce: { secret, lifetimeSeconds: 60 },
      baseUrl,
    });
    expect(others).toEqual({
      mode: 'required',
      iatOffset: 60,
      iatLeeway: 5,
      replay: { store, onFailure: 'allow', deadlineMilliseconds: 100 },
      baseUrl,
    });
    expect([...algorithms]).toEqual(['ES384', 'EdDSA']);
    expect(nonce?.lifetimeSeconds).toBe(60);
    expect(nonce?.secrets).toHaveLength(1);
  });

  it.each(names)('is left alone by a client where %s is not said', (name) => {
    const whole: Record<string, unknown> = {
      mode: 'allowed',
      iatOffset: 300,
      iatLeeway: 30,
      algorithms: ['ES256'],
      replay: 'off',
      nonce: { secret },
      baseUrl: 'https://api.test',
    };
    expect(errorOf(whole)).toBe('none');
    delete whole[name];
    expect(errorOf(whole)).toBe('none');
  });

  it('keeps its own copy of what it was given', () => {
    const algorithms = ['ES256'];
    const given: DpopOptions = { algorithms, iatOffset: 60 };
    const settings = readDpop(given);
    algorithms.push('RS256');
    given.iatOffset = 3600;
    expect([...settings.algorithms]).toEqual(['ES256']);
    expect(settings.iatOffset).toBe(60);
  });

  it('is off where an adapter says so, and only with the very object that says it', () => {
    expect(readDpop(dpopOff).mode).toBe('off');
    expect(readDpop({ ...dpopOff }).mode).toBe('allowed');
    expect(Object.isFrozen(dpopOff)).toBe(true);
  });
});

describe('an option dpop that cannot work', () => {
  it('is an InvalidConfigurationError', () => {
    const create = (): ApiClient => new ApiClient({ domain: 'a.test', audience, dpop: { iatOffset: -1 } });
    expect(create).toThrow(InvalidConfigurationError);
    expect(create).toThrow(expect.objectContaining({ code: 'invalid_configuration_error' }) as Error);
  });

  it.each([null, true, false, 0, 1, '', 'required', [], [{}], () => ({})])('is %j', (dpop) => {
    expect(errorOf(dpop)).toBe(
      `Invalid dpop configuration: "dpop" must be an object, such as {} or { mode: 'required' }`,
    );
  });

  it('is an instance of a class: what it inherits would not be read', () => {
    class Options {
      get mode(): string {
        return 'required';
      }
    }
    const what = 'the options must be a plain object. What an instance of a class inherits is not read';
    expect(errorOf(new Options())).toBe(`dpop: ${what}`);
    expect(errorOf(new Map([['mode', 'required']]))).toBe(`dpop: ${what}`);
  });

  it('is undefined: a misspelt variable is no wish for the default', () => {
    expect(errorOf(undefined)).toBe(
      'Invalid dpop configuration: "dpop" is undefined. Leave it out, or give it a value',
    );
  });

  it.each(names)('has a member %s that is undefined', (name) => {
    expect(errorOf({ [name]: undefined })).toBe(
      `Invalid dpop configuration: "${name}" is undefined. Leave it out, or give it a value`,
    );
  });

  it.each<[string, unknown]>([
    ['a mode that is none', 'optional'],
    ['the mode that is for adapters', 'off'],
    ['a mode in another case', 'Required'],
    ['an empty mode', ''],
    ['no mode', null],
    ['true for a mode', true],
    ['a list of modes', ['required']],
    ['an object that reads as a mode', { toString: () => 'required' }],
  ])('has %s', (_what, mode) => {
    expect(errorOf({ mode })).toBe(
      'Invalid dpop configuration: "mode" must be allowed, required, or disabled',
    );
  });

  it.each(['300', null, true, [300], {}, 300n, new Date(0)])(
    'has a time that is no number, case %#',
    (value) => {
      for (const name of ['iatOffset', 'iatLeeway'])
        expect(errorOf({ [name]: value })).toBe(`Invalid dpop configuration: "${name}" must be a number`);
    },
  );

  it.each([-1, -0.001, Number.NaN, Infinity, -Infinity])(
    'has a time that is no length of one: %d',
    (value) => {
      for (const name of ['iatOffset', 'iatLeeway'])
        expect(errorOf({ [name]: value })).toBe(
          `Invalid dpop configuration: "${name}" must be a non-negative number`,
        );
    },
  );

  it.each([
    ['iatOffset', 3600],
    ['iatLeeway', 300],
  ])('has %s of more than %d s, as milliseconds would be', (name, most) => {
    const message = `Invalid dpop configuration: "${name}" must be from 0 to ${most} seconds`;
    expect(errorOf({ [name]: most + 0.001 })).toBe(message);
    expect(errorOf({ [name]: 300_000 })).toBe(message);
    for (const fine of [0, 0.5, 1, most]) expect(errorOf({ [name]: fine })).toBe('none');
  });

  it.each([null, '', 'ES256', 0, {}, [], new Set(['ES256'])])(
    'has algorithms that are no list, case %#',
    (value) => {
      expect(errorOf({ algorithms: value })).toBe(
        'Invalid dpop configuration: "algorithms" must be a non-empty array',
      );
    },
  );

  it.each([[['']], [['ES256', '']], [[undefined]], [[null]], [[256]], [[['ES256']]]])(
    'has algorithms with one that is no name: %j',
    (algorithms) => {
      expect(errorOf({ algorithms })).toBe(
        'Invalid dpop configuration: each "algorithms" entry must be a non-empty string',
      );
    },
  );

  it.each(['HS256', 'HS384', 'HS512', 'hs256', 'Hs1'])('has an algorithm of secrets: %s', (name) => {
    expect(errorOf({ algorithms: ['ES256', name] })).toBe(
      'Invalid dpop configuration: symmetric algorithms are not allowed. ' +
        "Clients sign proofs with a private key: name what they sign with, such as 'ES256'",
    );
  });

  it.each(['none', 'None', 'es256', 'ES256K', 'ES256 ', 'RSA-OAEP', 'dir', '__proto__', 'toString'])(
    'has an algorithm that is not supported: %s',
    (name) => {
      const choice = [...supported, ...edwards].join(', ');
      expect(errorOf({ algorithms: ['ES256', name] })).toBe(
        `Invalid dpop configuration: ${JSON.stringify(name)} is not supported. Choose from ${choice}`,
      );
    },
  );

  it.each([...supported, ...edwards])('has no algorithm of the core: not %s', (name) => {
    expect(errorOf({ algorithms: [name] })).toBe('none');
  });

  it.each<[object, string]>([
    [
      { replay: false },
      `Invalid dpop configuration: "replay" is not a replay store. To accept proofs more than once, say 'off'`,
    ],
    [
      { replay: 'memory' },
      'Invalid dpop configuration: "replay" is not a replay store. Take memoryReplayStore(),',
    ],
    [
      { replay: { createClient: () => ({}) } },
      'Invalid dpop configuration: "replay" is not a replay store. Take memoryReplayStore(), redisReplayStore(client) with what createClient()',
    ],
    [{ replay: { store: {} } }, 'Invalid dpop.replay configuration: "store" is not a replay store. '],
    [
      { replay: { onFailure: 'pass' } },
      'Invalid dpop.replay configuration: "onFailure" must be refuse or allow',
    ],
    [
      { replay: { deadline: 5 } },
      "dpop.replay: unknown option 'deadline'. The options are store, onFailure, ",
    ],
    [{ nonce: {} }, 'Invalid dpop.nonce configuration: "secret" must be at least 32 bytes'],
    [{ nonce: secret }, 'Invalid dpop.nonce configuration: it must be an object: nonce: { secret }'],
    [{ nonce: true }, 'dpop.nonce: the options must be an object'],
    [{ nonce: { secret, lifetime: 60 } }, "dpop.nonce: unknown option 'lifetime'. "],
    [{ baseUrl: '/orders' }, 'Invalid dpop configuration: "baseUrl" must be an http or https URL'],
  ])('has a member that cannot work: %j', (dpop, message) => {
    expect(errorOf(dpop).slice(0, message.length)).toBe(message);
  });

  it.each([
    ['Mode', "Did you mean 'mode'?"],
    ['iatOfset', "Did you mean 'iatOffset'?"],
    ['iat_leeway', "Did you mean 'iatLeeway'?"],
    ['algorithm', "Did you mean 'algorithms'?"],
    ['replays', "Did you mean 'replay'?"],
    ['nonces', "Did you mean 'nonce'?"],
    ['baseURL', "Did you mean 'baseUrl'?"],
    ['base', `The options are ${names.join(', ')}.`],
    ['clockSkewSeconds', `The options are ${names.join(', ')}.`],
    ['enabled', "Here it is 'mode'. 'allowed' is its default: see docs/migration.md."],
    ['required', "Here it is mode: 'required': see docs/migration.md."],
    ['__proto__', `The options are ${names.join(', ')}.`],
  ])('has a misspelt name, which is answered with the right one: %s', (name, cure) => {
    const dpop: unknown = JSON.parse(`{ "mode": "required", ${JSON.stringify(name)}: 1 }`);
    expect(errorOf(dpop)).toBe(`dpop: unknown option '${name}'. ${cure}`);
  });
});

describe('the option unknownConfirmation', () => {
  it.each(['ignore', 'refuse'])('may be %s', (unknownConfirmation) => {
    expect(configurationError({ domain: 'a.test', unknownConfirmation })).toBe('none');
  });

  it.each(['Refuse', '', true, false, null, ['refuse']])('is nothing else, not %j', (unknownConfirmation) => {
    expect(configurationError({ domain: 'a.test', unknownConfirmation })).toBe(
      `Invalid unknownConfirmation configuration: "unknownConfirmation" must be 'ignore' or 'refuse'`,
    );
  });

  it('is not undefined', () => {
    expect(configurationError({ domain: 'a.test', unknownConfirmation: undefined })).toBe(
      'Invalid unknownConfirmation configuration: "unknownConfirmation" is undefined. Leave it out, or give it a value',
    );
  });
});

describe('Object.prototype', () => {
  afterEach(() => {
    for (const name of names) Reflect.deleteProperty(Object.prototype, name);
  });

  it('says nothing about dpop', () => {
    const pollution = { mode: 'disabled', iatOffset: 3600, replay: 'off', algorithms: ['RS256'] };
    for (const [name, value] of Object.entries(pollution))
      Object.defineProperty(Object.prototype, name, { value, configurable: true });
    const { replay, ...others } = readDpop({});
    expect(others).toEqual(defaults);
    expect(replay).toBeDefined();
  });
});
