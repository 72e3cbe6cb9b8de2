import type { BaseUrl, DpopPolicyMode } from '../binding/binding-policy.js';
import { readOptions } from '../read-options.js';
import { readBaseUrl } from './base-url-option.js';
import { checkDefined } from './check-defined.js';
import { invalidOption } from './invalid-option.js';
import { bindingHints } from './migration-hints.js';
import { readNonce, type NonceOptions, type NonceSettings } from './nonce-options.js';
import { readAlgorithms } from './read-algorithms.js';
import { readNumber } from './read-number.js';
import { readReplay, type ReplayOptions, type ReplaySettings } from './replay-options.js';
import type { ReplayStore } from '../binding/replay/replay-store.js';

/** How tokens that are bound to a key of the client are checked (DPoP, RFC 9449). */
export interface DpopOptions {
  /**
   * `'allowed'` (the default): bearer tokens, and bound tokens with a proof. `'required'`: bound tokens with a proof only.
   * `'disabled'`: bound tokens are accepted as bearer tokens, **without a proof, and so from a thief, too**.
   */
  mode?: 'allowed' | 'required' | 'disabled';
  /** How long ago a proof may have been made, in seconds: 300 by default, at most 3600. */
  iatOffset?: number;
  /** How far the client's clock may be ahead, in seconds: 30 by default, at most 300. */
  iatLeeway?: number;
  /** The signature algorithms of proofs: `['ES256']` by default. Challenges name them. */
  algorithms?: readonly string[];
  /**
   * Where proofs that were used are remembered: `memoryReplayStore()` by default, which is for one process. Several need
   * `redisReplayStore(client)` or a store of their own. `'off'`: a proof can be used again for as long as it is good.
   */
  replay?: ReplayStore | ReplayOptions | 'off';
  /** Asks for a nonce of this API in every proof, so that none can be made in advance (RFC 9449 section 9). */
  nonce?: NonceOptions;
  /**
   * The public address of this API, where a gateway changes host or path: origin and prefix, before the path that arrives
   * here. Or a function of the request that answers with it. By default the request's own URL counts, with the host that
   * its `Host` header names: whoever sends it chooses that, so name the address in production.
   */
  baseUrl?: BaseUrl;
}

/** The `dpop` option after its check. */
export interface DpopSettings {
  readonly mode: DpopPolicyMode;
  readonly algorithms: ReadonlySet<string>;
  readonly iatOffset: number;
  readonly iatLeeway: number;
  readonly replay: ReplaySettings | undefined;
  readonly nonce: NonceSettings | undefined;
  readonly baseUrl: BaseUrl | undefined;
}

const group = 'dpop';
const defaultAlgorithms: ReadonlySet<string> = new Set(['ES256']);
const symmetricCure = "Clients sign proofs with a private key: name what they sign with, such as 'ES256'";
const longestOffset = 3600;
const longestLeeway = 300;

const optionNames = [
  'mode',
  'iatOffset',
  'iatLeeway',
  'algorithms',
  'replay',
  'nonce',
  'baseUrl',
] as const satisfies readonly (keyof DpopOptions)[];

/**
 * What an adapter gives as `dpop` where the application gave nothing: DPoP is not spoken, and bound tokens are refused.
 * Without it, a client allows DPoP.
 */
export const dpopOff: DpopOptions = Object.freeze({});

/**
 * Reads the `dpop` option.
 *
 * @throws InvalidConfigurationError: a value that cannot work, or a name that is none.
 */
export function readDpop(given: DpopOptions | undefined): DpopSettings {
  if (given !== undefined && (typeof given !== 'object' || given === null || Array.isArray(given)))
    throw invalidOption(group, `"dpop" must be an object, such as {} or { mode: 'required' }`);
  const options = readOptions(given ?? {}, optionNames, group, bindingHints);
  checkDefined(options, optionNames, group);
  const { mode, iatOffset = 300, iatLeeway = 30, algorithms, replay, nonce, baseUrl } = options;
  return {
    mode: given === dpopOff ? 'off' : readMode(mode),
    algorithms:
      algorithms === undefined ? defaultAlgorithms : readAlgorithms(algorithms, group, symmetricCure),
    iatOffset: readNumber(iatOffset, { group, name: 'iatOffset', unit: 'seconds' }, 0, longestOffset),
    iatLeeway: readNumber(iatLeeway, { group, name: 'iatLeeway', unit: 'seconds' }, 0, longestLeeway),
    replay: readReplay(replay, group),
    nonce: nonce === undefined ? undefined : readNonce(nonce),
    baseUrl: baseUrl === undefined ? undefined : readBaseUrl(baseUrl),
  };
}

function readMode(mode: DpopOptions['mode']): DpopPolicyMode {
  if (mode === undefined) return 'allowed';
  if (mode === 'allowed' || mode === 'required' || mode === 'disabled') return mode;
  throw invalidOption(group, '"mode" must be allowed, required, or disabled');
}
