import { defaultKeySettings, type KeySettings } from '../keys/key-settings.js';
import type { KeyCache } from '../keys/key-cache.js';
import { readOptions } from '../read-options.js';
import type { DiscoveryCacheSettings } from './discovery-cache.js';
import { checkDefined } from './check-defined.js';
import { invalidOption } from './invalid-option.js';
import { readLifetime } from './read-lifetime.js';
import { readNumber } from './read-number.js';

/** How keys are fetched, kept, and used while their issuer is away. Every default suits production. */
export interface KeysOptions {
  /**
   * How long keys are good for where the issuer's answer has no `max-age`: 600 by default, as its peers have it. It must be
   * within `minFreshSeconds` and `maxFreshSeconds`.
   */
  freshSeconds?: number;
  /** The shortest `max-age` that is believed: 60 by default, so that no answer makes every request ask again. From 1 to
   * 86400, or 0, which believes any. */
  minFreshSeconds?: number;
  /** The longest `max-age` that is believed: 86400 by default, so that a withdrawn key is out within a day. At most 604800. */
  maxFreshSeconds?: number;
  /**
   * How long the last good keys serve beyond their time while the issuer cannot be asked: 3600 by default, longer than
   * most outages. A key that was withdrawn meanwhile is accepted for as long; 0 refuses at once, 604800 is the most.
   */
  staleSeconds?: number;
  /** What a request waits at most, for metadata and keys together: 5 by default. */
  deadlineSeconds?: number;
  /**
   * How often tokens with an unknown key id may make the issuer be asked: every 30 seconds by default. A rotation without
   * overlap is noticed at once, or this much later while somebody makes key ids up. From 1 to 3600.
   */
  unknownKeyCooldownSeconds?: number;
  /** The shortest wait after a failure: 0.5 by default. */
  minBackOffSeconds?: number;
  /** The longest wait after many: 30 by default. It bounds how late the end of an outage is noticed. */
  maxBackOffSeconds?: number;
  /** The longest document that is read, in bytes: 524288 by default; real ones have a few thousand. */
  maxBytes?: number;
  /** The most keys a set may hold: 100 by default. */
  maxKeys?: number;
  /** Whether metadata may name a `jwks_uri` at another origin than the issuer's: false by default. */
  allowOtherOrigin?: boolean;
  /**
   * Keys that `client.exportKeys()` gave another process, so that this one can verify before it has fetched. What is
   * malformed, too old or of another issuer is ignored. Take it only from a place that nobody else can write to.
   */
  cache?: KeyCache;
}

const names = [
  'freshSeconds',
  'minFreshSeconds',
  'maxFreshSeconds',
  'staleSeconds',
  'deadlineSeconds',
  'unknownKeyCooldownSeconds',
  'minBackOffSeconds',
  'maxBackOffSeconds',
  'maxBytes',
  'maxKeys',
  'allowOtherOrigin',
  'cache',
] as const satisfies readonly (keyof KeysOptions)[];

const week = 7 * 86_400;

/** What a number must be, where zero or something vast would make no sense. */
const bounds: ReadonlyMap<keyof KeysOptions, readonly [min: number, max: number]> = new Map([
  ['maxFreshSeconds', [0, week]],
  ['staleSeconds', [0, week]],
  ['unknownKeyCooldownSeconds', [1, 3600]],
  ['deadlineSeconds', [0.1, 60]],
  ['minBackOffSeconds', [0.1, 3600]],
  ['maxBackOffSeconds', [0.1, 3600]],
  ['maxBytes', [1024, 16 * 1024 * 1024]],
  ['maxKeys', [1, 10_000]],
]);

/** Reads the `keys` option, and the documented `discoveryCache.ttl`, which fixes how long keys are good for. */
export function readKeysOptions(
  given: KeysOptions | undefined,
  { ttl }: Pick<DiscoveryCacheSettings, 'ttl'>,
): { settings: KeySettings; cache: unknown } {
  const options = readOptions(given ?? {}, names, 'keys');
  checkDefined(
    options,
    names.filter((name) => name !== 'cache'),
    'keys',
  );
  const settings: Record<string, unknown> = { ...defaultKeySettings };
  for (const name of names) {
    const value = options[name];
    if (value === undefined || name === 'cache') continue;
    settings[name] = readSetting(name, value);
  }
  const read = settings as unknown as KeySettings;
  checkOrder(read, 'minFreshSeconds', 'maxFreshSeconds');
  checkOrder(read, 'minBackOffSeconds', 'maxBackOffSeconds');
  if (options.freshSeconds !== undefined) {
    checkOrder(read, 'minFreshSeconds', 'freshSeconds');
    checkOrder(read, 'freshSeconds', 'maxFreshSeconds');
  }
  return { settings: ttl === undefined ? read : withTtl(read, options, ttl), cache: options.cache };
}

function readSetting(name: Exclude<keyof KeysOptions, 'cache'>, value: unknown): number | boolean {
  if (name === 'allowOtherOrigin') return readFlag(value);
  const place = { group: 'keys', name };
  return name === 'minFreshSeconds'
    ? readLifetime(value, place)
    : readNumber(value, place, ...(bounds.get(name) ?? []));
}

function readFlag(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  throw invalidOption('keys', '"allowOtherOrigin" must be true or false');
}

function checkOrder(settings: KeySettings, min: keyof KeySettings, max: keyof KeySettings): void {
  if (settings[min] <= settings[max]) return;
  throw invalidOption('keys', `"${min}" (${settings[min]}) is more than "${max}" (${settings[max]})`);
}

/** Both say how long keys are good for; the documented option says it whatever the issuer's answer says. */
function withTtl(settings: KeySettings, options: Partial<KeysOptions>, ttl: number): KeySettings {
  const other = (['freshSeconds', 'minFreshSeconds', 'maxFreshSeconds'] as const).find(
    (name) => options[name] !== undefined,
  );
  if (other !== undefined)
    throw invalidOption('keys', `"discoveryCache.ttl" and "keys.${other}" contradict each other. Give one`);
  return { ...settings, freshSeconds: ttl, minFreshSeconds: ttl, maxFreshSeconds: ttl };
}
