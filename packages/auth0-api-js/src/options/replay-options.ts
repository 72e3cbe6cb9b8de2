import { memoryReplayStore } from '../binding/replay/memory-replay-store.js';
import type { ReplayStore } from '../binding/replay/replay-store.js';
import { isPlainObject, readOptions } from '../read-options.js';
import { checkDefined } from './check-defined.js';
import { invalidOption } from './invalid-option.js';
import { readNumber } from './read-number.js';

/** Where used proofs are remembered, and what happens where that cannot be told. */
export interface ReplayOptions {
  /** `memoryReplayStore()` by default. */
  store?: ReplayStore;
  /**
   * While the store fails: `'refuse'` (the default) answers with 503; `'allow'` accepts proofs **without the check**, so that
   * a stolen one can be used for as long as it is good. A client that has used up its share is refused all the same.
   */
  onFailure?: 'refuse' | 'allow';
  /** How long the store may take: 50 by default, from 1 to 10000. What this process is busy with does not count. */
  deadlineMilliseconds?: number;
}

/** The `replay` option after its check. */
export interface ReplaySettings {
  readonly store: ReplayStore;
  readonly onFailure: 'refuse' | 'allow';
  readonly deadlineMilliseconds: number;
}

const optionNames = ['store', 'onFailure', 'deadlineMilliseconds'] as const;
const defaultDeadline = 50;
const longestDeadline = 10_000;

/**
 * Reads the option `replay`: a store, options, or `'off'`, which answers nothing.
 *
 * @param group - What it is a part of, for the message.
 * @throws InvalidConfigurationError: anything else.
 */
export function readReplay(given: unknown, group: string): ReplaySettings | undefined {
  if (given === 'off') return undefined;
  if (given === undefined || isStore(given))
    return {
      store: given ?? memoryReplayStore(),
      onFailure: 'refuse',
      deadlineMilliseconds: defaultDeadline,
    };
  if (!isPlainObject(given) || isRedisModule(given)) throw notAStore(given, group, 'replay');
  const where = `${group}.replay`;
  const options = readOptions<ReplayOptions>(given, optionNames, where);
  checkDefined(options, optionNames, where);
  const { store, onFailure, deadlineMilliseconds: deadline = defaultDeadline } = options;
  if (store !== undefined && !isStore(store)) throw notAStore(store, where, 'store');
  return {
    store: store ?? memoryReplayStore(),
    onFailure: readOnFailure(onFailure, where),
    deadlineMilliseconds: readNumber(
      deadline,
      { group: where, name: 'deadlineMilliseconds' },
      1,
      longestDeadline,
    ),
  };
}

/** The package where its client was meant. */
function isRedisModule(value: object): boolean {
  return 'createClient' in value || 'Redis' in value;
}

/** A plain object has its own `register`: what somebody put on `Object.prototype` makes no store of it. */
function isStore(value: unknown): value is ReplayStore {
  if (typeof value !== 'object' || value === null) return false;
  if (isPlainObject(value) && !Object.hasOwn(value, 'register')) return false;
  return typeof Reflect.get(value, 'register') === 'function';
}

function notAStore(value: unknown, group: string, name: string): Error {
  const isRedis = typeof value === 'object' && value !== null && 'sendCommand' in value;
  const isSwitch = value === false || value === null;
  const cure = isRedis
    ? 'Wrap the client: redisReplayStore(client)'
    : isSwitch
      ? `To accept proofs more than once, say 'off'`
      : 'Take memoryReplayStore(), redisReplayStore(client) with what createClient() of redis returns, or an object of your own with the function "register"';
  return invalidOption(group, `"${name}" is not a replay store. ${cure}`);
}

function readOnFailure(value: unknown, where: string): 'refuse' | 'allow' {
  if (value === undefined || value === 'refuse') return 'refuse';
  if (value === 'allow') return 'allow';
  throw invalidOption(where, '"onFailure" must be refuse or allow');
}
